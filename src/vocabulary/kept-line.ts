/** A line of a record file as it is kept: which one it is, and what is known of it wherever it came from. */
export interface KeptLine {
  /** UUID that stands for the repository and the path in it. */
  place: string;
  /** SHA-256 of the line as it stood in the file, lower-case hexadecimal. */
  sum: string;
  /** 1 for the first of equal lines in its file. */
  occurrence: number;
  /** `YYYY-MM-DD` of its folder. */
  day: string;
  repository: string;
  file: string;
  /** Line number, from 1. */
  number: number;
  /** Whose folder it is. */
  agent: string;
  /** The whole line, without secrets. */
  line: string;
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
