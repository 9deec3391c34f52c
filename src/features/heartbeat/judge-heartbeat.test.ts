import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultConfig } from "../config/index.ts";
import type { Beat, Status } from "./beat.ts";
import type { HeartbeatFacts } from "./facts.ts";
import { judgeHeartbeat } from "./judge-heartbeat.ts";

const MINUTE = 60_000;
const CONFIG = defaultConfig();
const FILE = "artifacts/ada/2026-01-05/heartbeat.ndjson";
const HEAD = { id: "c".repeat(40), time: 600 * MINUTE };

const beat = (minute: number, status: Status = "doing", more: Partial<Beat> = {}): Beat => ({
  time: minute * MINUTE,
  status,
  file: FILE,
  line: Math.abs(Math.floor(minute)) + 1,
  added: true,
  ...more,
});
const task = (beats: Beat[], name = "ENG-1", agent = "ada") => ({ agent, task: name, beats });
const facts = (more: Partial<HeartbeatFacts> = {}): HeartbeatFacts => ({
  head: HEAD,
  span: null,
  tasks: [],
  problems: [],
  omitted: [],
  empty: [],
  files: [],
  rewrites: [],
  cited: null,
  ...more,
});
const judge = (given: Partial<HeartbeatFacts>, merge = false) =>
  judgeHeartbeat(facts(given), CONFIG, { merge });
const rules = (given: Partial<HeartbeatFacts>, merge = false) =>
  judge(given, merge).map(({ rule }) => rule.replace("heartbeat/", ""));
const span = (start: number, end: number) => ({
  start: start * MINUTE,
  end: end * MINUTE,
  from: "commits" as const,
});

describe("missing and uncovered", () => {
  it("asks for a beat when the work spans more than two hours, not at two hours sharp", () => {
    expect(rules({ span: span(0, 120) })).toEqual([]);
    expect(rules({ span: span(0, 121) })).toEqual(["missing"]);
  });

  it("reports work before the first and after the last beat, from over 15 minutes on", () => {
    const done = (minute: number) => beat(minute, "done");
    expect(rules({ span: span(0, 130), tasks: [task([done(15), done(115)])] })).toEqual([]);
    expect(rules({ span: span(0, 130), tasks: [task([done(16), done(115)])] })).toEqual(["uncovered"]);
    expect(rules({ span: span(0, 130), tasks: [task([done(16), done(114)])] })).toEqual([
      "uncovered",
      "uncovered",
    ]);
  });

  it("does not let beats of other days cover the span", () => {
    const beats = [beat(-900, "done"), beat(900, "done")];
    expect(judge({ span: span(0, 130), tasks: [task(beats)] })).toMatchObject([
      { rule: "heartbeat/uncovered", message: expect.stringContaining("no beat of the range lies within") },
    ]);
  });

  it("asks for no cover of short work", () => {
    expect(rules({ span: span(0, 100), tasks: [task([beat(50, "done")])] })).toEqual([]);
  });
});

