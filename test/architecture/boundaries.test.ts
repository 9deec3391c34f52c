import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractConfig from "dependency-cruiser/config-utl/extract-depcruise-config";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../harness/temporary-repository.ts";
import { type Edge, PLANTED_FAULTS, type PlantedFault } from "./planted-faults.ts";

const PROJECT = join(import.meta.dirname, "../..");
const { forbidden = [], options } = await extractConfig(join(PROJECT, ".dependency-cruiser.mjs"));

async function cruiseTree(folder: string): Promise<ICruiseResult> {
  const { output } = await cruise(["src"], {
    ...options,
    tsConfig: { fileName: join(PROJECT, "tsconfig.json") },
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden },
  });
  if (typeof output === "string") throw new Error(output);
  return output;
}

interface Import {
  from: string;
  to: string;
  kind: string;
}

function parseEdge(edge: Edge): Import {
  const [, from, kind, to] = /^(\S+) -(type|lazy|)> (\S+)$/.exec(edge) ?? [];
  if (from === undefined || to === undefined) throw new Error(`not an edge: ${edge}`);
  return { from, to, kind: kind ?? "" };
}

/** A path with `?` names a file that is not written. */
function statement({ from, to, kind }: Import): string {
  const isFile = /^(src|test)\//.test(to);
  const path = isFile
    ? relative(dirname(from), to)
        .replace("?", "")
        .replace(/^(?!\.)/, "./")
    : to;
  if (kind === "lazy") return `await import("${path}");\n`;
  return kind === "type" ? `import type { A } from "${path}";\n` : `import { A } from "${path}";\n`;
}

function plant({ fault, legal }: PlantedFault): string {
  const folder = temporaryFolder();
  const files = new Map<string, string>();
  for (const edge of [...fault, ...legal].map(parseEdge)) {
    if (/^(src|test)\/[^?]+$/.test(edge.to) && !files.has(edge.to)) files.set(edge.to, "");
    files.set(edge.from, (files.get(edge.from) ?? "") + statement(edge));
  }
  for (const name of ["picomatch", "zod", "esbuild", "@modelcontextprotocol/server", "undeclared"]) {
    files.set(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" }));
    files.set(`node_modules/${name}/index.js`, "exports.A = 1;\n");
  }
  files.set(
    "package.json",
    JSON.stringify({
      dependencies: { picomatch: "*", zod: "*", esbuild: "*", "@modelcontextprotocol/server": "*" },
    }),
  );
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path.endsWith("s") && text === "" ? "export const A = 1;\n" : text);
  }
  return folder;
}

/** How the cruiser writes the target of an edge. */
function target(to: string): string {
  if (/^(src|test)\//.test(to)) return to.replace("?", "");
  return to.startsWith("node:") ? to.slice(5) : `node_modules/${to}/index.js`;
}

function importsOf(result: ICruiseResult): string[] {
  return result.modules.flatMap(({ source, dependencies }) =>
    dependencies.map((dependency) => `${source} -> ${dependency.resolved}`),
  );
}

function violationsOf(result: ICruiseResult, rule: string): string[] {
  return result.summary.violations
    .filter((violation) => violation.rule.name === rule)
    .map(({ from, to }) => `${from} -> ${to}`);
}

describe("the boundaries of the source", () => {
  it("hold in src", async () => {
    const result = await cruiseTree(PROJECT);
    expect(result.modules.length).toBeGreaterThan(50);
    const { violations } = result.summary;
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });

  it("each have a reason in a sentence", () => {
    for (const { name, comment } of forbidden) expect(comment, name).toMatch(/^.{30,}[.]$/);
  });

  it("each have a planted fault", () => {
    expect(PLANTED_FAULTS.map(({ rule }) => rule)).toEqual(forbidden.map(({ name }) => name));
    for (const { legal } of PLANTED_FAULTS) expect(legal).not.toEqual([]);
  });

  it.each(PLANTED_FAULTS)("$rule bites its fault and lets the near-miss pass", async (row) => {
    const result = await cruiseTree(plant(row));
    const plain = (edge: Edge) => `${parseEdge(edge).from} -> ${target(parseEdge(edge).to)}`;
    const missing = row.fault.some((edge) => edge.includes("?"));
    if (!missing) expect(importsOf(result)).toEqual(expect.arrayContaining(row.fault.map(plain)));
    expect(importsOf(result)).toEqual(expect.arrayContaining(row.legal.map(plain)));
    const seen = violationsOf(result, row.rule);
    if (missing) expect(seen).toHaveLength(1);
    else expect(seen.sort()).toEqual((row.reports ?? row.fault.map(plain)).sort());
  });
});
