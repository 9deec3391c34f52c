import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type TemporaryRepository, temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { openRepository, readRange, resolveCommit } from "../../platform/git/index.ts";
import { defaultConfig } from "../config/index.ts";
import { lineSum } from "../record/index.ts";
import { type GatherOptions, gatherHeartbeat } from "./gather-heartbeat.ts";
import { judgeHeartbeat } from "./judge-heartbeat.ts";

const CONFIG = defaultConfig();
const MONDAY = "artifacts/ada/2026-01-05/heartbeat.ndjson";
const TUESDAY = "artifacts/ada/2026-01-06/heartbeat.ndjson";

/** `beat("09:30", "done")`: a line of Monday, unless the day is given. */
function beat(time: string, status = "doing", more: Record<string, unknown> = {}): string {
  const timestamp = time.includes("T") ? time : `2026-01-05T${time}:00Z`;
  return `${JSON.stringify({ timestamp, task: "ENG-1", status, ...more })}\n`;
}

async function gather(temporary: TemporaryRepository, options: Partial<GatherOptions> = {}) {
  const repository = await openRepository(temporary.folder);
  const range = await readRange(
    repository,
    await resolveCommit(repository, "main"),
    await resolveCommit(repository, "HEAD"),
  );
  return gatherHeartbeat(repository, range, CONFIG, { cited: null, recordTimes: [], ...options });
}

async function rules(temporary: TemporaryRepository, options: Partial<GatherOptions> = {}) {
  const findings = judgeHeartbeat(await gather(temporary, options), CONFIG, { merge: false });
  return findings.map(({ rule, line }) => [rule.replace("heartbeat/", ""), line]);
}

/** A branch `work` of a repository whose main holds these files. */
function branched(files: Record<string, string> = {}): TemporaryRepository {
  const temporary = temporaryRepository({ "a.ts": "1\n", ...files });
  temporary.branch("work");
  return temporary;
}

describe("gatherHeartbeat", () => {
  it("finds nothing in a range without records", async () => {
    const temporary = branched();
    temporary.write("a.ts", "2\n");
    temporary.commit("Change", { time: "2026-01-05T09:05:00Z" });
    expect(await gather(temporary)).toMatchObject({ tasks: [], files: [], problems: [], empty: [] });
    expect(await rules(temporary)).toEqual([]);
  });

  it("does not stretch the work to records from the future", async () => {
    const temporary = branched();
    temporary.write(MONDAY, beat("09:00", "done") + beat("11:30", "done"));
    temporary.commit("Work", { time: "2026-01-05T09:05:00Z" });
    const future = [Date.parse("2026-01-05T13:00:00Z")];
    expect(await rules(temporary, { recordTimes: future })).toEqual([["future", 2]]);
    expect((await gather(temporary)).span).toMatchObject({ end: Date.parse("2026-01-05T09:05:00Z") });
  });

  it("puts a task together over midnight, folders and sessions", async () => {
    const temporary = branched();
    temporary.write(MONDAY, beat("2026-01-05T23:50:00Z"));
    temporary.write("artifacts/ada/2026-01-06/heartbeat.s1.ndjson", beat("2026-01-06T00:04:00.500Z"));
    temporary.write(TUESDAY, beat("2026-01-05T18:15:00-06:00", "done"));
    temporary.commit("Work", { time: "2026-01-06T00:16:00Z" });
    const { tasks } = await gather(temporary);
    expect(tasks).toMatchObject([{ agent: "ada", task: "ENG-1", beats: [{ added: true }, {}, {}] }]);
    expect(await rules(temporary)).toEqual([]);
  });

  it("sees the silence since a beat that an earlier range brought", async () => {
    const temporary = branched({ [MONDAY]: beat("08:00") });
    temporary.write(TUESDAY, beat("09:00", "done"));
    temporary.commit("Work", { time: "2026-01-05T09:05:00Z" });
    expect(await rules(temporary)).toEqual([["gap", 1]]);
  });

  it("does not judge tasks that the range did not beat", async () => {
    const temporary = branched({
      [MONDAY]: beat("08:00", "doing", { task: "OLD" }) + beat("08:40", "doing", { task: "OLD" }),
    });
    temporary.write(
      MONDAY,
      `${beat("08:00", "doing", { task: "OLD" })}${beat("08:40", "doing", { task: "OLD" })}${beat("09:00", "done")}`,
    );
    temporary.commit("Work", { time: "2026-01-05T09:05:00Z" });
    expect((await gather(temporary)).tasks.map(({ task }) => task)).toEqual(["ENG-1"]);
    expect(await rules(temporary)).toEqual([]);
  });

  it("judges the lines that the range added, not those that were there", async () => {
    const broken = `{"timestamp":\n${beat("09:00", "paused")}`;
    const temporary = branched({ [MONDAY]: broken });
    temporary.write(MONDAY, `${broken}${beat("09:01", "completed")}[]\n{"task":"ENG-1"}{}\n`);
    temporary.commit("Work", { time: "2026-01-05T09:05:00Z" });
    expect((await rules(temporary)).sort()).toEqual([
      ["bad-status", 3],
      ["invalid-json", 5],
      ["not-an-object", 4],
    ]);
  });

  it("reports an empty file of the change", async () => {
    const temporary = branched();
    temporary.write(MONDAY, "\n \n");
    temporary.commit("Work");
    expect(await rules(temporary, { cited: [{ path: MONDAY, line: 1 }] })).toEqual([["empty", undefined]]);
  });

  it("reports beats over 5 minutes after the head commit", async () => {
    const temporary = branched();
    temporary.write(MONDAY, beat("09:10") + beat("09:10", "done", { timestamp: "2026-01-05T09:10:01Z" }));
    temporary.commit("Work", { time: "2026-01-05T09:05:00Z" });
    expect(await rules(temporary)).toEqual([["future", 2]]);
  });

  it("reports a step back in time within a session, and none between sessions or at equal times", async () => {
    const temporary = branched();
    temporary.write(
      MONDAY,
      [
        beat("09:00", "done", { session: "a" }),
        beat("08:50", "done", { session: "b" }),
        beat("08:50", "done", { session: "b" }),
        beat("08:59", "done", { session: "a" }),
      ].join(""),
    );
    temporary.commit("Work", { time: "2026-01-05T09:05:00Z" });
    expect(await rules(temporary)).toEqual([["not-monotonic", 4]]);
  });

  it("reports rewritten beats, and beats under a redaction as redacted", async () => {
    const secret = beat("09:00", "done", { progress: "token abc" });
    const temporary = branched({ [MONDAY]: secret });
    const sha256 = lineSum(secret.trimEnd());
    temporary.write(MONDAY, `${JSON.stringify({ redacted: sha256 })}\n`);
    temporary.commit("Take the token out");
    expect(await rules(temporary)).toEqual([
      ["missing-field", 1],
      ["missing-field", 1],
      ["missing-field", 1],
      ["rewritten", 1],
    ]);
    temporary.move("main");
    temporary.branch("redacted");
    temporary.write(MONDAY, `${JSON.stringify({ redacted: sha256 })}\n`);
    temporary.write(
      "artifacts/redactions.jsonl",
      `${JSON.stringify({ sha256, reason: "a token", approver: "eve" })}\n`,
    );
    temporary.commit("Redact the token");
    expect(await rules(temporary)).toEqual([["redacted", 1]]);
  });
});

