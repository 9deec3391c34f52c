import { isFault, isRefusal, messageOf } from "../../../platform/errors/index.ts";
import {
  type Difference,
  findDefaultBase,
  openRepository,
  type Repository,
  readContent,
} from "../../../platform/git/index.ts";
import { RECORD_FOLDER } from "../../record/index.ts";

/** What the working tree held at a moment. */
export interface SeenTree {
  /** Null where git could not tell. */
  tree: string | null;
  differences: Difference[] | null;
}

/** Looks at one working tree, before a run and after it. */
export interface TreeWatch {
  base: string | null;
  look(): Promise<SeenTree>;
  /** What could not be told, in sentences. */
  said: string[];
}

/** Where the branch left the target: a commit that rebase and squash leave alone. */
export async function findBase(repository: Repository): Promise<string | null> {
  try {
    const tip = await findDefaultBase(repository);
    const { status, stdout } = await repository.git(["merge-base", tip, "HEAD"], { accept: [0, 1] });
    return status === 0 ? stdout.toString().trim() : null;
  } catch (error) {
    if (!isFault(error) && !isRefusal(error)) throw error;
    return null;
  }
}

/** The working tree around a folder, without records: writing one does not change it. */
export async function watchTree(folder: string): Promise<TreeWatch> {
  const repository = await openRepository(folder);
  const base = await findBase(repository);
  const said: string[] = [];
  const look = async (): Promise<SeenTree> => {
    try {
      return await readContent(repository, { without: RECORD_FOLDER, since: base });
    } catch (error) {
      if (!isFault(error)) throw error;
      said.push(`the tree could not be told: ${messageOf(error)}`);
      return { tree: null, differences: null };
    }
  };
  return { base, look, said };
}

/** Paths that differ between two looks at the same tree. */
export function changedBetween(before: SeenTree, after: SeenTree): string[] {
  if (before.differences === null || after.differences === null || before.tree === after.tree) return [];
  const idsOf = ({ differences }: SeenTree) => new Map(differences?.map(({ path, id }) => [path, id]));
  const [first, second] = [idsOf(before), idsOf(after)];
  const paths = new Set([...first.keys(), ...second.keys()]);
  // A path that equals the base at one of the looks has no id there, which differs from gone.
  return [...paths].filter((path) => first.get(path) !== second.get(path)).sort();
}
