import {
  commitTree,
  openRepository,
  type Repository,
  readRange,
  resolveCommit,
} from "../../../platform/git/index.ts";
import type { Config } from "../../config/index.ts";
import { writePullRequestText } from "../../guard/index.ts";
import { fastImport, type NewCommit } from "./fast-import.ts";
import { changedCodeFile, changedDocument, evidenceFiles, type Files, OWN_RULES } from "./synthetic-files.ts";
import type { Variant, VariantName } from "./variant.ts";

const MINUTE_MS = 60_000;

/** The ground that every change stands on. */
export interface Ground {
  /** The forge's own repository, a temporary one. */
  forge: Repository;
  base: string;
  /** Committer time of the base in milliseconds since 1970. */
  time: number;
  config: Config;
}

interface Sketch {
  name: VariantName;
  files: Files;
  text: string;
}

function textOf(evidence: Files, codeChanged: boolean): string {
  const facts = {
    codeChanged,
    evidence: Object.keys(evidence),
    heartbeats: [],
    longWork: false,
    banFindings: 0,
  };
  return writePullRequestText(facts);
}

async function sketch({ forge, base, time, config }: Ground): Promise<Sketch[]> {
  const tree = commitTree(forge, base);
  const code = await changedCodeFile(tree, config);
  const evidence = evidenceFiles(config, time + MINUTE_MS);
  return [
    { name: "no evidence", files: code, text: "" },
    {
      name: "evidence and text",

      files: { ...code, ...evidence },
      text: textOf(evidence, true),
    },
    { name: "docs only", files: await changedDocument(tree, config), text: "" },
    { name: "own rules", files: { ...code, ...OWN_RULES }, text: "" },
  ];
}

/** Three commits: the branch as it was before its last push, its head, and the merge that the queue tests. */
function commitsOf({ base, time }: Ground, { name, files }: Sketch, first: number): NewCommit[] {
  const branch = `refs/simulation/${name.replaceAll(" ", "-")}`;
  const commit = (ref: string, parents: NewCommit["parents"], added: Files, minutes: number): NewCommit => ({
    ref: `${branch}/${ref}`,
    parents,
    files: added,
    message: `Simulated change: ${name}`,
    time: time + minutes * MINUTE_MS,
  });
  return [
    commit("before", [base], {}, 2),
    commit("head", [`:${first}`], files, 3),
    commit("merged", [base, `:${first + 1}`], files, 4),
  ];
}

async function built(ground: Ground, { name, files, text }: Sketch): Promise<Variant> {
  const at = (ref: string) =>
    resolveCommit(ground.forge, `refs/simulation/${name.replaceAll(" ", "-")}/${ref}`);
  const [before, head, merged] = await Promise.all([at("before"), at("head"), at("merged")]);
  return { name, base: ground.base, before, head, merged, paths: Object.keys(files), text };
}

/** Makes the synthetic changes in the forge's repository. */
export async function buildVariants(ground: Ground): Promise<Variant[]> {
  const sketches = await sketch(ground);
  const commits = sketches.flatMap((each, index) => commitsOf(ground, each, index * 3 + 1));
  await ground.forge.git(["fast-import", "--quiet"], { input: fastImport(commits) });
  const forge = await openRepository(ground.forge.folder);
  return Promise.all(sketches.map((each) => built({ ...ground, forge }, each)));
}

/** The commit that the forge would make of a merge; null where both sides touch the same lines. */
async function mergeOf({ forge, base }: Ground, head: string, time: number): Promise<string | null> {
  const merge = await forge.git(["merge-tree", "--write-tree", base, head], { accept: [0, 1, 129] });
  if (merge.status !== 0) return null;
  const ref = "refs/simulation/this-branch/merged";
  const tree = merge.stdout.toString().trim();
  const commit: NewCommit = { ref, parents: [base, head], tree, files: {}, message: "Simulated merge", time };
  await forge.git(["fast-import", "--quiet"], { input: fastImport([commit]) });
  return resolveCommit(forge, ref);
}

/** The change that HEAD makes to the base, as it would be merged; null where there is none. */
export async function buildBranch(ground: Ground, head: string, text: string): Promise<Variant | null> {
  const { forge, base } = ground;
  const range = await readRange(forge, base, head);
  if (range.commits.length === 0) return null;
  const before = range.head.parents[0] ?? base;
  const merged = (await mergeOf(ground, head, range.head.time)) ?? head;
  const paths = range.changes.map(({ path }) => path);
  return { name: "this branch", base, before, head, merged, paths, text };
}
