import { nearestOf } from "../../platform/errors/nearest.ts";
import { STATUSES, type Status } from "./beat.ts";

/** Words that agents use for one of the three, written without spaces and hyphens. */
const MEANT: Record<Status, readonly string[]> = {
  doing:
    "active busy inprogress ongoing progress progressing resumed running start started starting wip working".split(
      " ",
    ),
  blocked:
    "error errored failed failing failure halted hold idle onhold pause paused pending stalled stuck suspended wait waiting".split(
      " ",
    ),
  done: "close closed complete completed finish finished merged ok resolved shipped succeeded success".split(
    " ",
  ),
};

/** Short words are near everything by spelling. */
const SPELLABLE = Object.values(MEANT)
  .flat()
  .filter((word) => word.length > 4);

/** The status that a wrong word stands for, by meaning or by spelling; null when nobody can tell. */
export function suggestStatus(word: string): Status | null {
  const bare = word
    .toLowerCase()
    .replaceAll(/[\s_-]/g, "")
    .slice(0, 40);
  const named = (known: string | null) =>
    STATUSES.find((status) => known !== null && (status === known || MEANT[status].includes(known))) ?? null;
  return named(bare) ?? named(nearestOf(bare, STATUSES)) ?? named(nearestOf(bare, SPELLABLE));
}
