import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generateTree } from "./generate-tree.mjs";
import { workFolder } from "./work-folder.mjs";

const GENERATION = "1";
const AGENT = "artifacts/engineer/2026-01-06";
const EVIDENCE = `${AGENT}/mcp/docs.jsonl`;
const HEARTBEAT = `${AGENT}/heartbeat.ndjson`;
const COMMITS = 10;
/** Minutes from one commit to the next: the work lasts five hours, so it takes a heartbeat. */
const STEP = 30;

const TEMPLATE = `## What changes

## MCP Evidence
- [ ] \`artifacts/<agent>/<YYYY-MM-DD>/mcp/<topic>.jsonl\`
- [ ] No MCP usage - non-code change

## Heartbeat
- [ ] \`artifacts/<agent>/<YYYY-MM-DD>/heartbeat.ndjson\`
- [ ] <2h single session

## Dev MCP Check
- [ ] No Dev MCP imports in production code
`;

const TEXT = `## What changes

Each module counts its links.

## MCP Evidence
- [x] \`${EVIDENCE}\`

## Heartbeat
- [x] \`${HEARTBEAT}\`

## Dev MCP Check
- [x] No Dev MCP imports in production code
`;

function timeOf(minutes) {
  const hours = String(9 + Math.floor(minutes / 60)).padStart(2, "0");
  return `2026-01-06T${hours}:${String(minutes % 60).padStart(2, "0")}:00Z`;
}

function git(folder, minutes, ...args) {
  const date = timeOf(minutes);
  return execFileSync(
    "git",
    ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "-c", "gc.auto=0", ...args],
    {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    },
  );
}

function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  appendFileSync(join(folder, path), text);
}

function record(folder, step) {
  const from = step * STEP;
  for (let at = 0; at < 5; at += 1) {
    const line = {
      tool: "context7",
      doc_ref: `https://docs.example.com/modules/${step}#${at}`,
      request_id: `request-${step}-${at}`,
      timestamp: timeOf(from + at),
      purpose: "how links are counted",
    };
    write(folder, EVIDENCE, `${JSON.stringify(line)}\n`);
  }
  for (const at of [0, 10, 20]) {
    const status = step === COMMITS - 1 && at === 20 ? "done" : "doing";
    const line = { timestamp: timeOf(from + at), task: "ENG-1", status, progress: `${step * 10}%` };
    write(folder, HEARTBEAT, `${JSON.stringify(line)}\n`);
  }
}

/**
 * A repository whose branch `work` changes code files in ten commits, with evidence, heartbeat and a text, all well.
 * @param {{ files: number, changed: number }} size
 * @returns {{ folder: string, text: string }} the repository, and the file with the pull request's text
 */
export function generatePullRequest({ files, changed }) {
  const folder = join(workFolder("pull-requests"), `${changed}-of-${files}`);
  const text = `${folder}.md`;
  const stamp = `${folder}.generation`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === GENERATION) return { folder, text };
  rmSync(folder, { recursive: true, force: true });
  execFileSync("git", ["clone", "--quiet", "--local", generateTree(files, "clean"), folder]);
  write(folder, ".github/pull_request_template.md", TEMPLATE);
  git(folder, 0, "add", "--all");
  git(folder, 0, "commit", "--quiet", "--message", "Add a template");
  git(folder, 0, "switch", "--quiet", "--create", "work");
  const code = git(folder, 0, "ls-files")
    .split("\n")
    .filter((path) => /^(app|packages)\/.*\/m\d+\.tsx?$/.test(path));
  const every = Math.floor(code.length / changed);
  for (let step = 0; step < COMMITS; step += 1) {
    for (let at = step; at < changed; at += COMMITS)
      write(folder, code[at * every], `\nexport const counted${step} = ${at};\n`);
    record(folder, step);
    git(folder, step * STEP + 25, "add", "--all");
    git(folder, step * STEP + 25, "commit", "--quiet", "--message", `Count links, part ${step + 1}`);
  }
  writeFileSync(text, TEXT);
  writeFileSync(stamp, GENERATION);
  return { folder, text };
}
