import { Refusal } from "../../../platform/errors/index.ts";
import { readOne, type Tree } from "../../../platform/git/index.ts";
import { formatTimestamp } from "../../../vocabulary/timestamp.ts";
import { CONFIG_FILE, type Config } from "../../config/index.ts";
import { codeMatcher } from "../../evidence/index.ts";

/** Files by path, whole. */
export type Files = Record<string, Buffer | string>;

const AGENT = "simulation";
/** Folders whose change would be another story: the workflow's, and the vendored tool's. */
const GUARDING = /^(\.github|\.growth-engine)\//;
/** Names that need no quoting anywhere. */
const PLAIN = /^[\x20-\x7e]+$/;

async function findFile(tree: Tree, fits: (path: string) => boolean): Promise<string | undefined> {
  const entries = await tree.list();
  return entries.find(({ path, kind }) => kind === "file" && PLAIN.test(path) && fits(path))?.path;
}

/** A code file of the repository with a line end more: a real path, so that path filters see what they would see. */
export async function changedCodeFile(tree: Tree, config: Config): Promise<Files> {
  const isCode = codeMatcher(config);
  const path = await findFile(tree, (candidate) => isCode(candidate) && !GUARDING.test(candidate));
  const content = path === undefined ? null : await readOne(tree, path);
  if (path === undefined || content === null) {
    throw new Refusal("INPUT_INVALID", `${tree.name} holds no code file that could be changed`, {
      hint: "growth-engine ci simulate --base <revision with code>, or widen evidence.code",
    });
  }
  return { [path]: Buffer.concat([content, Buffer.from("\n")]) };
}

/** The README, or a new page: what no default calls code. */
export async function changedDocument(tree: Tree, config: Config): Promise<Files> {
  const isCode = codeMatcher(config);
  const readme = await findFile(tree, (path) => /^readme(\.md)?$/i.test(path) && !isCode(path));
  if (readme === undefined) return { "docs/simulation.md": "# Simulation\n" };
  const content = await readOne(tree, readme);
  return { [readme]: Buffer.concat([content ?? Buffer.alloc(0), Buffer.from("\n")]) };
}

/** Every tool that the config asks for, or one that it allows. */
function toolsFor(config: Config): string[] {
  const asked = Object.values(config.evidence.requireTools).flat();
  return [...new Set([...asked, ...config.evidence.tools.slice(0, 1)])];
}

/** Evidence lines that a repository of this config takes, consulted at an instant. */
export function evidenceFiles(config: Config, time: number): Files {
  const timestamp = formatTimestamp(time);
  const tools = toolsFor(config);
  const line = (tool: string, index: number) => ({
    tool,
    doc_ref: "https://example.com/simulation",
    request_id: `simulation-${timestamp}-${index}`,
    timestamp,
    purpose: "a simulated change, which is never merged",
  });
  const lines = (tools.length === 0 ? ["simulation"] : tools).map(line);
  const path = `artifacts/${AGENT}/${timestamp.slice(0, 10)}/mcp/simulation.jsonl`;
  return { [path]: lines.map((each) => `${JSON.stringify(each)}\n`).join("") };
}

/** A config that would switch every rule off, if the head's were asked. */
export const OWN_RULES: Files = {
  [CONFIG_FILE]: `${JSON.stringify(
    {
      evidence: { nonCode: ["**"] },
      rules: {
        "evidence/missing": "off",
        "evidence/section-missing": "off",
        "evidence/section-unfilled": "off",
      },
    },
    null,
    2,
  )}\n`,
};
