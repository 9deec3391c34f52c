import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../../test/harness/temporary-repository.ts";
import { openRepository } from "../../../platform/git/index.ts";
import { planArchive } from "./plan-archive.ts";
import { removeFiles } from "./remove-files.ts";

const KEPT = "artifacts/ada/2026-01-05/mcp/kept.jsonl";
const OLD = "artifacts/ada/2026-01-05/mcp/old.jsonl";

describe("removeFiles", () => {
  it("leaves a file to which somebody appended since it was looked at, and empty folders nowhere", async () => {
    const repository = temporaryRepository({
      [KEPT]: "{}\n",
      [OLD]: "{}\r\n",
      "artifacts/bob/2026-01-05/heartbeat.ndjson": "{}\n",
    });
    const opened = await openRepository(repository.folder);
    const { months } = await planArchive(opened, "2026-02-01");
    repository.write(KEPT, "{}\n{}\n");
    repository.write(OLD, "{}\n");
    const { removed, left } = await removeFiles(opened, repository.folder, months.get("2026-01") ?? []);
    expect({ removed, left: left.map(({ path }) => path) }).toEqual({ removed: 2, left: [KEPT] });
    expect(existsSync(join(repository.folder, KEPT))).toBe(true);
    expect(existsSync(join(repository.folder, "artifacts/bob"))).toBe(false);
  });
});
