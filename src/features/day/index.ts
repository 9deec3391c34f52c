export type { surveyDay as surveyDayEndpoint } from "./contract.ts";
export { startDay } from "./verbs/start-day.ts";