describe("a merge that puts lines together", () => {
  function unionRepository(ours: string, theirs: string): TemporaryRepository {
    const start = beat("08:00", "done");
    const temporary = branched({ [MONDAY]: start, ".gitattributes": "*.ndjson merge=union\n" });
    temporary.write(MONDAY, start + ours);
    temporary.commit("Ours", { time: "2026-01-05T09:30:00Z" });
    temporary.branch("other", "main");
    temporary.write(MONDAY, start + theirs);
    temporary.commit("Theirs", { time: "2026-01-05T09:31:00Z" });
    temporary.move("work");
    temporary.merge("other", { time: "2026-01-05T09:32:00Z" });
    return temporary;
  }

  it("excuses the step back that it made", async () => {
    const temporary = unionRepository(beat("09:20", "done"), beat("09:10", "done"));
    expect(await rules(temporary)).toEqual([]);
  });

  it("does not excuse one that a branch had before, nor one that comes after", async () => {
    const temporary = unionRepository(beat("09:20", "done") + beat("09:15", "done"), beat("09:10", "done"));
    expect(await rules(temporary)).toEqual([["not-monotonic", 3]]);
    const file = temporary.git("show", `HEAD:${MONDAY}`);
    temporary.write(MONDAY, `${file}\n${beat("08:30", "done")}`);
    temporary.commit("Beat backwards", { time: "2026-01-05T09:33:00Z" });
    expect(await rules(temporary)).toEqual([
      ["not-monotonic", 3],
      ["not-monotonic", 5],
    ]);
  });
});

describe("cited paths", () => {
  const cite = async (temporary: TemporaryRepository, path: string) =>
    (await gather(temporary, { cited: [{ path, line: 7 }] })).cited?.[0]?.state;

  it("are found, or not, in the head commit", async () => {
    const temporary = branched({ [MONDAY]: beat("08:00") });
    expect(await cite(temporary, MONDAY)).toBe("found");
    expect(await cite(temporary, TUESDAY)).toBe("not-found");
  });

  it("on disk but git-ignored or uncommitted are untracked", async () => {
    const temporary = branched({ ".gitignore": "artifacts/\n" });
    temporary.write(MONDAY, "");
    temporary.write(TUESDAY, beat("08:00"));
    expect(await cite(temporary, MONDAY)).toBe("untracked");
    expect(await cite(temporary, TUESDAY)).toBe("untracked");
  });

  it.each([
    "artifacts/ada/2026-01-05/mcp/context7.jsonl",
    "artifacts/../artifacts/ada/2026-01-05/heartbeat.ndjson",
    "/artifacts/ada/2026-01-05/heartbeat.ndjson",
    "artifacts/ada/2026-13-05/heartbeat.ndjson",
    "artifacts/ada/2026-01-05/heartbeat.\0.ndjson",
    "artifacts\\ada\\2026-01-05\\heartbeat.ndjson",
    "",
  ])("that could lead elsewhere are bad: %j", async (path) => {
    expect(await cite(branched(), path)).toBe("bad-path");
  });

  it("through a link are bad, and are not read", async () => {
    const temporary = branched({ "artifacts/bob/2026-01-05/heartbeat.ndjson": beat("08:00") });
    temporary.write("artifacts/ada/2026-01-05/x", "");
    symlinkSync("/etc/passwd", join(temporary.folder, MONDAY));
    symlinkSync("bob", join(temporary.folder, "artifacts/eve"));
    temporary.commit("Link");
    expect(await cite(temporary, MONDAY)).toBe("bad-path");
    expect(await cite(temporary, "artifacts/eve/2026-01-05/heartbeat.ndjson")).toBe("bad-path");
  });

  it("without a line are empty; each path is looked at once", async () => {
    const temporary = branched({ [MONDAY]: "\n" });
    const cited = [
      { path: MONDAY, line: 3 },
      { path: MONDAY, line: 9 },
    ];
    expect((await gather(temporary, { cited })).cited).toEqual([{ path: MONDAY, line: 3, state: "empty" }]);
  });
});
