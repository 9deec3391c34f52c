import type { Level } from "../../vocabulary/level.ts";
import type { RuleName } from "../../vocabulary/rules/index.ts";
import type { RunKind } from "../../vocabulary/run-kind.ts";

/** Levels of trust in a record (design §6), weakest first. */
export const ASSURANCE_LEVELS = ["claimed", "recorded", "receipted"] as const;
/** How far a record can be trusted. */
export type AssuranceLevel = (typeof ASSURANCE_LEVELS)[number];

/** `growth-engine.json` with every default filled in. Durations are milliseconds. */
export interface Config {
  evidence: {
    code: string[];
    nonCode: string[];
    /** Empty means any tool. */
    tools: string[];
    requireTools: Record<string, string[]>;
    require: Record<string, AssuranceLevel>;
  };
  heartbeat: { requiredAfter: number; staleAfter: number };
  ban: { packages: string[]; production: string[]; allow: string[]; entries: string[] };
  pullRequest: { sections: SectionName[]; exempt: string[]; override: string[] };
  /** Public keys of logs, as vkeys, and the names under which receipts may speak of this repository. */
  receipts: { keys: string[]; repositories: string[] };
  rules: Partial<Record<RuleName, Level>>;
  /** Each a program and its arguments. */
  task: { setUp: string[][] };
  server: { url: string | null };
  run: { require: Record<string, RunKind[]> };
  witness: {
    /** Two witnesses may tell the time of one call so many milliseconds apart. */
    window: number;
    /** Package glob to where its documentation is read: hosts, paths, names. */
    documentation: Record<string, string[]>;
  };
  /** Names of the keys that the file gives, sorted: the others hold their defaults. */
  given: string[];
}

export const SECTION_NAMES = ["MCP Evidence", "Heartbeat", "Dev MCP Check"] as const;
/** Sections that a pull request text may have to have. */
export type SectionName = (typeof SECTION_NAMES)[number];

/** Name of the config file at the top of a repository. */
export const CONFIG_FILE = "growth-engine.json";
