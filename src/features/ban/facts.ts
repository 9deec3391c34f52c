import type { Form } from "./parse/statement.ts";
import type { Step } from "./reach/find-chains.ts";

/** A place in the tree. Lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column?: number;
}

/** How production comes to a file. */
export interface Reach {
  /**
   * Importing statements from production to the file: none when the file is production by its path, or is an
   * entry itself.
   */
  steps: Step[];
  /** The entry (`ban.entries`) that reaches the file; null where production is given by globs. */
  entry: string | null;
}

/** The reach of a file that is production by its own path. */
export const NOWHERE_ELSE: Reach = { steps: [], entry: null };

/** A statement that names a banned package, in a file that production holds or reaches. */
export interface ImportFact extends Place {
  package: string;
  /** As written. */
  specifier: string;
  form: Form;
  typeOnly: boolean;
  reach: Reach;
}

/** Code or configuration that starts a banned server. */
export interface SpawnFact extends Place {
  package: string;
  command: string;
  reach: Reach;
}

/** An entry of a production manifest. */
export interface DependencyFact extends Place {
  section: string;
  name: string;
  package: string;
}

/** A file of production that may name a banned package and could not be read as code. */
export interface UnparsableFact extends Place {
  reason: string;
  reach: Reach;
}

/** An import of this repository's own code that leads to no file. */
export interface UnresolvedFact extends Place {
  specifier: string;
  /** It names a package of the repository, and was taken to lead to each of its files. */
  isGuess?: boolean;
  /** The submodule into which the path leads: another repository, which is not looked into. */
  submodule?: string;
}

/** All that the ban's judge looks at: plain JSON, the same for the same tree. */
export interface BanFacts {
  /** `commit 1a2b3c4`, `the index`, `the working tree`. */
  tree: string;
  /** Regular files seen: all of them were searched. */
  files: number;
  /** Not looked into; links are followed inside the repository only. */
  links: number;
  submodules: number;
  imports: ImportFact[];
  dependencies: DependencyFact[];
  spawns: SpawnFact[];
  unparsable: UnparsableFact[];
  unresolved: UnresolvedFact[];
}
