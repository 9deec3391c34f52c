import type { CommandContext } from "./context.ts";

/** A line on the terminal that says how far long work has come; nothing where there is no terminal. */
export interface Progress {
  /** One more is done. */
  step(): void;
  /** Takes the line away. */
  end(): void;
}

const SILENT: Progress = { step: () => undefined, end: () => undefined };
/** Redrawing more often costs time and shows nothing more. */
const REDRAW_MS = 100;
const CLEAR_LINE = "\r\u001b[K";

/** @param saying such as `judging past pull requests`; printed as it is, so no foreign text */
export function showProgress(
  { progress, clock, err }: CommandContext,
  saying: string,
  total: number,
): Progress {
  if (progress !== true || total === 0) return SILENT;
  let done = 0;
  let drawn = clock.now();
  return {
    step() {
      done += 1;
      const now = clock.now();
      if (now - drawn < REDRAW_MS) return;
      drawn = now;
      err(`${CLEAR_LINE}${saying}: ${done} of ${total}`);
    },
    end: () => err(CLEAR_LINE),
  };
}
