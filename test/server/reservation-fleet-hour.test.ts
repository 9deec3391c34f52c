import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { sendBeat } from "../../src/features/heartbeat/live/contract.ts";
import type { ReservationEvent, ReservationView } from "../../src/features/reservation/contract.ts";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startReservationPlane } from "../harness/reservation-plane.ts";

const MINUTE = 60_000;
const NAMES = ["ada", "ben", "cy", "dot", "eve"] as const;
type Name = (typeof NAMES)[number];
const FILES = ["shared/a.txt", "shared/b.txt", "shared/c.txt", "shared/d.txt"];
const CRASH_AT = 20;
const END = 60;

/** Files that several write, each a number. As the fence's last lock, a write under an older fence is refused. */
class SharedFiles {
  readonly #files = new Map(FILES.map((file) => [file, { value: 0, fence: 0 }]));
  /** What was written, for the timeline to explain. */
  readonly written: { file: string; agent: Name; fence: number; after: number }[] = [];

  read(file: string): number {
    return this.#files.get(file)?.value ?? 0;
  }

  write(file: string, value: number, by: { agent: Name; fence: number; after: number }): boolean {
    const known = this.#files.get(file);
    if (!known || by.fence < known.fence) return false;
    this.#files.set(file, { value, fence: by.fence });
    this.written.push({ file, ...by });
    return true;
  }
}

/** What an agent is at. */
interface Work {
  task: string;
  taskFence: number;
  reservation: ReservationView;
  /** What it read, once it held them: it writes one more, minutes later. */
  seen: Map<string, number> | null;
  minutesLeft: number;
}

