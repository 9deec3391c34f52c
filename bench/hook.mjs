// What a hook costs an agent, which waits for it after each tool call. See bench/README.md.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { compare } from "./harness/compare.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderLimits, renderResults, writeReport } from "./harness/report.mjs";
import { workFolder } from "./harness/work-folder.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "41" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});

const cli = findProduct(values.product);
const folder = workFolder("hook");
rmSync(folder, { recursive: true, force: true });
execFileSync("git", ["init", "--quiet", "--initial-branch=main", workFolder("hook")]);
process.env.XDG_STATE_HOME = join(folder, ".git");
process.env.GROWTH_ENGINE_TASK = "ENG-1";
process.env.GROWTH_ENGINE_AGENT = "bench";

const payload = JSON.stringify({
  session_id: "bench",
  cwd: folder,
  hook_event_name: "PostToolUse",
  tool_name: "mcp__context7__query-docs",
  tool_input: { libraryId: "/facebook/react", query: "hooks" },
  tool_response: { content: [{ type: "text", text: "x".repeat(4_000) }] },
  tool_use_id: "toolu_1",
});

const told = (name, args) => ({ name, command: process.execPath, args, cwd: folder, input: payload });
const results = await compare(
  [
    told("node -e 0", ["-e", "0"]),
    told("hook.cjs claude-code", [join(dirname(cli), "hook.cjs"), "claude-code"]),
    told("growth-engine hook claude-code", [cli, "hook", "claude-code"]),
  ],
  { rounds: Number(values.rounds) },
);

const day = readdirSync(join(folder, "artifacts/bench"))[0];
const records = join(folder, "artifacts/bench", day, "mcp");
const lines = readdirSync(records).flatMap((name) =>
  readFileSync(join(records, name), "utf8").trimEnd().split("\n"),
);
const report = [
  "# Hook",
  `${describeMachine()}.`,
  `Whole processes, in turn, each with the payload of an MCP call of ${payload.length} bytes on its standard input. ` +
    `The hooks wrote ${lines.length} evidence lines; the last one has seq ${JSON.parse(lines.at(-1)).seq}.`,
  renderResults(results, ["node -e 0"]),
  renderLimits(results, [
    { of: "hook.cjs claude-code", to: "node -e 0", atMost: 1.2 },
    { of: "growth-engine hook claude-code", to: "node -e 0", atMost: 1.2 },
  ]),
].join("\n\n");
writeReport("hook", report, !values["dry-run"]);
