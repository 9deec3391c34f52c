import type { Range, Repository } from "../../platform/git/index.ts";
import { ACTIONS, type Action, isConsultation } from "../../vocabulary/action.ts";
import { assuranceOf, checkLine, recorderKind } from "../evidence/index.ts";
import { type RecordPath, readAdded } from "../record/index.ts";
import { type SeenLine, WITNESSES, type Witness } from "./seen-line.ts";

type Entry = Readonly<Record<string, unknown>>;

const REPO = "repo:";

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** A recorder of a later version is one nevertheless. */
function witnessOf(entry: Entry): Witness {
  if (assuranceOf(entry) === "claimed") return "claimed";
  const kind = recorderKind(entry);
  return WITNESSES.find((each) => each === kind && each !== "claimed") ?? "other";
}

function actionOf(entry: Entry): Action {
  if (isConsultation(entry)) return "consult";
  return ACTIONS.find((action) => action === entry.action) ?? "other";
}

function pathOf(text: string): string {
  return text.startsWith(REPO) ? text.slice(REPO.length) : text;
}

/** `doc_ref` names the first file that an edit changed, `files` all of them. */
function editedFiles(entry: Entry): string[] {
  const ref = textOf(entry.doc_ref);
  const others = Array.isArray(entry.files) ? entry.files.filter((each) => typeof each === "string") : [];
  const first = ref?.startsWith(REPO) ? [ref] : [];
  return [...new Set([...first, ...others].map(pathOf))];
}

function recorderName({ recorder }: Entry): string {
  return textOf((recorder as Entry | null | undefined)?.name) ?? "";
}

function durationOf({ duration_ms: ms }: Entry): number {
  return typeof ms === "number" && Number.isFinite(ms) && ms > 0 ? ms : 0;
}

function seenLine(entry: Entry, at: number, file: RecordPath, line: number): SeenLine {
  const action = actionOf(entry);
  const witness = witnessOf(entry);
  return {
    witness,
    recorder: witness === "claimed" ? "" : recorderName(entry),
    agent: file.agent,
    task: textOf(entry.task),
    session: textOf(entry.session),
    at,
    durationMs: durationOf(entry),
    tool: String(entry.tool),
    call: textOf(entry.call),
    ref: String(entry.doc_ref),
    action,
    files: action === "edit" ? editedFiles(entry) : [],
    id: textOf(entry.request_id),
    input: textOf(entry.input_hmac),
    subagent: textOf(entry.subagent),
    place: `${file.path}:${line}`,
  };
}

/**
 * The valid evidence lines that a range brings, in path order: those of the tree at its head which the tree at its base
 * does not hold, so that no commit between matters. Broken lines are the evidence guard's to name.
 */
export async function readSeenLines(repository: Repository, range: Range): Promise<SeenLine[]> {
  const lines: SeenLine[] = [];
  await readAdded(repository, range, "evidence", (file) => ({
    object(entry, line, _text, added) {
      if (!added || typeof entry.redacted === "string") return;
      const { faults, instant } = checkLine(entry);
      if (faults.length === 0) lines.push(seenLine(entry, instant, file, line));
    },
    problem: () => undefined,
  }));
  return lines;
}
