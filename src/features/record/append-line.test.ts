import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/harness/temporary-repository.ts";
import { appendLine } from "./append-line.ts";
import { readJsonLines } from "./json-lines.ts";

const FILE = "artifacts/ada/2026-01-05/mcp/docs.jsonl";

/** A program that appends `count` lines of about `size` bytes, as its own process would. */
async function appender(): Promise<string> {
  const file = join(temporaryFolder(), "append.cjs");
  const source = `import { appendLine } from ${JSON.stringify(join(import.meta.dirname, "append-line.ts"))};
    const [root, path, name, count, size] = process.argv.slice(2);
    for (let n = 0; n < Number(count); n += 1) appendLine(root, path, { name, n, fill: "x".repeat(Number(size)) });`;
  const stdin = { contents: source, resolveDir: import.meta.dirname, loader: "ts" as const };
  await build({ stdin, bundle: true, platform: "node", outfile: file, mainFields: ["module", "main"] });
  return file;
}

describe("appendLine", () => {
  it("makes the file with its folders, and appends one line per call", () => {
    const root = temporaryFolder();
    appendLine(root, FILE, { a: 1 });
    appendLine(root, FILE, { b: "zwei\n" });
    expect(readFileSync(join(root, FILE), "utf8")).toBe('{"a":1}\n{"b":"zwei\\n"}\n');
  });

  it("closes a last line that has no newline", () => {
    const root = temporaryFolder();
    appendLine(root, FILE, { a: 1 });
    writeFileSync(join(root, FILE), '{"cut":');
    appendLine(root, FILE, { b: 2 });
    expect(readFileSync(join(root, FILE), "utf8")).toBe('{"cut":\n{"b":2}\n');
  });

  it("refuses a line over 1 MiB and leaves the file as it was", () => {
    const root = temporaryFolder();
    appendLine(root, FILE, { a: "x".repeat((1 << 20) - 8) });
    expect(() => appendLine(root, FILE, { a: "x".repeat((1 << 20) - 7) })).toThrow(/longer than 1 MiB/);
    expect(readFileSync(join(root, FILE)).length).toBe((1 << 20) + 1);
  });

  it("never writes through a link, and makes nothing behind one", () => {
    for (const link of ["artifacts", "artifacts/ada", FILE]) {
      const [root, outside] = [temporaryFolder(), temporaryFolder()];
      mkdirSync(join(root, link, ".."), { recursive: true });
      symlinkSync(link === FILE ? join(outside, "file") : outside, join(root, link));
      expect(() => appendLine(root, FILE, { a: 1 }), link).toThrow(/leads through a link/);
      expect(existsSync(join(outside, "ada")) || existsSync(join(outside, "file"))).toBe(false);
      expect(existsSync(join(outside, "2026-01-05"))).toBe(false);
    }
  });

  it("never writes through a link that stays inside, or to a path that leads out", () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "inside"));
    symlinkSync("inside", join(root, "artifacts"));
    expect(() => appendLine(root, FILE, { a: 1 })).toThrow(/leads through a link/);
    expect(() => appendLine(join(root, "inside"), "../out.jsonl", { a: 1 })).toThrow(/leads through a link/);
    expect(existsSync(join(root, "out.jsonl"))).toBe(false);
  });

  it("works in a root that is itself reached through a link", () => {
    const [root, elsewhere] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(root, join(elsewhere, "link"));
    appendLine(join(elsewhere, "link"), FILE, { a: 1 });
    expect(readFileSync(join(root, FILE), "utf8")).toBe('{"a":1}\n');
  });

  it("fails on a folder and a pipe in the file's place, without waiting", () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "folder.jsonl"));
    execFileSync("mkfifo", [join(root, "pipe.jsonl")]);
    for (const path of ["folder.jsonl", "pipe.jsonl"]) {
      expect(() => appendLine(root, path, { a: 1 }), path).toThrow(`${path} could not be written`);
    }
  });

  it("keeps the lines of many processes whole", async () => {
    const [root, program] = [temporaryFolder(), await appender()];
    mkdirSync(join(root, "artifacts"));
    writeFileSync(join(root, "artifacts/all.jsonl"), '{"cut":1}');
    const run = (name: string) =>
      promisify(execFile)(process.execPath, [program, root, "artifacts/all.jsonl", name, "200", "5000"]);
    await Promise.all(["a", "b", "c", "d", "e", "f"].map(run));
    const counts = new Map<unknown, number>();
    const answer = await readJsonLines([readFileSync(join(root, "artifacts/all.jsonl"))], {
      object: ({ name, n }) => {
        if (name === undefined) return;
        expect(n).toBe(counts.get(name) ?? 0);
        counts.set(name, (counts.get(name) ?? 0) + 1);
      },
      problem: ({ message }) => expect.fail(message),
    });
    expect(answer.objects).toBe(1201);
    expect([...counts.values()]).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it("takes a half written line back when the disk is full", async () => {
    const [root, program] = [temporaryFolder(), await appender()];
    appendLine(root, "a.jsonl", { first: true });
    const call = `ulimit -f 4; exec "$0" "$@"`;
    const words = ["-c", call, process.execPath, program, root, "a.jsonl", "a", "1", "9000"];
    await expect(promisify(execFile)("bash", words)).rejects.toThrow(/could not be written/);
    expect(readFileSync(join(root, "a.jsonl"), "utf8")).toBe('{"first":true}\n');
  });
});
