import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { randomFrom } from "./random.mjs";
import { workFolder } from "./work-folder.mjs";

const GENERATION = "2";
const AGENTS = ["engineer", "designer", "analyst", "reviewer"];
const DAYS = 30;
const SESSION_LINES = 1_000;
const TOOLS = ["context7", "shopify-dev", "storefront", "chrome-devtools", "web-search", "repo-search"];
const PURPOSES = [
  "how the cart keeps its lines between two requests",
  "which fields of an order the mutation returns",
  "whether the retry limit also counts refused calls",
  "what changed in routing between the last two releases",
];

/**
 * One line as a recorder writes it. With `chain`, it also names its session and the sum of the line before.
 * @param {{ agent: string, day: string, number: number, at: number, of: number, chain: boolean }} place
 */
function evidenceLine(random, { agent, day, number, at, of, chain }, previous) {
  const second = Math.floor((at / of) * 86_400);
  const clock = [second / 3_600, (second / 60) % 60, second % 60].map((part) =>
    String(Math.floor(part)).padStart(2, "0"),
  );
  const tool = random.pick(TOOLS);
  const session = `${agent}-${day}-${Math.floor(at / SESSION_LINES)}`;
  const line = {
    tool,
    doc_ref: `https://docs.example.com/${tool}/reference/${random.below(5_000)}#section-${random.below(40)}`,
    request_id: `${number.toString(16).padStart(12, "0")}-${random.below(2 ** 31).toString(16)}`,
    timestamp: `${day}T${clock.join(":")}.${String(at % 1_000).padStart(3, "0")}Z`,
    purpose: random.pick(PURPOSES),
    agent,
    task: `ENG-${random.below(900)}`,
    outcome: random.chance(0.97) ? "ok" : "error",
    duration_ms: random.below(4_000),
  };
  if (!chain) return JSON.stringify(line);
  const link = {
    session,
    seq: (at % SESSION_LINES) + 1,
    recorder: { kind: "hook", name: "growth-engine", version: "0.1.0" },
  };
  const isFirst = at % SESSION_LINES === 0;
  return JSON.stringify({ ...line, ...link, ...(isFirst ? {} : { prev: previous }) });
}

function writeDay(folder, random, place, count) {
  const file = join(folder, "artifacts", place.agent, place.day, "mcp/tools.jsonl");
  mkdirSync(join(file, ".."), { recursive: true });
  const handle = openSync(file, "w");
  let waiting = [];
  let previous = "";
  for (let at = 0; at < count; at += 1) {
    const line = evidenceLine(random, { ...place, number: place.number + at, at, of: count }, previous);
    if (place.chain) previous = createHash("sha256").update(line).digest("hex");
    waiting.push(line);
    if (waiting.length < 10_000 && at < count - 1) continue;
    writeSync(handle, `${waiting.join("\n")}\n`);
    waiting = [];
  }
  closeSync(handle);
}

/**
 * A repository with `count` good evidence lines of four agents over thirty days; made once and kept.
 * @param {number} count
 * @param {{ chain?: boolean }} [options]
 * @returns {string} its folder
 */
export function generateEvidence(count, { chain = false } = {}) {
  const folder = join(workFolder("evidence"), `${count}${chain ? "-chained" : ""}`);
  const stamp = `${folder}.generation`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === GENERATION) return folder;
  process.stderr.write(`  generating ${count} lines${chain ? ", chained" : ""}\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync("git", ["init", "--quiet", "--initial-branch=main"], { cwd: folder });
  const random = randomFrom(count);
  const files = AGENTS.length * DAYS;
  let number = 0;
  for (let file = 0; file < files; file += 1) {
    const agent = AGENTS[Math.floor(file / DAYS)];
    const day = `2026-01-${String((file % DAYS) + 1).padStart(2, "0")}`;
    const end = Math.round(((file + 1) * count) / files);
    writeDay(folder, random, { agent, day, number, chain }, end - number);
    number = end;
  }
  writeFileSync(stamp, GENERATION);
  return folder;
}
