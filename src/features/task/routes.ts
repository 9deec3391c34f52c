import type { Route } from "../../platform/server/index.ts";
import { SETTINGS_ROUTES } from "./completion/settings-routes.ts";

/** What can be asked about tasks. */
export const TASK_ROUTES: readonly Route[] = [...SETTINGS_ROUTES];
