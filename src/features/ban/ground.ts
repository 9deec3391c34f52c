import type { Tree } from "../../platform/git/index.ts";
import type { BannedPackages } from "./banned-packages.ts";
import type { Alias } from "./dependencies/find-aliases.ts";
import type { Production } from "./production.ts";
import type { Ways } from "./reach/ways.ts";
import type { Suspect } from "./search/find-mentions.ts";

/** Where something was found, and what is needed to follow it. */
export interface Ground {
  tree: Tree;
  banned: BannedPackages;
  aliases: readonly Alias[];
  production: Production;
  /** Files that hold a banned name or another name for one. */
  mentions: readonly Suspect[];
  ways: Ways;
}
