import { type CommandContext, paintFor, printable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import type { GuardVerdict } from "../../vocabulary/finding.ts";
import { renderGuard } from "../verdict/index.ts";
import type { Surroundings } from "./detect/detect-repository.ts";
import type { NextCommand } from "./next-commands.ts";
import type { Plan } from "./plan/plan.ts";
import { isDue, type PlannedFile } from "./plan/planned-file.ts";
import { diffLines } from "./render-diff.ts";
import { renderFound, renderNotes, renderPlan } from "./render-plan.ts";

/** All that one run found, planned and did. */
export interface Report {
  /** Null in a bare repository, and for `--undo`. */
  around: Surroundings | null;
  plan: Pick<Plan, "sites" | "notes"> | null;
  done: boolean;
  verdict: GuardVerdict | null;
  next: readonly NextCommand[];
}

function fileShape({ path, action, says, before, after, isTool }: PlannedFile) {
  const hasDiff = !isTool && (action === "change" || action === "yours") && before && after;
  return { path, action, says, ...(hasDiff ? { diff: diffLines(before.toString(), after.toString()) } : {}) };
}

function foundShape({ forges, managers, workspaces, agents, production, hasCommits }: Surroundings) {
  return { forges, packageManagers: managers, workspaces, agents, production, hasCommits };
}

function labelled({ site, files }: Plan["sites"][number]): PlannedFile[] {
  return files.map((file) => ({ ...file, path: site.label + file.path }));
}

/** Tells a person as it goes on, or a program at the end. */
export class Reporter {
  readonly #context: CommandContext;
  readonly #isJson: boolean;

  constructor(context: CommandContext, isJson: boolean) {
    this.#context = context;
    this.#isJson = isJson;
  }

  #say(text: string): void {
    if (!this.#isJson) this.#context.out(text);
  }

  found(around: Surroundings, title: string): void {
    this.#say(`${renderFound(around, title, this.#context)}\n`);
  }

  plan({ sites, notes }: Pick<Plan, "sites" | "notes">, version: string): void {
    const files = sites.flatMap(labelled);
    this.#say(`${renderPlan(files, version, this.#context)}\n`);
    if (notes.length > 0) this.#say(`${renderNotes(notes, this.#context)}\n`);
  }

  #verdict(verdict: GuardVerdict): void {
    const { colour, version } = this.#context;
    this.#say(
      `\nThe first verdict, of the code as it is:\n${renderGuard(verdict, "text", { colour, version })}`,
    );
    if (verdict.verdict === "fail")
      this.#say("Nothing is refused yet: that begins when the check is required.\n");
  }

  #json({ around, plan, done, verdict, next }: Report): void {
    const files = plan?.sites.flatMap(labelled) ?? [];
    const shape = {
      found: around === null ? null : foundShape(around),
      files: files.map(fileShape),
      notes: plan?.notes ?? [],
      due: files.some(isDue),
      done,
      verdict,
      next,
    };
    this.#context.out(`${JSON.stringify(shape, null, 2)}\n`);
  }

  /** The end of a run; exit 1 when a person said no. */
  end(report: Report, says: string): ExitCode {
    const paint = paintFor(this.#context.colour);
    if (this.#isJson) this.#json(report);
    this.#say(`${report.done ? paint("green", "✔") : paint("yellow", "–")} ${says}\n`);
    if (report.verdict) this.#verdict(report.verdict);
    for (const [index, { says: why, command }] of report.next.entries()) {
      const title = index === 0 ? `\n${paint("bold", "Next")}\n` : "";
      this.#say(`${title}  ${index + 1}. ${why}\n\n${printable(command).replace(/^/gm, "     ")}\n\n`);
    }
    return report.done || says.endsWith("a dry run") ? EXIT.ok : EXIT.no;
  }
}
