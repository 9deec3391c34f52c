import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answerOnTerminal, hasTerminal } from "../harness/answer-on-terminal.ts";
import { cliFile } from "../harness/cli-file.ts";
import { lastRun, nodeTests, record, recordedLines } from "../harness/recorded-runs.ts";
import { runCli, temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

const NODE = process.execPath;
const TOKEN = `ghp_${"abcdefghijklmnopqrstuvwxyz0123456789"}`;
const sumOf = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");

describe("run", () => {
  it("passes bytes of both streams, input and exit code through, and records their sums alone", async () => {
    const repository = temporaryRepository({ a: "1" });
    const script =
      "process.stdin.pipe(process.stdout); process.stderr.write('é\\u001b[1m'); process.exitCode = 7;";
    const { code, out, err } = await record(repository, ["--quiet", "--", NODE, "-e", script], {
      input: "secret words\r\n",
    });
    expect([code, out, err.startsWith("é\u001b[1m")]).toEqual([7, "secret words\r\n", true]);
    const [line] = recordedLines(repository.folder);
    expect(line).toMatchObject({
      tool: "test-run",
      action: "run",
      outcome: "error",
      agent: "ada",
      recorder: { kind: "run" },
    });
    expect(line?.run).toMatchObject({
      exit_code: 7,
      signal: null,
      stdout: { sha256: sumOf("secret words\r\n"), bytes: 14 },
      stderr: { sha256: sumOf("é\u001b[1m"), bytes: 6 },
      totals: null,
    });
    expect(JSON.stringify(line)).not.toContain("secret words");
  });

  it("gives the command a pipe, not a socket: what opens /dev/stdout can, and a reader that leaves ends it", async () => {
    const repository = temporaryRepository({ a: "1" });
    const opened = await record(repository, [
      "--quiet",
      "--",
      "sh",
      "-c",
      "echo x > /dev/stdout; echo y > /dev/stderr",
    ]);
    expect([opened.code, opened.out]).toEqual([0, "x\n"]);
    const env = { ...process.env, GROWTH_ENGINE_AGENT: "ada", XDG_STATE_HOME: temporaryFolder() };
    const node = process.env.GROWTH_ENGINE_TEST_NODE ?? NODE;
    const left = spawnSync("sh", ["-c", `'${node}' '${cliFile()}' run --quiet -- yes | head -1`], {
      cwd: repository.folder,
      env,
      encoding: "utf8",
    });
    expect(left.stdout).toBe("y\n");
    expect(lastRun(repository.folder)).toMatchObject({ signal: "SIGPIPE" });
  });

  it("does not wait for what the command left behind", async () => {
    const repository = temporaryRepository({ a: "1" });
    const { code, out } = await record(repository, ["--", "sh", "-c", "sleep 40 & echo $!; exit 3"]);
    process.kill(Number(out), "SIGKILL");
    expect(code).toBe(3);
  });

  it("ends as a shell says of a command that a signal ended, or that is not there", async () => {
    const repository = temporaryRepository({ a: "1" });
    const answers = [];
    for (const words of [["sh", "-c", "kill -KILL $$"], ["no-such-program"], [join(repository.folder, "a")]])
      answers.push((await record(repository, ["--", ...words])).code);
    expect(answers).toEqual([137, 127, 126]);
    expect(recordedLines(repository.folder).map(({ run }) => run)).toMatchObject([
      { signal: "SIGKILL", exit_code: 137 },
    ]);
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "hands %s to the command and ends when that does",
    async (signal) => {
      const repository = temporaryRepository({ a: "1" });
      const script = `process.on("${signal}", () => { console.log("heard"); process.exit(5); }); setInterval(() => {}, 1000); console.log("ready");`;
      const env = { ...process.env, GROWTH_ENGINE_AGENT: "ada", XDG_STATE_HOME: temporaryFolder() };
      const child = spawn(
        process.env.GROWTH_ENGINE_TEST_NODE ?? NODE,
        [cliFile(), "run", "--", NODE, "-e", script],
        {
          cwd: repository.folder,
          env,
          stdio: ["ignore", "pipe", "ignore"],
        },
      );
      let out = "";
      child.stdout.on("data", (part: Buffer) => {
        if (!out.includes("ready") && `${out}${part}`.includes("ready")) child.kill(signal);
        out += part;
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      expect([code, out]).toEqual([5, "ready\nheard\n"]);
      expect(lastRun(repository.folder)).toMatchObject({ exit_code: 5, signal: null });
    },
  );

  it("says 128 + n when the command does not catch the signal", async () => {
    const repository = temporaryRepository({ a: "1" });
    const { code } = await record(repository, [
      "--",
      NODE,
      "-e",
      "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)",
    ]);
    expect(code).toBe(128 + constants.signals.SIGTERM);
  });

  it("counts tests that exist by asking Node's runner through npm, which prints what it prints", async () => {
    const script = { scripts: { test: "node --test" } };
    const repository = temporaryRepository({
      "package.json": JSON.stringify(script),
      "a.test.mjs": nodeTests(5, { skipped: 2 }),
    });
    const { code, out, err } = await record(repository, ["--kind", "unit", "--", "npm", "test"]);
    const plain = spawnSync("npm", ["test"], {
      cwd: repository.folder,
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    const withoutTimes = (text: string) => text.replaceAll(/[\d.]+( ?ms)?/g, "");
    expect([code, withoutTimes(out)]).toEqual([0, withoutTimes(plain.stdout)]);
    expect(lastRun(repository.folder)).toMatchObject({
      kind: "unit",
      totals: { exist: 5, passed: 3, failed: 0, skipped: 2, source: "node-test" },
    });
    expect(err).toMatch(
      /recorded unit run: exit 0, [\d.]+ s, 5 tests \(3 passed, 2 skipped\) by node-test; artifacts/,
    );
  });

  it("asks Vitest by arguments behind npm's", async () => {
    const repository = temporaryRepository({
      "package.json": JSON.stringify({ type: "module", scripts: { test: "vitest run" } }),
      ".gitignore": "node_modules\n",
      "a.test.js":
        'import { expect, test } from "vitest"; test("a", () => {}); test.skip("b", () => {}); test("c", () => expect(1).toBe(2));',
    });
    symlinkSync(join(import.meta.dirname, "../../node_modules"), join(repository.folder, "node_modules"));
    const { code, out } = await record(repository, ["--kind", "unit", "--", "npm", "test", "--silent"], {
      env: { NO_COLOR: "1" },
    });
    expect([code, out.includes("1 failed | 1 passed | 1 skipped")]).toEqual([1, true]);
    expect(lastRun(repository.folder).totals).toEqual({
      exist: 3,
      passed: 1,
      failed: 1,
      skipped: 1,
      source: "vitest",
    });
  });

  it("calls claimed what a script only prints", async () => {
    const repository = temporaryRepository({ a: "1" });
    const { err } = await record(repository, ["--kind", "unit", "--", "echo", "4992 passed"]);
    expect(lastRun(repository.folder).totals).toMatchObject({ exist: 4992, source: "claimed" });
    expect(err).toContain("totals are claimed by what was printed");
  });

  it("reads the JUnit file that is named, when this run wrote it", async () => {
    const repository = temporaryRepository({ "old.xml": "<testsuite><testcase/></testsuite>" });
    const write =
      "require('fs').writeFileSync('new.xml', '<testsuite><testcase/><testcase><skipped/></testcase></testsuite>')";
    await record(repository, ["--junit", "new.xml", "--", NODE, "-e", write]);
    expect(lastRun(repository.folder).totals).toEqual({
      exist: 2,
      passed: 1,
      failed: 0,
      skipped: 1,
      source: "junit",
    });
    const { code, err } = await record(repository, ["--junit", "old.xml", "--", NODE, "-e", "0"]);
    expect([code, lastRun(repository.folder).totals]).toEqual([0, null]);
    expect(err).toContain("the run did not write it");
  });

  it("records no secret of the command", async () => {
    const repository = temporaryRepository({ a: "1" });
    await record(repository, ["--", "echo", TOKEN, "--password", "hunter2", "https://ada:pw@example.com/x"]);
    const [line] = recordedLines(repository.folder);
    for (const secret of [TOKEN, "hunter2", "ada:pw"]) expect(JSON.stringify(line)).not.toContain(secret);
    expect(lastRun(repository.folder).command).toMatchObject({ 0: "echo" });
  });

  it("names what changed while it ran, and tells the tree by content alone", async () => {
    const repository = temporaryRepository({ "a.ts": "1" });
    await record(repository, ["--", NODE, "-e", "require('fs').writeFileSync('b.ts', '2')"]);
    const first = lastRun(repository.folder) as { tree: { before: string; after: string } };
    expect(first).toMatchObject({ changed: ["b.ts"], files: {} });
    await record(repository, ["--", "true"]);
    expect(lastRun(repository.folder)).toMatchObject({
      tree: { before: first.tree.after, after: first.tree.after },
      changed: [],
    });
  });

  it("runs the command although nothing can be recorded, says so and counts it", async () => {
    const outside = await runCli(["run", "--agent", "ada", "--", "echo", "x"]);
    expect([outside.code, outside.out]).toEqual([0, "x\n"]);
    expect(outside.err).toContain("the run is not recorded: this folder is not part of a git checkout");
    const repository = temporaryRepository({ a: "1", artifacts: "a file" });
    const nobody = await record(repository, ["--", "sh", "-c", "exit 4"], {
      env: { GROWTH_ENGINE_AGENT: undefined },
    });
    expect([nobody.code, nobody.err]).toEqual([4, expect.stringContaining("nobody is named who runs it")]);
    const blocked = await record(repository, ["--", "sh", "-c", "exit 4"]);
    expect([blocked.code, blocked.err]).toEqual([4, expect.stringContaining("the run is not recorded")]);
    const counted = readFileSync(join(repository.folder, ".git/growth-engine/unrecorded.jsonl"), "utf8");
    expect(counted.trimEnd().split("\n")).toHaveLength(2);
  });

  it("records a run whose tree cannot be told, without it", async () => {
    const repository = temporaryRepository({ a: "1" });
    spawnSync("git", ["init", "--quiet", "inside"], { cwd: repository.folder });
    const { code, err } = await record(repository, ["--", "true"]);
    expect([code, err]).toEqual([0, expect.stringContaining("the tree could not be told")]);
    expect(lastRun(repository.folder)).toMatchObject({ tree: { before: null, after: null }, files: null });
  });

  it("refuses a kind that there is none, and no command at all, before anything runs", async () => {
    const repository = temporaryRepository({ a: "1" });
    const words = [
      ["--kind", "smoke", "--", "touch", "ran"],
      ["--"],
      ["--agent", "../x", "--", "touch", "ran"],
    ];
    const codes = [];
    for (const each of words) codes.push((await record(repository, each)).code);
    expect([codes, existsSync(join(repository.folder, "ran"))]).toEqual([[2, 2, 2], false]);
  });

  it.runIf(hasTerminal)(
    "leaves a terminal to the command, unhashed, unless it is asked to use a pipe",
    async () => {
      const repository = temporaryRepository({ a: "1" });
      const env = { GROWTH_ENGINE_AGENT: "ada", XDG_STATE_HOME: temporaryFolder() };
      const file = join(repository.folder, "tty.sh");
      writeFileSync(file, "#!/bin/sh\n[ -t 1 ] && echo terminal || echo pipe\n");
      chmodSync(file, 0o755);
      const seen = [];
      for (const words of ["run -- ./tty.sh", "run --piped -- ./tty.sh"]) {
        const { out } = await answerOnTerminal(repository.folder, words, [], env);
        seen.push([out.split(/\r?\n/)[0], lastRun(repository.folder).stdout]);
      }
      expect(seen).toEqual([
        ["terminal", null],
        ["pipe", { sha256: sumOf("pipe\n"), bytes: 5 }],
      ]);
    },
  );

  it("lists runs, and whether the last of each kind covers what is there now", async () => {
    const repository = temporaryRepository({ "a.ts": "1" });
    expect((await repository.runCli(["run", "list"])).out).toContain("no runs are recorded here");
    await record(repository, ["--kind", "unit", "--", "true"]);
    expect((await repository.runCli(["run", "list"])).out).toContain(
      "unit        the last run passed; covers this very tree",
    );
    repository.write("a.ts", "2");
    expect((await repository.runCli(["run", "list"])).out).toMatch(
      /unit {8}the last run passed; 1 file changed after it: a.ts/,
    );
    const { out } = await repository.runCli(["run", "list", "--kind", "unit", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      runs: [{ kind: "unit", exit_code: 0, agent: "ada" }],
      standing: [{ kind: "unit", last: { covers: { isWhole: false, differing: ["a.ts"] } } }],
    });
  });
});
