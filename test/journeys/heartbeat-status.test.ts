import { describe, expect, it } from "vitest";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const MINUTE = 60_000;

/** A line of so many minutes ago. */
function ago(minutes: number, task: string, status: string, more: Record<string, unknown> = {}): string {
  const timestamp = new Date(Date.now() - minutes * MINUTE).toISOString();
  return `${JSON.stringify({ timestamp, task, status, ...more })}\n`;
}

function checkout(lines: Record<string, string>, others: Record<string, string> = {}): TemporaryRepository {
  const files = Object.entries(lines).map(([agent, text]) => [
    `artifacts/${agent}/2026-01-05/heartbeat.ndjson`,
    text,
  ]);
  return temporaryRepository({ ...Object.fromEntries(files), ...others });
}

async function statesOf(repository: TemporaryRepository, ...words: string[]) {
  const { code, out } = await repository.runCli(["heartbeat", "status", "--json", ...words]);
  const tasks: { agent: string; task: string; state: string }[] = JSON.parse(out).tasks;
  return { code, states: tasks.map(({ agent, task, state }) => `${agent} ${task} ${state}`) };
}

describe("heartbeat status", () => {
  it("tells fresh, late, blocked and done apart, worst first, and is not well with one late", async () => {
    const repository = checkout({
      ada: ago(60, "A", "doing") + ago(3, "A", "doing") + ago(2, "B", "done"),
      bob: ago(16, "A", "doing") + ago(90, "C", "blocked"),
    });
    expect(await statesOf(repository)).toEqual({
      code: 1,
      states: ["bob A late", "bob C blocked", "ada A fresh", "ada B done"],
    });
  });

  it("takes the latest beat in time, in whatever folder or line it stands", async () => {
    const later = { "artifacts/ada/2026-01-06/heartbeat.s1.ndjson": ago(50, "A", "blocked") };
    const repository = checkout({ ada: ago(3, "A", "doing") + ago(40, "A", "done") }, later);
    expect((await statesOf(repository)).states).toEqual(["ada A fresh"]);
  });

  it("is well without a late task", async () => {
    const repository = checkout({ ada: ago(14, "A", "doing"), bob: ago(600, "A", "blocked") });
    expect((await statesOf(repository)).code).toBe(0);
  });

  it("keeps to one agent or task when asked", async () => {
    const repository = checkout({
      ada: ago(1, "A", "doing") + ago(2, "B", "doing"),
      bob: ago(60, "B", "doing"),
    });
    expect(await statesOf(repository, "--agent", "ada")).toEqual({
      code: 0,
      states: ["ada A fresh", "ada B fresh"],
    });
    expect(await statesOf(repository, "--task", "B")).toEqual({
      code: 1,
      states: ["bob B late", "ada B fresh"],
    });
  });

  it("does not take a typo, a broken line or a beat from the future for fresh", async () => {
    const repository = checkout({
      ada: `${ago(60, "A", "doing")}${ago(1, "A", "dong")}{"x\n${ago(-600, "A", "doing")}`,
    });
    const { code, out, err } = await repository.runCli(["heartbeat", "status"]);
    expect(code).toBe(1);
    expect(out).toMatch(/late +ada +A +1 h ago/);
    expect(err).toContain("lines that are no beats: 3");
  });

  it("leaves out what was done long ago, unless asked", async () => {
    const repository = checkout({ ada: ago(60 * 30, "A", "done") });
    const { out } = await repository.runCli(["heartbeat", "status"]);
    expect(out).toBe("no agent is at work here\n1 done over a day ago: --all\n");
    expect((await statesOf(repository, "--all")).states).toEqual(["ada A done"]);
  });

  it("takes how long a silence may last from the config", async () => {
    const config = { "growth-engine.json": '{ "heartbeat": { "staleAfter": "2h" } }' };
    expect((await statesOf(checkout({ ada: ago(60, "A", "doing") }, config))).states).toEqual([
      "ada A fresh",
    ]);
  });

  it("sees beats that git ignores, and says that no commit will carry them", async () => {
    const repository = temporaryRepository({ ".gitignore": "artifacts/\n" });
    await repository.runCli(["heartbeat", "beat", "--agent", "ada", "--task", "A"]);
    const { code, out, err } = await repository.runCli(["heartbeat", "status"]);
    expect(code).toBe(0);
    expect(out).toMatch(/fresh +ada +A/);
    expect(err).toContain("files that git ignores: 1");
  });

  it("shows hostile names as text", async () => {
    const { out } = await checkout({ ada: ago(1, "\u001b[2J\nx", "doing") }).runCli(["heartbeat", "status"]);
    expect(out).toContain("\\u{1b}[2J x");
  });

  it("answers in an empty repository", async () => {
    expect(await temporaryRepository().runCli(["heartbeat", "status"])).toMatchObject({
      code: 0,
      out: "no agent is at work here\n",
    });
  });
});