/** The same numbers at every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe("an hour of five agents that share files", () => {
  let plane: ControlPlane;
  let started: Awaited<ReturnType<typeof startReservationPlane<Name>>>;
  const files = new SharedFiles();
  const randoms = new Map(NAMES.map((name, at) => [name, randomFrom(at + 1)]));
  const work = new Map<Name, Work>();
  const waited = new Set<number>();

  beforeAll(async () => {
    started = await startReservationPlane(...NAMES);
    plane = started.plane;
    await started.manager.tasks.setSettings({ lease_seconds: 900, policies: [] });
    for (let at = 0; at < 100; at += 1)
      await started.manager.tasks.add({ id: `T-${at}`, title: "count", paths: ["shared/**"] });
  });
  afterAll(() => plane.close());

  const filesOf = ({ reservation }: Work) => reservation.resources.map(({ pattern }) => pattern);
  const beat = (agent: Name, { task, taskFence }: Work) =>
    plane.as(started.token[agent])<typeof sendBeat>("POST /api/v1/heartbeat", {
      body: { status: "doing", task, fence: taskFence },
    });

  /** Takes the next task, and one or two files for it: half of them as long as the claim, half for five minutes. */
  async function begin(agent: Name, at: number): Promise<void> {
    const random = randoms.get(agent) ?? randomFrom(0);
    const deeds = started.agent[agent];
    const { body } = await deeds.tasks.next(5);
    const wanted = body.items[random(body.items.length)];
    const claimed = wanted && (await deeds.tasks.claim(wanted.id));
    // Somebody else was quicker; a minute later there is another.
    if (claimed?.status !== 200) return;
    const { id: task, fence } = claimed.body;
    const first = random(FILES.length);
    const some = [FILES[first] ?? "", FILES[(first + 1 + random(2)) % FILES.length] ?? ""].slice(random(2));
    // The one that is going to crash has all of them then, so that everybody has to get past it.
    const last = agent === "eve" && at >= CRASH_AT;
    const wishes = last ? FILES : some;
    const more = last || random(2) === 0 ? { task } : { lease_seconds: 300 };
    const taken = await deeds.take(wishes, { ...more, wait_seconds: 3_600 });
    expect(taken.status, JSON.stringify(taken.body)).toBe(201);
    if (taken.body.state === "waiting") waited.add(taken.body.id);
    const minutesLeft = last ? END : 1 + random(3);
    work.set(agent, { task, taskFence: fence ?? 0, reservation: taken.body, seen: null, minutesLeft });
  }

  async function goOn(agent: Name, at: Work): Promise<void> {
    const deeds = started.agent[agent];
    expect((await beat(agent, at)).status).toBe(200);
    if (at.seen === null) {
      at.reservation = (await deeds.show(at.reservation.id)).body;
      if (at.reservation.state === "waiting") return;
      expect(at.reservation.state).toBe("held");
      at.seen = new Map(filesOf(at).map((file) => [file, files.read(file)]));
      return;
    }
    const fence = at.reservation.fence ?? 0;
    const after = await lastEvent();
    expect((await deeds.renew(at.reservation.id, fence)).status).toBe(200);
    at.minutesLeft -= 1;
    if (at.minutesLeft > 0) return;
    for (const [file, value] of at.seen)
      expect(files.write(file, value + 1, { agent, fence, after })).toBe(true);
    if (at.reservation.task === null) await deeds.release(at.reservation.id, fence);
    expect((await deeds.tasks.complete(at.task, at.taskFence)).status).toBe(200);
    work.delete(agent);
  }

  const lastEvent = async () =>
    Number((await plane.query("select max(event)::int as last from reservation_events"))[0]?.last);

  /** Eve's process is gone from the moment on at which it is in the middle of its work. */
  let crashed: Work | null = null;
  let leased = 0;
  async function minute(at: number): Promise<void> {
    plane.clock.advance(MINUTE);
    const eve = work.get("eve");
    if (crashed === null && eve?.seen?.size === FILES.length) {
      crashed = eve;
      const staging = { kind: "environment" as const, pattern: "staging" };
      leased = (await started.agent.eve.take(staging, { lease_seconds: 300 })).body.id;
      work.delete("eve");
    }
    await Promise.all(
      NAMES.filter((name) => name !== "eve" || crashed === null).map(async (name) => {
        const own = work.get(name);
        await (own ? goOn(name, own) : at < END ? begin(name, at) : undefined);
      }),
    );
  }

  const timeline = async () => {
    const events: ReservationEvent[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: ReservationEvent[]; next: string | null } = (
        await started.manager.events({ limit: "500", ...(cursor === null ? {} : { cursor }) })
      ).body;
      events.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return events;
  };

  it("ends with no lost update, though one crashed in the middle; the zombie is refused wherever it asks", async () => {
    for (let at = 1; at <= END || work.size > 0; at += 1) await minute(at);
    const zombie = crashed as Work | null;
    if (!zombie) throw new Error("nobody crashed");
    // The last to write all of them, and while it is at it, the dead one comes back.
    const { body: last } = await started.agent.ada.take(FILES);
    const by = { agent: "ada" as const, fence: last.fence ?? 0, after: await lastEvent() };
    for (const file of FILES) expect(files.write(file, files.read(file) + 1, by)).toBe(true);
    const deeds = started.agent.eve;
    const fence = zombie.reservation.fence ?? 0;
    const stale = { status: 409, body: { code: "RESERVATION_FENCE_STALE" } };
    expect(await deeds.renew(zombie.reservation.id, fence)).toMatchObject(stale);
    expect(await deeds.release(zombie.reservation.id, fence)).toMatchObject(stale);
    expect(await beat("eve", zombie)).toMatchObject({ status: 409, body: { code: "TASK_FENCE_STALE" } });
    // Even one that does not ask is refused: others have written under later fences.
    for (const [file, value] of zombie.seen ?? [])
      expect(files.write(file, value + 1, { agent: "eve", fence, after: 0 })).toBe(false);
    await started.agent.ada.release(last.id, by.fence);
    expect(waited.size).toBeGreaterThan(5);
    for (const file of FILES) {
      const writes = files.written.filter((one) => one.file === file).length;
      expect([file, files.read(file)]).toEqual([file, writes]);
    }
    expect(files.written.length).toBeGreaterThan(15);
  });

  it("is explained by its timeline: who held what, when, and behind whom the others waited", async () => {
    const events = await timeline();
    const ends = new Set(["released", "expired", "revoked"]);
    /** Told from events alone: the holdings of each file, in order. */
    const holdings = FILES.map((file) => {
      const about = events.filter(({ details }) =>
        (details.resources as { pattern: string }[]).some(({ pattern }) => pattern === file),
      );
      const begins = about.filter(({ kind }) => kind === "taken" || kind === "granted");
      return begins.map((begin) => ({
        file,
        agent: begin.agent,
        fence: begin.fence ?? 0,
        from: begin.event,
        until: about.find(({ kind, reservation }) => ends.has(kind) && reservation === begin.reservation),
      }));
    });
    for (const held of holdings)
      for (const [at, one] of held.entries()) {
        const next = held[at + 1];
        expect(one.until, "every holding has an end").toBeDefined();
        if (!next) continue;
        // No two at once, and each under a higher fence than the one before.
        expect(next.from).toBeGreaterThan(one.until?.event ?? Number.POSITIVE_INFINITY);
        expect(next.fence).toBeGreaterThan(one.fence);
      }
    for (const { file, agent, fence, after } of files.written) {
      const holding = holdings.flat().find((one) => one.file === file && one.fence === fence);
      expect(holding).toMatchObject({ agent });
      expect(holding?.from).toBeLessThanOrEqual(after);
      expect(holding?.until?.event).toBeGreaterThan(after);
    }
    const zombie = crashed as Work | null;
    const lastOf = (id: number | undefined) => events.filter(({ reservation }) => reservation === id).at(-1);
    const byServer = { agent: "eve", actor: "server" };
    expect(lastOf(zombie?.reservation.id)).toMatchObject({ ...byServer, kind: "released" });
    expect(lastOf(leased)).toMatchObject({ ...byServer, kind: "expired" });
    for (const id of waited) {
      const [asked, granted] = events.filter(({ reservation }) => reservation === id);
      expect(asked).toMatchObject({ kind: "queued", details: { waits_for: expect.anything() } });
      expect(granted).toMatchObject({ kind: "granted", actor: "server" });
    }
    // It waited behind the crashed one too, and went on.
    const behindEve = events.filter(
      ({ kind, details }) =>
        kind === "queued" &&
        (details.waits_for as { reservation: number }[]).some(
          ({ reservation }) => reservation === zombie?.reservation.id,
        ),
    );
    expect(behindEve.length).toBeGreaterThan(0);
    expect((await started.manager.circles()).body.items).toEqual([]);
  });
});
