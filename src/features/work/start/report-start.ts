import { type CommandContext, paintFor, printable, renderChecks } from "../../../platform/terminal/index.ts";
import type { HealthCheck } from "../../../vocabulary/health.ts";
import { describeTouch, type TaskConflictView } from "../../reservation/index.ts";
import type { TaskView } from "../../task/index.ts";

const INDENT = "  ";

/** What was prepared. */
export interface Prepared {
  task: TaskView;
  claim: "new" | "kept";
  /** Who else touches what the task may touch. */
  conflicts: TaskConflictView[];
  /** What is known of such work already; a knowledge base comes with a later version. */
  knowledge: null;
  evidence: string;
  /** Null where the task needs none. */
  heartbeat: string | null;
  environment: HealthCheck[];
  /** `approve` is what a person types to approve a command that did not run. */
  setUp: { argv: readonly string[]; done: boolean; approve?: string }[];
}

/** Says step by step what is prepared, or all of it at the end to a program. */
export class StartReport {
  readonly #context: CommandContext;
  readonly #json: boolean;

  constructor(context: CommandContext, json: boolean) {
    this.#context = context;
    this.#json = json;
  }

  #say(text: string): void {
    if (!this.#json) this.#context.out(text);
  }

  step(done: boolean, what: string, says: string): void {
    const paint = paintFor(this.#context.colour);
    const mark = done ? paint("green", "✔") : paint("dim", "–");
    this.#say(`${mark} ${what.padEnd(10)} ${printable(says)}\n`);
  }

  /** A line for each that touches the same: it is said, and hinders nothing. */
  conflicts(items: readonly TaskConflictView[], paths: readonly string[]): void {
    const nobody =
      paths.length === 0 ? "the task names no paths to compare" : "nobody else touches its paths";
    const [first, ...others] = items.map((item) => describeTouch(item, this.#context));
    this.step(first === undefined && paths.length > 0, "conflicts", first ?? nobody);
    for (const line of others) this.#say(`  ${"".padEnd(10)} ${printable(line)}\n`);
  }

  environment(checks: readonly HealthCheck[]): void {
    const well = checks.every(({ state }) => state === "ok");
    this.step(well, "checks", "of the environment");
    const columns = this.#context.columns - INDENT.length;
    const page = renderChecks(checks, { ...this.#context, columns })
      .trimEnd()
      .split("\n");
    this.#say(`${page.map((line) => `${INDENT}${line}`.trimEnd()).join("\n")}\n`);
  }

  end(prepared: Prepared): void {
    if (this.#json) this.#context.out(`${JSON.stringify(prepared, null, 2)}\n`);
  }
}
