import { readFileSync } from "node:fs";
import { join } from "node:path";
import { governedRepository } from "./governed-repository.ts";
import type { TemporaryRepository } from "./temporary-repository.ts";

const WORKFLOW = ".github/workflows/growth-engine.yml";
const TEMPLATE = join(import.meta.dirname, "../../templates/github-workflow.yml");
const TIMEOUT_MS = 280_000;

/** An edit of the template's text: what is there, and what stands in its place. */
export type Edit = readonly [from: string, to: string];

/** An application whose `main` has our workflow, with edits, and the folder of the vendored action. */
export function simulatedRepository(
  edits: readonly Edit[] = [],
  files: Record<string, string> = {},
): TemporaryRepository {
  let workflow = readFileSync(TEMPLATE, "utf8");
  for (const [from, to] of edits) {
    if (!workflow.includes(from)) throw new Error(`the template holds no ${JSON.stringify(from)}`);
    workflow = workflow.replace(from, to);
  }
  // The simulation runs the action of this build, so the vendored folder needs no more than its name.
  const action = "name: Growth Engine\ndescription: x\nruns: { using: node24, main: action.cjs }\n";
  return governedRepository({ [WORKFLOW]: workflow, ".growth-engine/action.yml": action, ...files });
}

export interface Simulated {
  code: number;
  /** `change / event / check: answer`, for every cell. */
  answers: string[];
  /** `change / event / check: what is wrong: reason`. */
  wrong: string[];
  problems: string[];
}

interface Cell {
  change: string;
  event: string;
  check: string;
  answer: string;
  wrong: string | null;
  reason: string;
}

/** Runs `ci simulate` and reads its JSON in short. */
export async function simulated(repository: TemporaryRepository, ...words: string[]): Promise<Simulated> {
  const answer = await repository.runCli(["ci", "simulate", "--json", ...words], { timeout: TIMEOUT_MS });
  if (!answer.out.startsWith("{")) throw new Error(`no simulation: ${answer.out}${answer.err}`);
  const { cells, problems } = JSON.parse(answer.out) as { cells: Cell[]; problems: string[] };
  const place = ({ change, event, check }: Cell) => `${change} / ${event} / ${check}`;
  return {
    code: answer.code,
    answers: cells.map((cell) => `${place(cell)}: ${cell.answer}`),
    wrong: cells
      .filter(({ wrong }) => wrong !== null)
      .map((cell) => `${place(cell)}: ${cell.wrong}: ${cell.reason}`),
    problems,
  };
}
