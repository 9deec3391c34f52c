import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminTokenIn, dataPlace, type SpawnedServe, spawnServe } from "../harness/spawned-serve.ts";
import { type Answer, temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

type Say = (...words: string[]) => Promise<Answer>;

describe("two agents that share files", () => {
  const place = dataPlace();
  const home = temporaryFolder();
  let serve: SpawnedServe;
  let manager: Say;
  let ada: Say;
  let ben: Say;
  const shop = temporaryRepository({ "src/login/form.ts": "export {};\n" });

  const terminal =
    (token: string): Say =>
    (...words) =>
      shop.runCli(words, {
        env: { GROWTH_ENGINE_URL: serve.url, GROWTH_ENGINE_TOKEN: token, XDG_CONFIG_HOME: home },
      });
  const hire = async (name: string): Promise<Say> => {
    const { out } = await manager("agent", "add", name);
    return terminal(/GROWTH_ENGINE_TOKEN=(ge_\S+)/.exec(out)?.[1] ?? "");
  };

  beforeAll(async () => {
    serve = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
    manager = terminal(adminTokenIn(place.folder));
    [ada, ben] = [await hire("ada"), await hire("ben")];
  }, 90_000);
  afterAll(async () => {
    await serve.stop();
    place.remove();
  });

  it("take, wait, renew and release without typing a fence", async () => {
    expect(
      await ada("reservation", "take", "src/login/**", "--environment", "staging", "--purpose", "the form"),
    ).toMatchObject({
      code: 0,
      out: expect.stringContaining(
        "reservation 1 is yours, fence 1: src/login/**, environment staging; it ends in 15 min",
      ),
    });
    expect(await ben("reservation", "take", "src/*/form.ts")).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /ada holds src\/login\/\*\* \(you want src\/\*\/form\.ts\) .*\[RESERVATION_HELD\]/,
      ),
    });
    const conflicts = await ben("reservation", "conflicts", "src/login/form.ts", "docs/**");
    expect(conflicts).toMatchObject({ code: 1, out: expect.stringContaining("reservation 1") });
    expect((await ben("reservation", "conflicts", "docs/**")).code).toBe(0);
    expect((await ada("reservation", "renew")).out).toContain("reservation 1 is still yours");
    const waiting = ben("reservation", "take", "src/login/form.ts", "--wait", "1m", "--json");
    const queue = async () =>
      JSON.parse((await manager("reservation", "list", "--state", "waiting", "--json")).out);
    await expect.poll(async () => (await queue()).length, { timeout: 20_000 }).toBe(1);
    expect((await ada("reservation", "release")).out).toContain("reservation 1 is given back");
    const { code, out, err } = await waiting;
    expect([code, err]).toEqual([0, expect.stringContaining("waits for ada (1)")]);
    expect(JSON.parse(out)).toMatchObject({ state: "held", fence: 2, agent: "ben" });
    // Each knows its own: ada has nothing left to give back.
    expect((await ada("reservation", "release")).err).toContain("holds none of ada");
    expect((await ben("reservation", "renew")).out).toContain("src/login/form.ts");
  });

  it("are told before they begin who else touches the same", async () => {
    await manager("task", "add", "FORM", "The form", "--path", "src/login/**");
    await manager("task", "add", "MOVE", "Move all of it", "--path", "src/**");
    await manager("task", "add", "LOST", "Without paths");
    const started = await ada("task", "start", "FORM");
    expect(started).toMatchObject({
      code: 0,
      out: expect.stringMatching(/conflicts +ben has reserved src\/login\/form\.ts/),
    });
    const { code, out } = await ben("task", "conflicts", "MOVE");
    expect([code, out]).toEqual([1, expect.stringContaining("ada works on FORM (The form, in progress)")]);
    // Its own reservation is nobody else's.
    expect(out).not.toContain("has reserved");
    expect(await ben("task", "conflicts", "LOST")).toMatchObject({
      code: 0,
      out: expect.stringContaining("names no paths"),
    });
    const json = JSON.parse((await manager("task", "conflicts", "FORM", "--json")).out);
    expect(json).toMatchObject({
      paths: ["src/login/**"],
      items: [{ kind: "reservation", agent: "ben", exact: true }],
    });
  });

  it("wait in vain, lose to a manager, and read what happened", async () => {
    await ada("reservation", "take", "--name", "release");
    expect((await ada("reservation", "take", "src/**", "--wait", "1s")).code).toBe(1);
    const [mine] = JSON.parse((await ben("reservation", "list", "--agent", "ben", "--json")).out);
    expect((await manager("reservation", "revoke", String(mine.id), "--reason", "a freeze")).out).toContain(
      "taken from ben",
    );
    expect(await ben("reservation", "renew")).toMatchObject({
      code: 1,
      err: expect.stringContaining("was revoked"),
    });
    expect((await manager("reservation", "circles")).out).toContain("nobody waits in a circle");
    const { out } = await manager("reservation", "events");
    for (const sentence of [
      "ada took src/login/**, environment staging — the form",
      "ben waits for src/login/form.ts, behind ada (1)",
      "ben was granted src/login/form.ts",
      "ada took name release",
    ])
      expect(out).toContain(sentence);
    expect(out).toMatch(/ben lost src\/login\/form\.ts — a freeze \(admin:/);
    expect((await manager("reservation", "list")).out).toMatch(
      /^nr +state +agent +ends +what\n.*name release/,
    );
  });

  it("are told what they typed wrongly", async () => {
    for (const [words, why] of [
      [["take"], "what is wanted is not said"],
      [["take", "src/../x"], 'has the folder ".." in it'],
      [["take", "x", "--lease", "soon"], "is no duration"],
      [["renew", "first"], "is no number of a reservation"],
      [["release", "--fence", "x", "1"], "is no fence"],
    ] as const)
      expect(await ada("reservation", ...words)).toMatchObject({
        code: 2,
        err: expect.stringContaining(why),
      });
    expect(await manager("reservation", "take", "x")).toMatchObject({
      code: 1,
      err: expect.stringContaining("TOKEN_ROLE"),
    });
    expect(await ben("reservation", "renew", "999999")).toMatchObject({ code: 1 });
  });
});
