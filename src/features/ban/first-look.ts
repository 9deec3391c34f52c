import type { SearchPatterns, TreeContent } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";
import { bannedPackages } from "./banned-packages.ts";
import type { BanFacts } from "./facts.ts";
import { MAX_SOURCE_BYTES, mentionsAny } from "./search/find-mentions.ts";
import { spellingsOf } from "./search/spellings.ts";

/**
 * The scan's first look, for whoever scans many trees that share most of their files: where no file mentions a
 * banned package, the scan finds nothing.
 */
export interface FirstLook {
  /** What a search of the bytes asks: it finds every mention, and more. */
  patterns: SearchPatterns;
  /** Up to so many bytes of a file are asked. */
  maxBytes: number;
  /** Does a file that the search found mention a package? */
  isMention(found: TreeContent): boolean;
}

/** Null where the config asks more than a search answers: entries, or a glob that any file may match. */
export function firstLook({ ban }: Config): FirstLook | null {
  const { names } = bannedPackages(ban.packages);
  if (ban.entries.length > 0 || names.includes("")) return null;
  const needles = names.map((text) => ({ text }));
  const regex = spellingsOf(needles).map((expression) => Buffer.from(expression, "latin1"));
  return {
    patterns: { regex },
    maxBytes: MAX_SOURCE_BYTES,
    isMention: (found) => ("content" in found ? mentionsAny(found.content, needles) : "tooLarge" in found),
  };
}

/** The facts of a tree in which no file mentions a banned package; its files were not counted. */
export function nothingMentioned(tree: string): BanFacts {
  const seen = { tree, files: 0, links: 0, submodules: 0 };
  return { ...seen, imports: [], dependencies: [], spawns: [], unparsable: [], unresolved: [] };
}
