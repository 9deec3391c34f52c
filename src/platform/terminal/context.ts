import type { Clock } from "../clock/index.ts";

/** What a command may touch of the process around it; tests hand in their own. */
export interface CommandContext {
  cwd: string;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  /** Version of Growth Engine. */
  version: string;
  /** Text for people and machines: the answer. */
  out(text: string): void;
  /** Logs and errors. */
  err(text: string): void;
  /** Whether `out` goes to a terminal that wants colour. */
  colour: boolean;
  /** Whether a person sits at a terminal and can be asked; nobody unless given. */
  interactive?: boolean;
  /** Width of the terminal in columns; 100 when there is none. */
  columns: number;
  /** Whether `err` goes to a terminal on which long work may show how far it is. */
  progress?: boolean;
  /** All of standard input. Refuses over `maxBytes`. */
  readInput(maxBytes: number): Promise<Buffer>;
}
