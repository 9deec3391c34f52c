import { Refusal } from "../../platform/errors/index.ts";
import type { GrowthEngineOptions } from "./bundler.d.cts";

const CHOICES = ["warn", "off", "block"];

/** What the user chose, checked: a mistyped word must not switch anything off. @throws Refusal USAGE */
export function readOptions(options: GrowthEngineOptions = {}): Required<GrowthEngineOptions> {
  for (const [name, value] of Object.entries(options)) {
    if (name !== "development") {
      throw new Refusal("USAGE", `growth-engine/bundler has no option "${name}"`, {
        hint: "its one option is development",
      });
    }
    if (value !== undefined && !CHOICES.includes(value)) {
      throw new Refusal("USAGE", `development: ${JSON.stringify(value)} is not known`, {
        hint: `known are: ${CHOICES.join(", ")}`,
      });
    }
  }
  return { development: options.development ?? "warn" };
}
