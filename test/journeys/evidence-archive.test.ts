import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";
import { beatLine, evidenceLine, guardAll } from "../harness/governed-repository.ts";
import {
  type TemporaryRepository,
  temporaryFolder,
  temporaryRepository,
} from "../harness/temporary-repository.ts";

const JANUARY = "artifacts/archive/2020-01.tar.gz";
const DOCS = "artifacts/ada/2020-01-05/mcp/docs.jsonl";
const BEATS = "artifacts/ada/2020-01-05/heartbeat.ndjson";
const OTHER = "artifacts/bob/2020-02-01/mcp/other.jsonl";
const RECENT = "artifacts/ada/2999-01-01/mcp/docs.jsonl";

function line(id: string, more: Record<string, unknown> = {}): string {
  return evidenceLine(id, { timestamp: "2020-01-05T09:00:30Z", ...more });
}

/** Records of two old months and of one to come, committed on `main`; the work is on a branch. */
function repositoryWithRecords(files: Record<string, string> = {}): TemporaryRepository {
  const repository = temporaryRepository({
    "app/cart.ts": "1\n",
    [DOCS]: line("1") + line("2"),
    [BEATS]: beatLine("09:00", "doing").replaceAll("2026", "2020"),
    [OTHER]: line("3", { timestamp: "2020-02-01T09:00:30Z" }),
    [RECENT]: line("4", { timestamp: "2999-01-01T09:00:30Z" }),
    ...files,
  });
  repository.branch("work");
  return repository;
}

const ARCHIVE = ["evidence", "archive"];

async function ids(repository: TemporaryRepository): Promise<string[]> {
  const { out } = await repository.runCli(["evidence", "list", "--json"]);
  return (JSON.parse(out) as { entry: { request_id: string } }[]).map(({ entry }) => entry.request_id).sort();
}

/** Runs what the command printed as to be committed. */
function commitAsSaid(repository: TemporaryRepository, out: string): void {
  const commands = out.split("\n").filter((row) => row.startsWith("  git "));
  expect(commands).toHaveLength(3);
  for (const command of commands)
    execFileSync("sh", ["-c", command], {
      cwd: repository.folder,
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_AUTHOR_NAME: "Ada",
        GIT_AUTHOR_EMAIL: "ada@example.com",
        GIT_COMMITTER_NAME: "Ada",
        GIT_COMMITTER_EMAIL: "ada@example.com",
      },
    });
}

