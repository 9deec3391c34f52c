/** A record file whose lines are kept. */
export interface KeptFile {
  /** UUID that stands for the repository and the path in it. */
  place: string;
  /** `YYYY-MM-DD` of its folder. */
  day: string;
  repository: string;
  file: string;
  /** Whose folder it is. */
  agent: string;
}

/** A line of a record file as it is kept: which one it is, and what it says. */
export interface KeptLine {
  /** SHA-256 of the line as it stood in the file, lower-case hexadecimal. */
  sum: string;
  /** 1 for the first of equal lines in its file. */
  occurrence: number;
  /** Line number, from 1. */
  number: number;
  /** The whole line, without secrets. */
  line: string;
}

/** Lines of one file. */
export interface KeptLines<T extends KeptLine> {
  file: KeptFile;
  lines: readonly T[];
}

/** How many of the lines that were brought are new, and how many were here and had been given up. */
export interface KeptCounts {
  received: number;
  returned: number;
}

/** By whom, and when (RFC 3339). */
export interface Bringing {
  by: string;
  at: string;
}

/** One of equal lines of a file. */
export interface LineName {
  /** Lower-case hexadecimal. */
  sum: string;
  occurrence: number;
}
