import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const BAD = 'import "context7-mcp";\n';

async function scan(repository: TemporaryRepository, ...words: string[]): Promise<string> {
  const { code, out } = await repository.runCli(["ban", "scan", "--json", ...words]);
  const { findings } = JSON.parse(out) as { findings: { rule: string; file: string }[] };
  return [code, ...findings.map(({ rule, file }) => `${rule} ${file}`)].join(" ");
}

function memoryFile(repository: TemporaryRepository): string {
  const folder = join(repository.folder, ".git/growth-engine");
  return join(folder, readdirSync(folder)[0] ?? "");
}

/** A repository that was scanned once, clean. */
async function scanned(files: Record<string, string> = {}): Promise<TemporaryRepository> {
  const repository = temporaryRepository({ "app/a.ts": "export {};\n", "scripts/b.ts": BAD, ...files });
  expect(await scan(repository)).toBe("0");
  return repository;
}

describe("a second ban scan of a working tree", () => {
  it("gives the same answer from what the first one kept", async () => {
    const repository = await scanned();
    const before = readFileSync(memoryFile(repository), "utf8");
    expect(await scan(repository)).toBe("0");
    expect(readFileSync(memoryFile(repository), "utf8")).toBe(before);
  });

  it.each([
    ["a file was edited", (made: TemporaryRepository) => made.write("app/a.ts", 'import "../scripts/b";\n')],
    [
      "a file was edited and committed",
      (made: TemporaryRepository) => {
        made.write("app/a.ts", BAD);
        made.commit("Use it");
      },
    ],
    ["a file came that git does not track", (made: TemporaryRepository) => made.write("app/new.ts", BAD)],
    [
      "the config calls more files production",
      (made: TemporaryRepository) =>
        made.write("growth-engine.json", '{ "ban": { "production": ["scripts/**"], "allow": [] } }'),
    ],
  ])("looks again when %s", async (_, change) => {
    const repository = await scanned();
    change(repository);
    expect(await scan(repository)).toMatch(/^1 ban\//);
  });

  it("looks again when a file that was untracked changes", async () => {
    const repository = temporaryRepository({ "app/a.ts": "export {};\n" });
    repository.write("app/new.ts", "export {};\n");
    expect(await scan(repository)).toBe("0");
    repository.write("app/new.ts", BAD);
    expect(await scan(repository)).toBe("1 ban/import app/new.ts");
  });

  it("looks again when other files are production for this one run", async () => {
    const repository = await scanned({ "tools/c.ts": BAD });
    expect(await scan(repository, "--production", "tools/**")).toBe("1 ban/import tools/c.ts");
  });

  it.each(["", "{", "null", '{"key":"x","sum":"y","facts":"{}"}'])(
    "does not believe a damaged memory: %j",
    async (text) => {
      const repository = await scanned();
      writeFileSync(memoryFile(repository), text);
      expect(await scan(repository)).toBe("0");
    },
  );

  it("does not believe facts that were exchanged", async () => {
    const repository = temporaryRepository({ "app/a.ts": BAD });
    expect(await scan(repository)).toBe("1 ban/import app/a.ts");
    const kept = JSON.parse(readFileSync(memoryFile(repository), "utf8"));
    kept.facts = kept.facts.replaceAll("context7-mcp", "left-pad");
    writeFileSync(memoryFile(repository), JSON.stringify(kept));
    expect(await scan(repository)).toBe("1 ban/import app/a.ts");
  });
});

describe("a ban scan of a sparse checkout", () => {
  it("reads from the index what is not on disk", async () => {
    const repository = temporaryRepository({
      "docs/a.md": "",
      "app/a.ts": 'import "../scripts/b";\n',
      "scripts/b.ts": BAD,
    });
    repository.git("sparse-checkout", "set", "--cone", "docs");
    expect(readdirSync(repository.folder)).not.toContain("app");
    expect(await scan(repository)).toBe("1 ban/transitive app/a.ts");
  });
});