describe("gap", () => {
  const ends = beat(590, "done");

  it("is more than 15 minutes, strictly, after a beat that says doing", () => {
    expect(rules({ tasks: [task([beat(0), beat(15, "done")])] })).toEqual([]);
    expect(rules({ tasks: [task([beat(0), beat(15.001, "done")])] })).toEqual(["gap"]);
    expect(rules({ tasks: [task([beat(0, "blocked"), ends])] })).toEqual([]);
    expect(rules({ tasks: [task([beat(0, "done"), ends])] })).toEqual([]);
  });

  it("is seen in the middle, though the task was done in the end", () => {
    expect(rules({ tasks: [task([beat(0), beat(40), beat(50, "done")])] })).toEqual(["gap"]);
  });

  it("is not hidden by what the agent did for another task, nor by another agent", () => {
    const silent = [beat(0), beat(40, "done")];
    const busy = [beat(0), beat(10), beat(20), beat(30), beat(40, "done")];
    expect(rules({ tasks: [task(silent), task(busy, "ENG-2")] })).toEqual(["gap"]);
    expect(rules({ tasks: [task(silent), task(busy, "ENG-1", "bob")] })).toEqual(["gap"]);
  });

  it("is none across midnight when the beats go on", () => {
    const tomorrow = "artifacts/ada/2026-01-06/heartbeat.ndjson";
    const beats = [beat(0), beat(10), beat(20, "done", { file: tomorrow, line: 1 })];
    expect(rules({ tasks: [task(beats)] })).toEqual([]);
  });

  it("of earlier ranges is theirs; one that touches a new beat is of this range", () => {
    const old = { added: false };
    expect(rules({ tasks: [task([beat(0, "doing", old), beat(40, "done", old), ends])] })).toEqual([]);
    expect(judge({ tasks: [task([beat(0, "doing", old), beat(40, "done")])] })).toMatchObject([{ line: 41 }]);
    expect(judge({ tasks: [task([beat(0), beat(40, "done", old)])] })).toMatchObject([{ line: 1 }]);
  });

  it("lists a hundred in one file, then how many more there are", () => {
    const beats = Array.from({ length: 152 }, (_, index) => beat(index * 20 - 9_000));
    const found = judge({ tasks: [task([...beats, beat(-5_970, "done")])] });
    expect(found).toHaveLength(101);
    expect(found.at(-1)?.message).toMatch(/^51 more/);
  });
});

describe("unfinished", () => {
  it("is a last doing over 15 minutes before the head commit", () => {
    expect(rules({ tasks: [task([beat(585)])] })).toEqual([]);
    expect(rules({ tasks: [task([beat(584)])] })).toEqual(["unfinished"]);
    expect(rules({ tasks: [task([beat(1, "blocked")])] })).toEqual([]);
    expect(rules({ tasks: [task([beat(601)])] })).toEqual([]);
  });

  it("is judged for each task: one that is done hides no other", () => {
    expect(rules({ tasks: [task([beat(0)]), task([beat(590, "done")], "ENG-2")] })).toEqual(["unfinished"]);
  });

  it("takes the later line of two at the same instant as the last", () => {
    const same = [beat(0, "done", { line: 2 }), beat(0, "doing", { line: 1 })];
    expect(rules({ tasks: [task(same)] })).toEqual([]);
  });

  it("says that no later beat mends it", () => {
    const hint = judge({ tasks: [task([beat(0)])] })[0]?.hint;
    expect(hint).toMatch(/stays on record.*override.*heartbeat\/unfinished at level warn.*next time/);
  });

  it("names the command that closes the task, and never puts a foreign name into it", () => {
    expect(judge({ tasks: [task([beat(0)])] })[0]?.hint).toContain("--agent ada --task ENG-1 --status done");
    expect(judge({ tasks: [task([beat(0)], "x; rm -rf ~")] })[0]?.hint).toContain("--task <task> ");
    expect(judge({ tasks: [task([beat(0)], "--json")] })[0]?.hint).toContain("--task <task> ");
  });
});

describe("on a merge", () => {
  it("judges neither the span nor the end, but the gaps", () => {
    expect(rules({ span: span(0, 300) }, true)).toEqual([]);
    expect(rules({ span: span(0, 300), tasks: [task([beat(0), beat(40)])] }, true)).toEqual(["gap"]);
  });
});

