export type { surveyDay as surveyDayEndpoint } from "./contract.ts";
