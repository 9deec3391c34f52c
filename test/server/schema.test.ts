import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { describeSchema } from "../harness/describe-schema.ts";

describe("the schema", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.close());

  it("is what docs/database.md says", async () => {
    await expect(await describeSchema(plane)).toMatchFileSnapshot("../../docs/database.md");
  });

  it("has the fleet first in every key", async () => {
    const keys = await plane.query(`
      select conrelid::regclass::text as name, pg_get_constraintdef(oid) as key from pg_constraint
      where connamespace = 'growth_engine'::regnamespace and contype = 'p' and conparentid = 0`);
    const others = keys.filter(
      ({ name, key }) =>
        !/^platform_(migrations|jobs)$/.test(String(name)) && !String(key).includes("(fleet_id"),
    );
    expect(others).toEqual([]);
  });
});
