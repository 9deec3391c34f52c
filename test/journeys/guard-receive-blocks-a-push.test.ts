import { chmodSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";
import { EVIDENCE_FILE, evidenceLine, governedRepository } from "../harness/governed-repository.ts";
import type { TemporaryRepository } from "../harness/temporary-repository.ts";

const HOOK = join(import.meta.dirname, "../../hooks/pre-receive");

/** A bare server with the shipped hook, and a checkout that pushes to it. */
function server(): {
  repository: TemporaryRepository;
  push(...words: string[]): { code: number; err: string };
} {
  const repository = governedRepository();
  repository.move("main");
  const bare = repository.bareClone();
  const hook = join(bare.folder, "hooks/pre-receive");
  copyFileSync(HOOK, hook);
  chmodSync(hook, 0o755);
  repository.git("remote", "add", "origin", bare.folder);
  const env = { GROWTH_ENGINE: `${process.execPath} ${cliFile()}` };
  return { repository, push: (...words) => repository.tryGit(["push", "origin", ...words], { env }) };
}

describe("the pre-receive hook of a bare repository", () => {
  it("accepts a push that brings evidence, and refuses one that does not", () => {
    const { repository, push } = server();
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.commit("Keep one");
    const refused = push("main");
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain("evidence/missing");
    repository.write(EVIDENCE_FILE, evidenceLine("r-1"));
    repository.commit("Show what was consulted");
    expect(push("main")).toMatchObject({ code: 0 });
  });

  it("refuses a banned import even with evidence, and lets other branches pass", () => {
    const { repository, push } = server();
    repository.write("app/cart.ts", 'import "context7-mcp";\n');
    repository.write(EVIDENCE_FILE, evidenceLine("r-1"));
    repository.commit("Use it");
    const refused = push("main");
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain("ban/import");
    expect(push("main:refs/heads/idea").code).toBe(0);
  });

  it("refuses to drop what stands on the guarded branch, and to delete it", () => {
    const { repository, push } = server();
    repository.git("commit", "--quiet", "--amend", "--no-edit", "-m", "Another start");
    expect(push("--force", "main").err).toContain("no fast-forward");
    expect(push("--delete", "main").code).not.toBe(0);
  });
});
