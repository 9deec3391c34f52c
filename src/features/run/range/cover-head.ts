import {
  type Difference,
  listDifferences,
  type Range,
  type Repository,
  readContent,
  treeWithout,
} from "../../../platform/git/index.ts";
import { RECORD_FOLDER } from "../../record/index.ts";
import type { RecordedRun } from "../recorded-run.ts";
import { compareContent } from "./compare-content.ts";
import type { Coverage } from "./run-facts.ts";

type Asked = Pick<RecordedRun, "tree" | "base" | "files">;

/** What runs are compared with: a commit's content, or that of a working tree. */
export interface Ground {
  /** Id of the git tree without records. */
  tree(): Promise<string>;
  /** How it differs from a commit that this clone holds. */
  since(commit: string): Promise<Difference[]>;
  /** Paths that are of the change itself, not of a base that moved. */
  ours: ReadonlySet<string>;
}

/** The head of a range. */
export function headGround(repository: Repository, { head, changes }: Range): Ground {
  return {
    tree: () => treeWithout(repository, head.id, RECORD_FOLDER),
    since: (commit) => listDifferences((args) => repository.git(args), commit, head.id, RECORD_FOLDER),
    ours: new Set(changes.map(({ path }) => path)),
  };
}

/** What a working tree holds now; `base` is where its branch left the target. */
export async function workingGround(repository: Repository, base: string | null): Promise<Ground> {
  const look = (since: string | null) => readContent(repository, { without: RECORD_FOLDER, since });
  const now = await look(base);
  return {
    tree: async () => now.tree,
    since: async (commit) => (commit === base ? now : await look(commit)).differences ?? [],
    ours: new Set(now.differences?.map(({ path }) => path)),
  };
}

const unknown = (why: string): Coverage => ({ isWhole: false, differing: null, unknown: why, drifted: 0 });

/** Tells of runs what of a ground they ran on. */
export class Cover {
  readonly #repository: Repository;
  readonly #ground: Ground;
  readonly #since = new Map<string, Promise<Difference[] | null>>();
  #tree: Promise<string> | undefined;

  constructor(repository: Repository, ground: Ground) {
    this.#repository = repository;
    this.#ground = ground;
  }

  /** Null where this clone does not hold the commit. */
  async #ask(commit: string): Promise<Difference[] | null> {
    const held = await this.#repository.git(["cat-file", "-e", `${commit}^{commit}`], {
      accept: [0, 1, 128],
    });
    return held.status === 0 ? this.#ground.since(commit) : null;
  }

  #differencesSince(commit: string): Promise<Difference[] | null> {
    const asked = this.#since.get(commit) ?? this.#ask(commit);
    this.#since.set(commit, asked);
    return asked;
  }

  async of({ tree, base, files }: Asked): Promise<Coverage> {
    this.#tree ??= this.#ground.tree();
    if (tree.before !== null && tree.before === (await this.#tree))
      return { isWhole: true, differing: [], unknown: null, drifted: 0 };
    if (tree.before === null) return unknown("the run could not tell what it ran on");
    if (base === null || files === null) return unknown("the run did not list the files that it ran on");
    const since = await this.#differencesSince(base);
    if (since === null)
      return unknown(`this clone does not hold ${base.slice(0, 12)}, from which the run counts`);
    const own = new Map(Object.entries(files));
    const all = compareContent(own, since);
    const differing = all.filter((path) => own.has(path) || this.#ground.ours.has(path));
    return { isWhole: false, differing, unknown: null, drifted: all.length - differing.length };
  }
}
