import { describe, expect, it } from "vitest";
import { beatsOf } from "./beats-of.ts";
import { placeSightings } from "./place-sightings.ts";

const NOW = Date.parse("2026-03-02T12:00:00Z");
const sighting = (at: number, session = "s") => ({
  sender: { host: undefined, agent: undefined, repository: undefined, task: undefined },
  session,
  at,
  call: null,
});

describe("beatsOf", () => {
  const ground = {
    agent: "ada",
    headers: {},
    repositories: new Set<string>(),
    agents: new Set(["ada"]),
    now: NOW,
  };
  const place = (...ats: number[]) =>
    placeSightings(
      ats.map((at) => sighting(at)),
      ground,
    ).placed;

  it("takes the newest deed of an agent, when it is news", () => {
    expect(beatsOf(place(NOW - 9_000, NOW - 2_000), new Map(), NOW)).toMatchObject([
      { agent: "ada", session: "otlp-s", status: "doing", timestamp: "2026-03-02T11:59:58.000Z" },
    ]);
    expect(beatsOf(place(NOW - 301_000), new Map(), NOW)).toEqual([]);
    expect(beatsOf(place(NOW - 2_000), new Map([["ada", NOW - 1_000]]), NOW)).toEqual([]);
  });

  it("names a beat by its deed, so that it is the same when it is told again", () => {
    const [once, again] = [NOW, NOW + 5_000].map((now) => beatsOf(place(NOW - 2_000), new Map(), now)[0]);
    expect(once?.beat).toBe(again?.beat);
    expect(beatsOf(place(NOW - 2_001), new Map(), NOW)[0]?.beat).not.toBe(once?.beat);
  });
});

describe("placeSightings", () => {
  it("makes a part of a file's name of any session", () => {
    const ground = {
      agent: "ada",
      headers: {},
      repositories: new Set<string>(),
      agents: new Set<string>(),
      now: NOW,
    };
    const sessions = ["a-1", "../../etc", "", "x".repeat(300)].map((session) => sighting(NOW, session));
    const names = placeSightings(sessions, ground).placed.map(({ session }) => session);
    expect(names[0]).toBe("otlp-a-1");
    for (const name of names) expect(name).toMatch(/^otlp-[\w-]{0,90}$/);
  });

  it("says why something cannot be kept", () => {
    const ground = {
      agent: null,
      headers: { agent: "zoe" },
      repositories: new Set(["a", "b"]),
      agents: new Set<string>(),
      now: NOW,
    };
    expect(placeSightings([sighting(NOW)], ground).refused).toEqual(["the fleet has no agent zoe"]);
    const far = placeSightings([sighting(NOW + 2 * 86_400_000)], { ...ground, agent: "zoe" });
    expect(far.refused[0]).toContain("over a day ahead");
  });
});
