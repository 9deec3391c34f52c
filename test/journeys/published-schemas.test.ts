import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { FILLED, governedRepository } from "../harness/governed-repository.ts";
import type { TemporaryRepository } from "../harness/temporary-repository.ts";

const SCHEMAS = join(import.meta.dirname, "../../schema");
const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
for (const file of readdirSync(SCHEMAS)) ajv.addSchema(JSON.parse(readFileSync(join(SCHEMAS, file), "utf8")));

/** What the schema has against a value; null for nothing. */
function mistakes(schema: string, value: unknown): unknown {
  const validate = ajv.getSchema(schema) ?? ajv.compile({ $ref: schema });
  return validate(value) ? null : validate.errors;
}

function linesOf(repository: TemporaryRepository, ending: string): unknown[] {
  return readdirSync(join(repository.folder, "artifacts"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .flatMap((path) =>
      readFileSync(join(repository.folder, "artifacts", path), "utf8")
        .trim()
        .split("\n"),
    )
    .map((line) => JSON.parse(line));
}

describe("the published schemas", () => {
  it("hold for what the guards print, whatever they answer", async () => {
    const repository = governedRepository({ "scripts/docs.ts": 'export * from "context7-mcp";\n' });
    const asked = ["guard", "all", "--base", "main", "--json"];
    const verdicts = [await repository.runCli(asked)];
    repository.write("app/cart.ts", 'import "../scripts/docs.ts";\n');
    repository.commit("Reach the docs");
    verdicts.push(await repository.runCli([...asked, "--pr-body", "-"], { input: FILLED }));
    const shallow = repository.clone("--depth=1", "--branch=work");
    verdicts.push(await shallow.runCli(["guard", "--base", "main", "--json"]));
    const reports = verdicts.map(({ out }) => JSON.parse(out));
    expect(reports.map(({ verdict }) => verdict)).toEqual(["pass", "fail", "error"]);
    for (const report of reports) expect(mistakes("verdict.schema.json", report)).toBeNull();
  });

  it("hold for what single guards print and recorders write", async () => {
    const repository = governedRepository();
    const entry = ["--tool", "context7", "--doc-ref", "https://e.x", "--purpose", "why", "--session", "s1"];
    for (const _ of [1, 2])
      expect((await repository.runCli(["evidence", "add", "--agent", "ada", ...entry])).code).toBe(0);
    const beat = [
      "heartbeat",
      "beat",
      "--agent",
      "ada",
      "--task",
      "T-1",
      "--status",
      "doing",
      "--progress",
      "40%",
    ];
    await repository.runCli([...beat, "--session", "s1", "--file", "app/cart.ts"]);
    for (const words of [
      ["evidence", "verify"],
      ["heartbeat", "verify"],
      ["ban", "scan"],
    ]) {
      const guard = JSON.parse((await repository.runCli([...words, "--json"])).out);
      expect(mistakes("verdict.schema.json#/$defs/guard", guard)).toBeNull();
    }
    const [lines, beats] = [linesOf(repository, ".jsonl"), linesOf(repository, ".ndjson")];
    expect([lines.length, beats.length]).toEqual([2, 1]);
    for (const line of lines) expect(mistakes("evidence.schema.json", line)).toBeNull();
    for (const line of beats) expect(mistakes("heartbeat.schema.json", line)).toBeNull();
    expect(mistakes("heartbeat.schema.json", lines[0])).not.toBeNull();
  });
});