describe("evidence archive", () => {
  it("moves old records, says what to commit, and the guard accepts that commit without a finding", async () => {
    const repository = repositoryWithRecords();
    const { code, out, err } = await repository.runCli(ARCHIVE);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("archived 3 files older than 90 d");
    expect([DOCS, BEATS, OTHER].filter((path) => existsSync(join(repository.folder, path)))).toEqual([]);
    expect(readdirSync(join(repository.folder, "artifacts")).sort()).toEqual(["ada", "archive"]);
    commitAsSaid(repository, out);
    expect(repository.git("status", "--porcelain")).toBe("");
    expect(await guardAll(repository, null)).toMatchObject({ code: 0, verdict: "pass", findings: [] });
  });

  it("leaves evidence and heartbeats in sight of list, verify and status, on disk and in the commit", async () => {
    const repository = repositoryWithRecords();
    const before = [
      await repository.runCli(["evidence", "list"]),
      await repository.runCli(["evidence", "verify", "--json"]),
      await repository.runCli(["heartbeat", "status", "--all"]),
      await repository.runCli(["heartbeat", "verify"]),
    ];
    commitAsSaid(repository, (await repository.runCli(ARCHIVE)).out);
    const sorted = ({ out }: { out: string }) => out.split("\n").sort();
    const list = await repository.runCli(["evidence", "list"]);
    expect(sorted(list)).toEqual(sorted(before[0] as { out: string }));
    expect((await repository.runCli(["evidence", "verify", "--json"])).out).toBe(before[1]?.out);
    expect((await repository.runCli(["heartbeat", "status", "--all"])).out.replace(/\d+ d.* ago/, "")).toBe(
      before[2]?.out.replace(/\d+ d.* ago/, ""),
    );
    expect((await repository.runCli(["heartbeat", "verify"])).out).toBe(before[3]?.out);
    const bare = repository.bareClone();
    expect(sorted(await bare.runCli(["evidence", "list", "--head", "work"]))).toEqual(sorted(list));
    expect((await bare.runCli(["heartbeat", "verify", "--head", "work"])).out).toContain("1 beat of 1 agent");
  });

  it("makes archives that other tools unpack and check", async () => {
    const repository = repositoryWithRecords();
    await repository.runCli(ARCHIVE);
    const folder = temporaryFolder();
    execFileSync("tar", ["-xzf", join(repository.folder, JANUARY), "-C", folder]);
    expect(execFileSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: folder }).toString()).toBe(
      `${BEATS}: OK\n${DOCS}: OK\n`,
    );
    expect(readFileSync(join(folder, DOCS), "utf8")).toBe(line("1") + line("2"));
  });

  it("makes the same bytes for two people", async () => {
    const one = repositoryWithRecords();
    const two = one.clone();
    utimesSync(join(two.folder, DOCS), 1, 1);
    for (const repository of [one, two]) await repository.runCli(ARCHIVE);
    const [a, b] = [one, two].map(({ folder }) => readFileSync(join(folder, JANUARY)));
    expect(a?.equals(b as Buffer)).toBe(true);
  });

  it("names what is not committed or changed, and leaves it", async () => {
    const fresh = "artifacts/ada/2020-01-06/mcp/fresh.jsonl";
    const ignored = "artifacts/ada/2020-01-07/mcp/ignored.jsonl";
    const hidden = "artifacts/ada/2020-01-08/mcp/hidden.jsonl";
    const repository = repositoryWithRecords({ ".gitignore": "ignored.jsonl\n", [hidden]: line("5") });
    repository.write(DOCS, line("1") + line("2") + line("6"));
    repository.write(fresh, line("7"));
    repository.write(ignored, line("8"));
    repository.git("update-index", "--assume-unchanged", hidden);
    repository.write(hidden, line("5") + line("9"));
    const { out } = await repository.runCli([...ARCHIVE, "--json"]);
    const reasons = Object.fromEntries(
      (JSON.parse(out) as { left: { path: string; reason: string }[] }).left.map(({ path, reason }) => [
        path,
        reason,
      ]),
    );
    expect(reasons).toEqual({
      [DOCS]: "has changes that are not committed",
      [fresh]: "was never committed",
      [ignored]: "is ignored by git and was never committed",
      [hidden]: expect.stringContaining("is on disk not what git holds"),
    });
    expect(await ids(repository)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  });

  it("adds to an archive of the month, also of a file that was begun anew or came back with more lines", async () => {
    const repository = repositoryWithRecords();
    commitAsSaid(repository, (await repository.runCli(ARCHIVE)).out);
    repository.write(DOCS, line("5"));
    repository.write(OTHER, line("3", { timestamp: "2020-02-01T09:00:30Z" }) + line("6"));
    repository.write("artifacts/eve/2020-01-31/mcp/late.jsonl", line("7"));
    repository.commit("Late records");
    const { out } = await repository.runCli(ARCHIVE);
    commitAsSaid(repository, out);
    expect(await ids(repository)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    expect(
      (await guardAll(repository, null)).findings.filter((finding) => finding.includes("rewritten")),
    ).toEqual([]);
    expect((await repository.runCli(["evidence", "verify"])).out).not.toContain("bad-archive");
  });

  it("takes no line of an archive for a new one", async () => {
    const repository = repositoryWithRecords();
    commitAsSaid(repository, (await repository.runCli(ARCHIVE)).out);
    repository.git("branch", "-f", "main", "work");
    repository.write("app/cart.ts", "2\n");
    repository.write("artifacts/ada/2020-01-05/mcp/again.jsonl", line("1", { tool: "web" }));
    repository.commit("Work");
    expect((await guardAll(repository, null)).findings).toContain("block evidence/missing");
  });

  it("writes nothing when it is only asked what it would do", async () => {
    const repository = repositoryWithRecords();
    const { code, out } = await repository.runCli([...ARCHIVE, "--dry-run"]);
    expect({ code, said: out.includes("would archive 3 files") }).toEqual({ code: 0, said: true });
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  it("finds nothing to do where all is young, and refuses an age that is none", async () => {
    const repository = temporaryRepository({ [RECENT]: line("1") });
    expect((await repository.runCli(ARCHIVE)).out).toContain("nothing to archive");
    for (const age of ["soon", "0d", "5h", "-3d"])
      expect((await repository.runCli([...ARCHIVE, `--older-than=${age}`])).code).toBe(2);
  });

  it("goes on where an earlier run was cut off: after the archive, and before it", async () => {
    const repository = repositoryWithRecords();
    const twin = repository.clone();
    await twin.runCli(ARCHIVE);
    repository.write(JANUARY, readFileSync(join(twin.folder, JANUARY)));
    repository.write("artifacts/archive/.2020-02.tar.gz.tmp", "half of an arch");
    repository.write(".git/growth-engine-archive.lock", "4194304");
    const { code, out } = await repository.runCli(ARCHIVE);
    expect(code).toBe(0);
    commitAsSaid(repository, out);
    expect(await ids(repository)).toEqual(["1", "2", "3", "4"]);
    expect(readFileSync(join(repository.folder, JANUARY))).toEqual(readFileSync(join(twin.folder, JANUARY)));
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  it("loses nothing when it is killed, wherever it was", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 120 }, (_, at) => [
        `artifacts/a${at % 7}/2020-0${1 + (at % 4)}-0${1 + (at % 9)}/mcp/f${at}.jsonl`,
        line(`k${at}`),
      ]),
    );
    const repository = repositoryWithRecords(files);
    const all = await ids(repository);
    for (const wait of [150, 250, 350, 450, 600]) {
      const child = spawn(process.execPath, [cliFile(), ...ARCHIVE], {
        cwd: repository.folder,
        stdio: "ignore",
      });
      const ended = new Promise((resolve) => child.on("close", resolve));
      setTimeout(() => child.kill("SIGKILL"), wait);
      await ended;
      expect([...new Set(await ids(repository))]).toEqual(all);
    }
    const { code } = await repository.runCli(ARCHIVE);
    expect({ code, ids: await ids(repository) }).toEqual({ code: 0, ids: all });
  });

  it("waits for no other run, and says which one is under way", async () => {
    const repository = repositoryWithRecords();
    writeFileSync(join(repository.folder, ".git/growth-engine-archive.lock"), String(process.pid));
    const { code, err } = await repository.runCli(ARCHIVE);
    expect({ code, said: err.includes(`under way in process ${process.pid}`) }).toEqual({
      code: 2,
      said: true,
    });
    expect(existsSync(join(repository.folder, DOCS))).toBe(true);
  });

  it.each([
    ["truncated", (content: Buffer) => content.subarray(0, content.length - 40), "is damaged"],
    ["no archive at all", () => Buffer.from("PK"), "is damaged at its beginning"],
  ])("refuses an archive of the month that is %s, and changes nothing", async (_, spoil, said) => {
    const repository = repositoryWithRecords();
    const twin = repository.clone();
    await twin.runCli(ARCHIVE);
    repository.write(JANUARY, spoil(readFileSync(join(twin.folder, JANUARY))));
    const { code, err } = await repository.runCli(ARCHIVE);
    expect({ code, said: err.includes(`${JANUARY}: ${said}`) }).toEqual({ code: 2, said: true });
    expect([DOCS, BEATS, OTHER].filter((path) => !existsSync(join(repository.folder, path)))).toEqual([]);
    const verified = await repository.runCli(["evidence", "verify"]);
    expect({ code: verified.code, named: verified.out.includes("evidence/bad-archive") }).toEqual({
      code: 1,
      named: true,
    });
  });

  it("is blocked by the guard where the archive is not what its manifest says, or has none", async () => {
    const repository = repositoryWithRecords();
    execFileSync("mkdir", [join(repository.folder, "artifacts/archive")]);
    execFileSync("tar", ["-czf", JANUARY, DOCS, BEATS], { cwd: repository.folder });
    for (const path of [DOCS, BEATS]) repository.remove(path);
    repository.commit("Archive by hand");
    const { code, findings } = await guardAll(repository, null);
    expect({ code, findings }).toEqual({ code: 1, findings: [`block evidence/bad-archive ${JANUARY}`] });
  });

  it("refuses to begin an archive anew that git holds and the disk lost", async () => {
    const repository = repositoryWithRecords();
    commitAsSaid(repository, (await repository.runCli(ARCHIVE)).out);
    repository.write("artifacts/eve/2020-01-31/mcp/late.jsonl", line("7"));
    repository.commit("Late records");
    repository.remove(JANUARY);
    const { code, err } = await repository.runCli(ARCHIVE);
    expect({ code, said: err.includes(`git holds ${JANUARY}`) }).toEqual({ code: 2, said: true });
  });

  it("writes through no link", async () => {
    const repository = repositoryWithRecords();
    const elsewhere = temporaryFolder();
    execFileSync("ln", ["-s", elsewhere, join(repository.folder, "artifacts/archive")]);
    expect((await repository.runCli(ARCHIVE)).code).toBe(2);
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(existsSync(join(repository.folder, DOCS))).toBe(true);
  });
});
