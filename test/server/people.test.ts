import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { addAgent } from "../../src/features/agent/contract.ts";
import type { addRepository } from "../../src/features/fleet/contract.ts";
import type * as person from "../../src/features/person/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

describe("people", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
    await plane.admin<typeof addAgent>("POST /api/v1/agent", { body: { name: "builder" } });
    await plane.admin<typeof addRepository>("POST /api/v1/fleet/repository", { body: { name: "org/shop" } });
    for (const handle of ["ann", "bo"]) await set(handle);
  });
  afterAll(() => plane.close());

  const set = (handle: string, roles: string[] = []) =>
    plane.admin<typeof person.putPerson>("PUT /api/v1/person/:handle", {
      params: { handle },
      body: { name: handle, roles, contacts: [{ kind: "email", address: `${handle}@example.com` }] },
    });
  const own = (owner: string, kind: person.OwnershipView["kind"], target: string) =>
    plane.admin<typeof person.putOwnership>("PUT /api/v1/person/ownership", {
      body: { owner, kind, target },
    });
  const leave = (handle: string) =>
    plane.admin<typeof person.leavePerson>("POST /api/v1/person/:handle/leave", { params: { handle } });
  const team = (handle: string, members: string[]) =>
    plane.admin<typeof person.putTeam>("PUT /api/v1/person/team/:handle", {
      params: { handle },
      body: { name: handle, members },
    });

  it("have roles, contacts and teams", async () => {
    await team("shop", ["ann", "bo"]);
    await set("ann", ["manager"]);
    const { body } = await plane.admin<typeof person.listPeople>("GET /api/v1/person", {
      query: { role: "manager" },
    });
    expect(body.items).toEqual([
      {
        handle: "ann",
        name: "ann",
        roles: ["manager"],
        contacts: [{ kind: "email", address: "ann@example.com" }],
        teams: ["shop"],
        left_at: null,
      },
    ]);
  });

  it("own agents, repositories, paths and components, and are found by file", async () => {
    await team("shop", ["ann", "bo"]);
    expect((await own("person:ann", "agent", "builder")).status).toBe(200);
    await own("team:shop", "repository", "org/shop");
    await own("person:bo", "path", "org/shop:app/**");
    await own("person:bo", "component", "checkout");
    const find = (path: string) =>
      plane.admin<typeof person.findOwners>("GET /api/v1/person/owner", {
        query: { repository: "org/shop", path },
      });
    expect((await find("app/a.ts")).body.people.map(({ handle }) => handle)).toEqual(["bo"]);
    expect((await find("docs/a.md")).body.people.map(({ handle }) => handle)).toEqual(["ann", "bo"]);
  });

  it("must exist before they own anything, and so must what they own", async () => {
    expect(await own("person:nobody", "agent", "builder")).toMatchObject({
      status: 404,
      body: { code: "PERSON_UNKNOWN" },
    });
    expect(await own("person:ann", "agent", "ghost")).toMatchObject({
      status: 404,
      body: { code: "AGENT_UNKNOWN" },
    });
    expect(await own("person:ann", "path", "org/none:app/**")).toMatchObject({ status: 404 });
    expect(await own("person:ann", "path", "org/shop:(a+)+")).toMatchObject({ status: 400 });
    expect(await team("ghosts", ["nobody"])).toMatchObject({ status: 404, body: { code: "PERSON_UNKNOWN" } });
  });

  it("leave only after what depends on them alone was given on", async () => {
    await set("cy");
    await own("person:cy", "component", "search");
    await team("search", ["cy"]);
    expect(await leave("cy")).toMatchObject({
      status: 409,
      body: { detail: "cy still holds component search, team search" },
    });
    await own("person:ann", "component", "search");
    await team("search", ["ann"]);
    expect((await leave("cy")).body.left_at).not.toBeNull();
    expect((await own("person:cy", "component", "search")).status).toBe(404);
  });
});
