/** A pull request as an event tells it. Times are RFC 3339. */
export interface PullFact {
  pull: number;
  title: string;
  body: string;
  /** Null where the event does not say. */
  author: string | null;
  state: "open" | "closed" | "merged";
  isDraft: boolean;
  head: string;
  headRef: string;
  base: string | null;
  baseRef: string;
  fromFork: boolean;
  url: string;
  openedAt: string;
  closedAt: string | null;
  mergedAt: string | null;
  mergeCommit: string | null;
  updatedAt: string;
}

export interface ReviewFact {
  review: string;
  pull: number;
  author: string;
  state: "approved" | "changes_requested" | "commented" | "dismissed";
  head: string | null;
  submittedAt: string;
  updatedAt: string;
}

export interface RunFact {
  kind: "workflow" | "job" | "suite" | "check" | "status";
  run: string;
  attempt: number;
  parent: string | null;
  name: string;
  workflow: string | null;
  head: string;
  headRef: string | null;
  event: string | null;
  status: "waiting" | "running" | "completed";
  conclusion: string | null;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
  updatedAt: string;
  url: string | null;
  failedStep: string | null;
  says: string | null;
  /** Rules of ours that the run's text names. */
  rules: string[];
}

/** What an event says, in the words of no one forge. */
export interface EventFacts {
  /** What the forge calls the repository. */
  forgeName: string;
  action: string | null;
  /** One sentence part, for the list of deliveries. */
  says: string;
  pulls: readonly PullFact[];
  reviews: readonly ReviewFact[];
  runs: readonly RunFact[];
}

export const NO_FACTS = { pulls: [], reviews: [], runs: [] } as const;
