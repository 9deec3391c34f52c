import { type Went, writeCounts } from "../runner-totals/write-counts.ts";

/** Of an event of node:test (https://nodejs.org/api/test.html#class-testsstream). */
interface NodeEvent {
  type: string;
  data: { skip?: unknown; todo?: unknown; details?: { type?: string } };
}

/** A test that is still to be done may fail without failing the run. */
function wentAs({ type, data }: NodeEvent): Went[] {
  if ((type !== "test:pass" && type !== "test:fail") || data.details?.type === "suite") return [];
  if (data.skip !== undefined || data.todo !== undefined) return ["skipped"];
  return [type === "test:pass" ? "passed" : "failed"];
}

/** A reporter of node:test that prints nothing and leaves the totals behind. */
async function* totals(events: AsyncIterable<NodeEvent>): AsyncGenerator<string> {
  const tests: Went[] = [];
  for await (const event of events) tests.push(...wentAs(event));
  writeCounts("node-test", tests);
  yield "";
}

export { totals as default };
