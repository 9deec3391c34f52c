/** What the demo's agents are called, and how each tends to be. Chances are per step of work. */
export interface DemoAgent {
  name: string;
  description: string;
  /** Chance to fall silent for longer than the fleet allows, and to go on as if nothing had been. */
  stalls: number;
  /** Chance to be held up by somebody else. */
  blocks: number;
  /** Chance to run a long test, with its budget declared. */
  tests: number;
  /** Chance to be gone for minutes, so that its lease runs out. */
  crashes: number;
}

export const DEMO_AGENTS: readonly DemoAgent[] = [
  { name: "atlas", description: "demo: steady", stalls: 0.01, blocks: 0.03, tests: 0.15, crashes: 0 },
  {
    name: "birch",
    description: "demo: runs long tests",
    stalls: 0.02,
    blocks: 0.02,
    tests: 0.35,
    crashes: 0,
  },
  { name: "cedar", description: "demo: often held up", stalls: 0.03, blocks: 0.15, tests: 0.1, crashes: 0 },
  { name: "dune", description: "demo: falls silent", stalls: 0.12, blocks: 0.02, tests: 0.05, crashes: 0.02 },
  {
    name: "ember",
    description: "demo: crashes now and then",
    stalls: 0.03,
    blocks: 0.02,
    tests: 0.1,
    crashes: 0.06,
  },
];

const PRIORITIES = ["P0", "P1", "P1", "P2", "P2", "P2", "P3"] as const;
const DEEDS = ["Add", "Test", "Rename", "Speed up", "Document", "Mend", "Split"];
const THINGS = [
  "the checkout form",
  "the cart badge",
  "order e-mails",
  "the price import",
  "customer search",
  "the stock report",
  "the login page",
  "address validation",
  "the refund flow",
];

/** A task of the demo. */
export interface DemoTask {
  id: string;
  title: string;
  priority: (typeof PRIORITIES)[number];
  criteria: string[];
  depends_on: string[];
}

/** The task of a number: always the same for the same one. Every third waits for the one before. */
export function demoTask(number: number): DemoTask {
  const deed = DEEDS[number % DEEDS.length] ?? "";
  const thing = THINGS[number % THINGS.length] ?? "";
  const id = (of: number) => `DEMO-${String(of).padStart(3, "0")}`;
  return {
    id: id(number),
    title: `${deed} ${thing}`,
    priority: PRIORITIES[number % PRIORITIES.length] ?? "P2",
    criteria: [`${thing} works as before`],
    depends_on: number % 3 === 2 ? [id(number - 1)] : [],
  };
}
