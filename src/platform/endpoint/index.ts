export {
  type AnswerOf,
  type BodyOf,
  type CallOf,
  type Endpoint,
  endpoint,
  type ParamsOf,
  type QueryOf,
} from "./endpoint.ts";
export { numberIn, optionalPage, page, pageOf, readCursor, textIn, writeCursor } from "./page.ts";
export { instant, json, name, text } from "./text.ts";
