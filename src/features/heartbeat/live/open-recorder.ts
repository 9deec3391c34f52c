import type { Database } from "../../../platform/database/index.ts";
import { type GroupCommit, groupCommit, type Outcome } from "../../../platform/group-commit/index.ts";
import type { Actor } from "../../../vocabulary/actor.ts";
import type { Beat, Received } from "./contract.ts";
import { type ReceivedBeat, receiveBeat } from "./received-beat.ts";
import { writeBeats } from "./write-beats.ts";

/** Receives beats: each is durable before it is answered. */
export interface Recorder {
  /** @throws Refusal TASK_FENCE_STALE, TASK_UNKNOWN, TOKEN_ROLE, INPUT_INVALID, SERVER_BUSY; what the database throws */
  record(beat: Beat, actor: Actor, now: number): Promise<Received>;
  /** An outcome for each; in one commit, as far as they are not too many. @throws Refusal SERVER_BUSY */
  recordAll(beats: readonly ReceivedBeat[]): Promise<Outcome<Received>[]>;
}

/** As many rows as the database takes in well under a second. */
const AT_MOST = 5_000;
/** Some seconds of work; whoever comes later is told to come again. */
const WAIT_AT_MOST = 40_000;

function open(database: Database): GroupCommit<ReceivedBeat, Received> {
  const writer = database.openWriter();
  return groupCommit({
    write: (beats) => writeBeats(writer, beats),
    atMost: AT_MOST,
    waitAtMost: WAIT_AT_MOST,
  });
}

/** Opens the recorder of a process, with a session of its own. */
export function openRecorder(database: Database): Recorder {
  const group = open(database);
  return {
    record: async (beat, actor, now) => {
      const [outcome] = await group.add([receiveBeat(beat, actor, now)]);
      if (outcome && "done" in outcome) return outcome.done;
      throw outcome?.error;
    },
    recordAll: (beats) => group.add(beats),
  };
}
