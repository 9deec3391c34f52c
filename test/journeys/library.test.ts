import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { FILLED, governedRepository } from "../harness/governed-repository.ts";
import { packedProject } from "../harness/packed-project.ts";

const TSC = join(import.meta.dirname, "../../node_modules/typescript/lib/tsc.js");
/** The declarations are the same whatever Node reads them, and take long to make. */
const compiles = process.env.GROWTH_ENGINE_TEST_NODE === undefined;
let project = "";

function run(file: string, source: string, ...words: string[]): unknown {
  writeFileSync(join(project, file), source);
  const node = process.env.GROWTH_ENGINE_TEST_NODE ?? process.execPath;
  const done = spawnSync(node, [file, ...words], { cwd: project, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${file}: ${done.stderr}`);
  return JSON.parse(done.stdout);
}

beforeAll(() => {
  project = packedProject({ types: compiles });
}, 300_000);

describe("the package as a library", () => {
  it("judges, records and renders from an ES module", () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.commit("Change the cart");
    const told = run(
      "story.mjs",
      `import { addEvidence, judgeRange, listEvidence, readHeartbeatStatus, recordBeat, renderVerdict, scanBan,
         verifyEvidence, verifyHeartbeat, writeSection } from "growth-engine";
       const folder = process.argv[2];
       const before = await judgeRange(folder, { base: "main" });
       const entry = { tool: "context7", doc_ref: "https://example.com/docs", purpose: "how carts are kept" };
       const added = await addEvidence(folder, [entry], { agent: "ada" });
       const { path } = await recordBeat(folder, { agent: "ada", task: "SHOP-1", status: "done" });
       const { lines, unread } = await listEvidence(folder, { agent: "ada" });
       console.log(JSON.stringify({
         before: [before.verdict, ...before.guards.map(({ verdict }) => verdict)],
         blocked: before.guards[0].findings.map(({ rule }) => rule),
         firstLine: renderVerdict(before, "markdown").split("\\n")[0],
         file: added.written[0].file, path, tools: lines.map(({ entry }) => entry.tool), unread,
         verified: (await verifyEvidence(folder)).verdict, beats: (await verifyHeartbeat(folder)).trends[0].beats,
         states: (await readHeartbeatStatus(folder)).tasks.map(({ state }) => state),
         clean: (await scanBan(folder)).verdict, text: (await writeSection(folder, { base: "main" })).codeChanged,
       }));`,
      repository.folder,
    );
    expect(told).toEqual({
      before: ["fail", "fail", "pass", "pass"],
      blocked: ["evidence/missing"],
      firstLine: expect.stringContaining("fail"),
      file: expect.stringMatching(/^artifacts\/ada\/\d{4}-\d\d-\d\d\/mcp\/context7\.jsonl$/),
      path: expect.stringMatching(/^artifacts\/ada\/\d{4}-\d\d-\d\d\/heartbeat\.ndjson$/),
      tools: ["context7"],
      unread: 0,
      verified: "pass",
      beats: 1,
      states: ["done"],
      clean: "pass",
      text: true,
    });
  });

  it("gives facts that another process judges to the same verdict, also by require", () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", 'import "context7-mcp";\n');
    repository.commit("Import what is banned");
    const gathered = run(
      "gather.cjs",
      `const { gatherFacts, judgeRange } = require("growth-engine");
       const query = { base: "main", text: process.argv[3] };
       Promise.all([gatherFacts(process.argv[2], query), judgeRange(process.argv[2], query)])
         .then((both) => console.log(JSON.stringify(both)));`,
      repository.folder,
      FILLED,
    ) as [unknown, { verdict: string }];
    writeFileSync(join(project, "gathered.json"), JSON.stringify(gathered[0]));
    const judged = run(
      "judge.cjs",
      `const { judgeFacts } = require("growth-engine");
       const { facts, config } = require("./gathered.json");
       console.log(JSON.stringify(judgeFacts(facts, config)));`,
    );
    expect(gathered[1].verdict).toBe("fail");
    expect(judged).toEqual(gathered[1]);
  });

  it("throws errors with codes, that are instances of its classes whichever file threw them", () => {
    const repository = governedRepository();
    const thrown = run(
      "errors.mjs",
      `import * as engine from "growth-engine";
       const { Fault, Refusal } = engine;
       const folder = process.argv[2];
       const said = [];
       const tried = async (deed) => {
         try { await deed(); said.push("nothing"); }
         catch (error) {
           const kind = error instanceof Refusal ? "refusal" : error instanceof Fault ? "fault" : error.stack;
           said.push([kind, error.code, typeof error.hint].join(" "));
         }
       };
       await tried(() => engine.judgeRange(folder, { base: "nowhere" }));
       await tried(() => engine.judgeRange(folder, { guards: ["guard-mpc"] }));
       await tried(() => engine.judgeRange(folder, { text: "x".repeat(300_000) }));
       await tried(() => engine.judgeRange("/"));
       await tried(() => engine.addEvidence(folder, [{ tool: "x" }], { agent: "ada" }));
       await tried(() => engine.addEvidence(folder, ["x"], { agent: "ada" }));
       const loop = {}; loop.loop = loop;
       await tried(() => engine.addEvidence(folder, [loop], { agent: "ada" }));
       await tried(() => engine.addEvidence(folder, [{ tool: "a", doc_ref: "b", purpose: "c" }], { agent: "../x" }));
       await tried(() => engine.recordBeat(folder, { agent: "ada", task: "T", status: "doin" }));
       await tried(() => engine.parseConfig('{ "rulez": {} }'));
       await tried(() => engine.renderVerdict({ guards: [] }, "htlm"));
       await tried(() => engine.scanBan(folder, { bundle: "nowhere" }));
       console.log(JSON.stringify(said));`,
      repository.folder,
    );
    expect(thrown).toEqual([
      "refusal REVISION_UNKNOWN string",
      "refusal USAGE string",
      "refusal INPUT_TOO_LARGE string",
      "fault NOT_A_REPOSITORY string",
      ...Array.from({ length: 4 }, () => "refusal INPUT_INVALID string"),
      "refusal USAGE string",
      "refusal CONFIG_INVALID string",
      "refusal USAGE string",
      "refusal INPUT_INVALID string",
    ]);
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  it("names every export for both kinds of module, and opens the schemas", () => {
    const told = run(
      "names.mjs",
      `import { createRequire } from "node:module";
       import * as all from "growth-engine";
       const required = createRequire(import.meta.url)("growth-engine");
       const config = createRequire(import.meta.url)("growth-engine/schema/growth-engine.schema.json");
       const named = Object.keys(all).filter((name) => name !== "default" && name !== "module.exports").sort();
       console.log(JSON.stringify([named, Object.keys(required).sort(), config.title]));`,
    ) as [string[], string[], string];
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toContain("judgeRange");
    expect(told[2]).toBe("growth-engine.json");
  });

  it.skipIf(!compiles).each(["node16", "bundler"])("is typed under moduleResolution %s", (resolution) => {
    const source = `import { type EvidenceLine, Fault, type GuardVerdict, judgeRange, Refusal, renderVerdict,
        RULES, type VerdictReport } from "growth-engine";
      export async function answer(folder: string): Promise<string> {
        try {
          const report: VerdictReport = await judgeRange(folder, { base: "main", guards: ["guard-mcp"] });
          const first: GuardVerdict | undefined = report.guards[0];
          const rule = first?.findings[0]?.rule;
          return rule === undefined ? renderVerdict(report, "sarif") : RULES[rule].mend;
        } catch (error) {
          if (error instanceof Refusal) return \`\${error.code} \${error.exit}\`;
          if (error instanceof Fault) return error.code;
          throw error;
        }
      }
      export const line: EvidenceLine = { tool: "t", doc_ref: "d", request_id: "1", timestamp: "", purpose: "p" };
      // @ts-expect-error a guard of this name does not exist
      export const wrong = judgeRange(".", { guards: ["guard-mpc"] });
    `;
    for (const file of ["typed.mts", "typed.cts"]) writeFileSync(join(project, file), source);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: "es2023",
      module: resolution === "bundler" ? "esnext" : "node16",
      moduleResolution: resolution,
      types: [],
    };
    const files = resolution === "bundler" ? ["typed.mts"] : ["typed.mts", "typed.cts"];
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    const done = spawnSync(process.execPath, [TSC, "-p", "."], { cwd: project, encoding: "utf8" });
    expect(done.stdout).toBe("");
    expect(done.status).toBe(0);
  });
});
