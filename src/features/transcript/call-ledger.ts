import type { LoggedCall } from "./logged-call.ts";

/** A host may add to the story of a call some lines after its answer. */
const STAY_BEHIND = 20;

/** Brings calls and their answers together, which stand in different lines of a log. */
export class CallLedger {
  readonly #open = new Map<string, LoggedCall>();
  #answered: LoggedCall[] = [];

  ask(call: LoggedCall): void {
    this.#open.set(call.id, call);
  }

  /** The answer to a call that was asked; an answer to nobody is none. */
  answer(id: string, at: number | null, said: Partial<LoggedCall>): void {
    const call = this.#open.get(id);
    if (call === undefined) return;
    this.#open.delete(id);
    const durationMs = at === null || at < call.at ? undefined : at - call.at;
    // What an event said of it before is more exact than its answer.
    this.#answered.push({ durationMs, ...said, ...call });
  }

  /** A call that was told as a whole. */
  tell(call: LoggedCall): void {
    this.#answered.push(call);
  }

  /** What else is known of a call, asked or answered. False when there is none of this id. */
  amend(id: string, said: Partial<LoggedCall>): boolean {
    const call = this.#open.get(id) ?? this.#answered.findLast((each) => each.id === id);
    if (call === undefined) return false;
    Object.assign(call, said);
    return true;
  }

  takeAnswered(all: boolean): LoggedCall[] {
    const end = all ? this.#answered.length : Math.max(0, this.#answered.length - STAY_BEHIND);
    return this.#answered.splice(0, end);
  }

  takeUnanswered(): LoggedCall[] {
    const left = [...this.#open.values()];
    this.#open.clear();
    return left;
  }
}