describe("files, lines and cited paths", () => {
  it("reports each problem under the rule of its kind", () => {
    const problem = { kind: "bad-status", file: FILE, line: 3, message: "m" } as const;
    const omitted = { kind: "bad-status", file: FILE, count: 7 } as const;
    expect(judge({ problems: [problem], omitted: [omitted] })).toEqual([
      { rule: "heartbeat/bad-status", file: FILE, line: 3, message: "m" },
      {
        rule: "heartbeat/bad-status",
        file: FILE,
        message: "7 more of this rule in this file are not listed",
      },
    ]);
  });

  it("reports rewritten and redacted lines with their commit", () => {
    const rewrite = {
      kind: "rewritten",
      file: FILE,
      line: 2,
      commit: "abcdef0123",
      what: "line 2 was changed",
    } as const;
    expect(judge({ rewrites: [rewrite, { ...rewrite, kind: "redacted" }] })).toMatchObject([
      { rule: "heartbeat/rewritten", message: "line 2 was changed in commit abcdef0" },
      { rule: "heartbeat/redacted" },
    ]);
  });

  it("reports a cited path by its state, and an empty file once", () => {
    const states = ["found", "bad-path", "not-found", "untracked", "empty"] as const;
    const cited = states.map((state, index) => ({ path: `p${index}`, line: 1, state }));
    expect(rules({ cited })).toEqual(["bad-path", "not-found", "untracked", "empty"]);
    expect(rules({ cited: [{ path: FILE, line: 1, state: "empty" }], empty: [FILE] })).toEqual(["empty"]);
  });

  it("gives no file for a bad path, since it may lead anywhere", () => {
    expect(judge({ cited: [{ path: "/etc/passwd", line: 1, state: "bad-path" }] })[0]).not.toHaveProperty(
      "file",
    );
  });
});

describe("gaps of any beats", () => {
  const STATUS = fc.constantFrom<Status>("doing", "blocked", "done");
  const BEATS = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), STATUS), { maxLength: 25 });
  const gapsOf = (beats: Beat[]) =>
    judge({ tasks: [task(beats)] }).filter(({ rule }) => rule === "heartbeat/gap");
  /** One beat a minute at most, so that the order is plain. */
  const distinct = (pairs: [number, Status][]) =>
    [...new Map(pairs)].map(([minute, status]) => beat(minute, status));

  it("are the neighbours that are further apart than staleAfter and begin with doing", () => {
    fc.assert(
      fc.property(BEATS, (pairs) => {
        const beats = distinct(pairs).sort((a, b) => a.time - b.time);
        const expected = beats.filter((later, index) => {
          const before = beats[index - 1];
          return before?.status === "doing" && later.time - before.time > CONFIG.heartbeat.staleAfter;
        });
        expect(gapsOf(beats).map(({ line }) => line)).toEqual(expected.map(({ line }) => line));
      }),
    );
  });

  it("do not move when all times move", () => {
    fc.assert(
      fc.property(BEATS, fc.integer({ min: -1_000_000, max: 1_000_000 }), (pairs, by) => {
        const beats = distinct(pairs);
        const moved = beats.map((one) => ({ ...one, time: one.time + by * 1_000 }));
        expect(gapsOf(moved).map(({ line }) => line)).toEqual(gapsOf(beats).map(({ line }) => line));
      }),
    );
  });

  it("do not depend on the folders, files and order in which the beats stand", () => {
    const PLACES = fc.infiniteStream(fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(BEATS, PLACES, (pairs, places) => {
        const beats = distinct(pairs);
        const spread = beats.map((one) => ({
          ...one,
          file: `artifacts/ada/2026-01-0${places.next().value}/heartbeat.s${places.next().value}.ndjson`,
        }));
        const told = (some: Beat[]) => gapsOf(some).map(({ message, line }) => ({ message, line }));
        expect(told(spread.toReversed())).toEqual(told(beats));
      }),
    );
  });

  it("never change the findings when facts pass through JSON", () => {
    fc.assert(
      fc.property(BEATS, (pairs) => {
        const given = facts({ tasks: [task(distinct(pairs))], span: span(0, 400) });
        const again = JSON.parse(JSON.stringify(given)) as HeartbeatFacts;
        const options = { merge: false };
        expect(judgeHeartbeat(again, CONFIG, options)).toEqual(judgeHeartbeat(given, CONFIG, options));
      }),
    );
  });
});
