import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/harness/temporary-repository.ts";
import { sha256 } from "./read-archived.ts";
import { writeArchive } from "./write-archive.ts";

const ARCHIVE = "artifacts/archive/2026-01.tar.gz";
const PATHS = ["artifacts/ada/2026-01-05/mcp/a.jsonl", "artifacts/bob/2026-01-06/mcp/b.jsonl"];

function contentOf(texts: readonly string[]) {
  const files = texts.map((text, at) => ({ path: PATHS[at] ?? "", content: Buffer.from(text) }));
  return {
    sums: new Map(files.map(({ path, content }) => [path, sha256(content)])),
    async *files() {
      yield* files;
    },
  };
}

describe("writeArchive", () => {
  it("makes the same bytes of the same files, on every machine", async () => {
    const root = temporaryFolder();
    const { sha256: sum } = await writeArchive(root, ARCHIVE, contentOf(["1\n", "2\n".repeat(100_000)]));
    expect(sum).toBe("f4cac7b2a5372e6cda9f9a13072a678143eb9a289fed80ec44599eafc0adf9c5");
    expect(sha256(readFileSync(join(root, ARCHIVE)))).toBe(sum);
  });

  it("leaves the archive that stood there when what it reads back is not what was given", async () => {
    const root = temporaryFolder();
    const { sha256: sum } = await writeArchive(root, ARCHIVE, contentOf(["1\n"]));
    const { files } = contentOf(["1\n", "other\n"]);
    const wrong = { sums: contentOf(["1\n", "2\n"]).sums, files };
    await expect(writeArchive(root, ARCHIVE, wrong)).rejects.toThrow(
      "could not be read back as it was written",
    );
    expect(sha256(readFileSync(join(root, ARCHIVE)))).toBe(sum);
    expect(readdirSync(join(root, "artifacts/archive"))).toEqual(["2026-01.tar.gz"]);
  });

  it("refuses what no guard would read, since it would count as removed", async () => {
    const root = temporaryFolder();
    const equal = contentOf([`${"x".repeat(1_000)}\n`.repeat(20_000)]);
    await expect(writeArchive(root, ARCHIVE, equal)).rejects.toMatchObject({ code: "INPUT_TOO_LARGE" });
    expect(existsSync(join(root, ARCHIVE))).toBe(false);
  });
});
