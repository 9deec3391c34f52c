import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";
import { adminTokenIn, dataPlace, spawnServe } from "../harness/spawned-serve.ts";

const NODE = process.env.GROWTH_ENGINE_TEST_NODE ?? process.execPath;

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

async function run(words: string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  try {
    const { stdout, stderr } = await promisify(execFile)(NODE, [cliFile(), ...words], {
      env: { ...process.env, CI: "1", DATABASE_URL: "", ...env },
      timeout: 60_000,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as unknown as Ran;
    return { code, stdout, stderr };
  }
}

describe("growth-engine serve", () => {
  const place = dataPlace();
  afterAll(() => place.remove());

  it("serves on an embedded database, and serves the same again", async () => {
    const first = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
    expect(first.said()).toContain(`embedded PostgreSQL in ${place.folder}`);
    expect(first.said()).toContain(`token in ${join(place.folder, "admin-token")}`);
    const env = { GROWTH_ENGINE_URL: first.url, GROWTH_ENGINE_TOKEN: adminTokenIn(place.folder) };
    const added = await run(["agent", "add", "builder"], env);
    expect(added).toMatchObject({ code: 0, stdout: expect.stringContaining("GROWTH_ENGINE_TOKEN=ge_") });
    expect(await first.stop()).toBe(0);
    expect(first.logged()).not.toContain(adminTokenIn(place.folder));

    const second = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
    const again = { ...env, GROWTH_ENGINE_URL: second.url };
    expect((await run(["agent", "list"], again)).stdout).toMatch(/^builder +active/m);
    expect(await second.stop()).toBe(0);
  }, 90_000);

  it.skipIf(process.platform === "win32")("keeps what is secret for its owner's eyes", () => {
    const modeOf = (file: string) => statSync(join(place.folder, file)).mode & 0o777;
    expect([modeOf("."), modeOf("password"), modeOf("admin-token")]).toEqual([0o700, 0o600, 0o600]);
  });

  it("is found by the command line of the same machine without being named", async () => {
    const serve = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
    const env = { GROWTH_ENGINE_DATA_DIR: place.folder, GROWTH_ENGINE_URL: "", GROWTH_ENGINE_TOKEN: "" };
    expect((await run(["token", "show"], env)).stdout).toContain("admin of the fleet default");
    await serve.stop();
    expect(await run(["token", "show"], env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("growth-engine serve"),
    });
  });

  it("lets two processes share one embedded database, and the last one stops it", async () => {
    const first = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
    const second = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
    await first.stop();
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
    await second.stop();
    expect(() => statSync(join(place.folder, "cluster", "postmaster.pid"))).toThrow(/ENOENT/);
  });

  it("refuses an address that others reach, unless tokens are protected on their way", async () => {
    const refused = await run(["serve", "--host", "0.0.0.0", "--data-dir", place.folder]);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("--behind-proxy") });
    expect((await run(["serve", "--tls-cert", "x"])).stderr).toContain("--tls-key");
    expect((await run(["serve", "--port", "70000"])).stderr).toContain("70000 is no port");
    expect((await run(["serve"], { DATABASE_URL: "mysql://x/y" })).stderr).toContain(
      "DATABASE_URL=postgres://",
    );
  });

  it("says whom to ask when the database does not answer", async () => {
    const away = await run(["serve", "--port", "0"], { DATABASE_URL: "postgres://u:secret@127.0.0.1:1/x" });
    expect(away).toMatchObject({ code: 3, stderr: expect.stringContaining("DATABASE_UNAVAILABLE") });
    expect(away.stderr).not.toContain("secret");
  });

  it("says which package is missing", async () => {
    const folder = mkdtempSync(join(tmpdir(), "growth-engine-alone-"));
    execFileSync("cp", ["-r", join(cliFile(), ".."), join(folder, "dist")]);
    try {
      await promisify(execFile)(NODE, [join(folder, "dist", "cli.cjs"), "serve"], { cwd: folder });
      expect.unreachable();
    } catch (error) {
      expect((error as Ran).code).toBe(3);
      expect((error as Ran).stderr).toContain("npm install growth-engine-server@");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("refuses a data folder that is a file, and leaves it as it is", async () => {
    const folder = mkdtempSync(join(tmpdir(), "growth-engine-file-"));
    const file = join(folder, "data");
    writeFileSync(file, "mine");
    const refused = await run(["serve", "--data-dir", file, "--port", "0"]);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain(file);
    expect(statSync(file).size).toBe(4);
    rmSync(folder, { recursive: true, force: true });
  });

  it.runIf(process.getuid?.() === 0)("as root says where its database's account may not enter", async () => {
    const closed = mkdtempSync(join(tmpdir(), "growth-engine-closed-"));
    mkdirSync(join(closed, "in"), { mode: 0o700 });
    const refused = await run(["serve", "--data-dir", join(closed, "in", "data"), "--port", "0"]);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("may not enter") });
    rmSync(closed, { recursive: true, force: true });
  });
});
