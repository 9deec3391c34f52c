import { formatDuration } from "../../vocabulary/duration.ts";
import { formatTimestamp } from "../../vocabulary/timestamp.ts";
import { type AddedVisitor, type RecordPath, redactedSum } from "../record/index.ts";
import type { TaskBeats } from "./beat.ts";
import { Capped } from "./capped.ts";
import { type BeatFault, type BeatFields, checkBeat } from "./check-beat.ts";
import type { BeatProblem } from "./facts.ts";
import { sessionOf } from "./heartbeat-path.ts";

/** A later line of a session that is earlier in time, with both lines as they stand in the file. */
export interface Step {
  file: string;
  line: number;
  time: number;
  text: string;
  after: { line: number; time: number; text: string };
}

/** How far a clock may run ahead of the head commit (contract §3). */
export const FUTURE_MS = 5 * 60_000;

/** Puts the beats of any number of record files together by agent and task. */
export class BeatCollector {
  readonly problems = new Capped<BeatProblem>();
  readonly steps: Step[] = [];
  /** Lines that are not blank, by file. */
  readonly lines = new Map<string, number>();
  readonly #tasks = new Map<string, TaskBeats>();
  readonly #redacted: ReadonlySet<string>;
  readonly #headTime: number;

  /**
   * @param redacted sums of lines that were taken out under a redaction; what stands in their place is no beat
   * @param headTime beats over 5 minutes later are from the future
   */
  constructor(redacted: ReadonlySet<string>, headTime = Number.POSITIVE_INFINITY) {
    this.#redacted = redacted;
    this.#headTime = headTime;
  }

  tasks(): TaskBeats[] {
    return [...this.#tasks.values()];
  }

  /** Reads one file. Beats of tasks that are not `wanted` are checked and not kept. */
  visit(file: RecordPath, wanted?: (agent: string, task: string) => boolean): AddedVisitor {
    const { path, agent } = file;
    const fileSession = sessionOf(file);
    const latest = new Map<string, Step["after"]>();
    const count = () => this.lines.set(path, (this.lines.get(path) ?? 0) + 1);
    this.lines.set(path, 0);
    return {
      object: (value, line, text, isNew) => {
        count();
        // What a redaction left of a beat still says when that was, and is nothing new.
        const added = isNew && !this.#isRedacted(text);
        const beat = checkBeat(value);
        if (Array.isArray(beat)) {
          if (added) this.#refuse(beat, path, line);
          return;
        }
        const session = beat.session ?? fileSession;
        const after = latest.get(session);
        if (added && after && beat.time < after.time)
          this.steps.push({ file: path, line, time: beat.time, text, after });
        latest.set(session, { line, time: beat.time, text });
        if (added && beat.time > this.#headTime + FUTURE_MS) this.#refuseFuture(beat, path, line);
        if (wanted?.(agent, beat.task) ?? true) this.#keep(agent, beat, { file: path, line, added });
      },
      problem: ({ kind, line, column, message }, added) => {
        count();
        if (added) this.problems.add({ kind, file: path, line, column, message });
      },
    };
  }

  #keep(
    agent: string,
    { task, time, status }: BeatFields,
    place: { file: string; line: number; added: boolean },
  ): void {
    // No agent holds a slash, so the two words cannot run into each other.
    const key = `${agent}/${task}`;
    const known = this.#tasks.get(key);
    if (known) known.beats.push({ time, status, ...place });
    else this.#tasks.set(key, { agent, task, beats: [{ time, status, ...place }] });
  }

  #isRedacted(text: string): boolean {
    const sum = redactedSum(text);
    return sum !== null && this.#redacted.has(sum);
  }

  #refuse(faults: readonly BeatFault[], file: string, line: number): void {
    for (const fault of faults) this.problems.add({ ...fault, file, line });
  }

  #refuseFuture({ time }: BeatFields, file: string, line: number): void {
    const ahead = formatDuration(time - this.#headTime);
    this.problems.add({
      kind: "future",
      file,
      line,
      message: `the beat of ${formatTimestamp(time)} lies ${ahead} after the head commit`,
    });
  }
}
