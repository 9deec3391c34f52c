/** How a server is reached, with every variable filled in. */
export type Reach =
  | {
      kind: "stdio";
      command: string;
      args: readonly string[];
      env: Readonly<Record<string, string>>;
      cwd: string;
    }
  | { kind: "http"; url: string; headers: Readonly<Record<string, string>> };

/** An MCP server that a file of the repository names. */
export interface McpServer {
  name: string;
  /** The file that names it, from the top. */
  file: string;
  /** As the file says it, variables and all: what a user approves. */
  said: Reach;
}

/** What came of talking to a server. */
export type Talk =
  | { kind: "spoke"; tools: number; server: string; protocol: string; took: number; noise: string | null }
  /** It did not say all that was asked for in time; @see noise for what it said instead. */
  | { kind: "hung"; after: number; noise: string | null }
  | { kind: "flooded"; bytes: number }
  | { kind: "ended"; how: string; noise: string | null; stderr: string | null }
  | { kind: "refused"; why: string };
