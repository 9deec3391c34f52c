export {
  type AnswerOf,
  type BodyOf,
  type CallOf,
  type Endpoint,
  endpoint,
  type ParamsOf,
  type QueryOf,
} from "./endpoint.ts";
export { optionalPage, page, readCursor, writeCursor } from "./page.ts";
export { instant, json, name, text } from "./text.ts";
