import { Refusal } from "../../platform/errors/index.ts";
import { RUN_KINDS, type RunKind } from "../../vocabulary/run-kind.ts";

/** The kind that an option names; undefined where it is not given. @throws Refusal USAGE */
export function kindOf(word: string | undefined): RunKind | undefined {
  const kind = RUN_KINDS.find((known) => known === word);
  if (word === undefined || kind) return kind;
  throw new Refusal("USAGE", `--kind "${word}" is no kind of run`, {
    hint: `--kind ${RUN_KINDS.join(" | ")}`,
  });
}
