import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { lookAtCheckout, openCheckout } from "./look-at-checkout.ts";

type Repository = ReturnType<typeof temporaryRepository>;
const NOW = Date.parse("2100-01-01T00:00:00Z");

async function look(repository: Repository, ...names: Parameters<typeof lookAtCheckout>[1] & string[]) {
  const ground = await openCheckout(repository.folder, { PATH: "/usr/bin:/bin" }, NOW);
  return Object.fromEntries((await lookAtCheckout(ground, names)).map(({ name, ...rest }) => [name, rest]));
}

describe("a look at a checkout", () => {
  it("sees records that git would leave behind, and that would conflict", async () => {
    const repository = temporaryRepository({ ".gitignore": "artifacts/\n" });
    expect(await look(repository, "records", "merge")).toMatchObject({
      records: { state: "fail", says: expect.stringContaining(".gitignore:1: artifacts/") },
      merge: { state: "warn", hint: "growth-engine init" },
    });
    repository.write(".gitignore", "");
    repository.write(".gitattributes", "artifacts/** merge=union\n");
    expect(await look(repository, "records", "merge")).toMatchObject({
      records: { state: "ok" },
      merge: { state: "ok" },
    });
  });

  it("sees hooks that lead nowhere, are asleep, or judge", async () => {
    const repository = temporaryRepository({ a: "1" });
    repository.git("config", "core.hooksPath", "/dev/null");
    expect(await look(repository, "hooks")).toMatchObject({
      hooks: { state: "fail", hint: expect.stringContaining("--unset core.hooksPath") },
    });
    repository.git("config", "core.hooksPath", ".githooks");
    expect((await look(repository, "hooks")).hooks).toMatchObject({ state: "fail" });
    mkdirSync(join(repository.folder, ".githooks"));
    repository.write(".githooks/pre-push", "#!/bin/sh\nsh .growth-engine/pre-push.sh\n");
    chmodSync(join(repository.folder, ".githooks/pre-push"), 0o644);
    expect((await look(repository, "hooks")).hooks).toMatchObject({
      state: "fail",
      hint: expect.stringContaining("chmod +x"),
    });
    chmodSync(join(repository.folder, ".githooks/pre-push"), 0o755);
    expect((await look(repository, "hooks")).hooks).toMatchObject({ state: "ok" });
  });

  it("sees what npm installed otherwise than the lock file says", async () => {
    const lock = (version: string) =>
      JSON.stringify({
        packages: {
          "": {},
          "node_modules/ms": { version },
          "node_modules/@os/only-there": { version: "1.0.0", optional: true },
        },
      });
    const repository = temporaryRepository({
      "package.json": JSON.stringify({ dependencies: { ms: "^2" } }),
      "package-lock.json": lock("2.1.3"),
    });
    expect((await look(repository, "packages")).packages).toMatchObject({ state: "fail", hint: "npm ci" });
    repository.write(
      "node_modules/.package-lock.json",
      JSON.stringify({ packages: { "node_modules/ms": { version: "2.1.2" } } }),
    );
    expect((await look(repository, "packages")).packages).toMatchObject({
      says: "installed is not what package-lock.json says: ms 2.1.2 for 2.1.3",
    });
    repository.write(
      "node_modules/.package-lock.json",
      JSON.stringify({ packages: { "node_modules/ms": { version: "2.1.3" } } }),
    );
    expect((await look(repository, "packages")).packages).toMatchObject({ state: "ok" });
  });

  it("names a mistake in the config, and what it switches off", async () => {
    const repository = temporaryRepository({ "growth-engine.json": '{ "rules": { "ban/import": "of" } }' });
    expect(await look(repository, "config", "template")).toMatchObject({
      config: { state: "fail", says: expect.stringContaining("ban/import") },
      template: { state: "warn" },
    });
    repository.write("growth-engine.json", '{ "rules": { "ban/import": "off" } }');
    expect((await look(repository, "config")).config).toMatchObject({
      state: "warn",
      facts: { rules_off: ["ban/import"] },
    });
  });

  it("reads the template wherever it lies, and the clock of the head", async () => {
    const repository = temporaryRepository({ ".github/PULL_REQUEST_TEMPLATE.md": "## Heartbeat\n" });
    expect(await look(repository, "template", "clock")).toMatchObject({
      template: {
        state: "warn",
        says: expect.stringContaining("does not ask for MCP Evidence, Dev MCP Check"),
      },
      clock: { state: "ok" },
    });
  });

  it("does not stumble over what is no manifest, and says what it cannot tell", async () => {
    const repository = temporaryRepository({ "package.json": "{", ".nvmrc": "99\n" });
    expect(await look(repository, "node", "packages")).toMatchObject({
      node: { state: "warn", says: `${process.version} (.nvmrc wants 99)` },
      packages: { state: "warn" },
    });
    const ground = await openCheckout(repository.folder, {}, NOW);
    const broken = { ...ground, worktree: join(ground.worktree, "gone") };
    expect(await lookAtCheckout(broken, ["packages"])).toMatchObject([
      { name: "packages", state: "unknown" },
    ]);
  });
});
