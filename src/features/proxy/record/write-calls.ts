import { messageOf } from "../../../platform/errors/index.ts";
import { takeOutSecrets } from "../../evidence/index.ts";
import {
  countUnrecorded,
  describeCall,
  findCheckout,
  nameServer,
  type RecorderSession,
  recordCalls,
  type SeenCall,
  whoWorks,
} from "../../recorder/index.ts";
import type { PairedCall, ServerWords } from "./pair-calls.ts";
import type { RecorderTask } from "./seen-messages.ts";

const RECORDER = "mcp-proxy";
const NO_CHECKOUT = "it is not in a git checkout";
const NO_AGENT = "nobody says who works: set GROWTH_ENGINE_AGENT, or give --agent before the --";

/** What is said of calls before anything is written: texts without secrets. */
function toSeen(call: PairedCall, session: RecorderSession, task: RecorderTask, server: ServerWords | null) {
  const tool = nameServer({
    given: task.name,
    words: task.url ? [task.url] : task.command,
    own: server?.name,
  });
  const about = describeCall({ server: tool, tool: call.tool, input: call.input, root: session.root });
  const seen: SeenCall = {
    tool,
    docRef: about.docRef,
    purpose: about.purpose,
    action: about.action,
    server: server === null ? undefined : `${server.name}${server.version ? `/${server.version}` : ""}`,
    outcome: call.outcome,
    durationMs: call.durationMs,
    input: call.input,
    output: call.output,
    at: Math.round(call.at),
    more: { call: call.tool, ...call.more },
  };
  return seen;
}

/** The texts of a call that a line will hold. */
function textsOf({ tool, docRef, purpose, server, more }: SeenCall): Record<string, unknown> {
  return { tool, docRef, purpose, server, more };
}

/**
 * Writes calls of one server into the checkout around the folder that the proxy was started in, and counts those that
 * it cannot write.
 */
export class CallWriter {
  readonly #task: RecorderTask;
  readonly #say: (sentence: string) => void;
  readonly #unrecorded = new Map<string, number>();

  constructor(task: RecorderTask, say: (sentence: string) => void) {
    this.#task = task;
    this.#say = say;
  }

  /** How many calls were not recorded, by reason. */
  get unrecorded(): [string, number][] {
    return [...this.#unrecorded];
  }

  async write(calls: readonly PairedCall[], server: ServerWords | null): Promise<void> {
    if (calls.length === 0) return;
    try {
      const session = this.#session();
      if (typeof session === "string") return this.lose(calls.length, session);
      const seen = calls.map((call) => toSeen(call, session, this.#task, server));
      const clean = await takeOutSecrets(seen.map(textsOf));
      recordCalls(
        session,
        seen.map((call, index) => ({ ...call, ...clean[index] })),
      );
    } catch (error) {
      this.lose(calls.length, messageOf(error));
    }
  }

  /** Counts calls that are not written, and says why when that is new. */
  lose(calls: number, reason: string): void {
    if (calls === 0) return;
    if (!this.#unrecorded.has(reason)) this.#say(`calls pass on and are not recorded: ${reason}`);
    this.#unrecorded.set(reason, (this.#unrecorded.get(reason) ?? 0) + calls);
    const checkout = findCheckout(this.#task.cwd);
    if (checkout === null) return;
    countUnrecorded(checkout, {
      recorder: RECORDER,
      reason,
      calls,
      at: Math.round(performance.timeOrigin + performance.now()),
    });
  }

  /** Asked anew each time: a task is started, and a branch changed, while the proxy runs. */
  #session(): RecorderSession | string {
    const { cwd, version, session, agent: given, task: asked } = this.#task;
    const checkout = findCheckout(cwd);
    if (checkout === null) return NO_CHECKOUT;
    const { agent, task } = whoWorks(process.env, checkout);
    const who = given ?? agent;
    if (who === null) return NO_AGENT;
    return {
      root: checkout.root,
      agent: who,
      session,
      recorder: { kind: "proxy", name: RECORDER, version },
      task: asked ?? task ?? undefined,
      head: checkout.head ?? undefined,
    };
  }
}
