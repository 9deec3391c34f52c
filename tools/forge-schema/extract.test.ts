import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EVENTS, OPERATIONS, renderForgeSchema } from "./extract.ts";
import { plain } from "./plain-schema.ts";

const FILE = join(import.meta.dirname, "../../src/features/ci/forge/published-schema.json");

describe("the extract of GitHub's published descriptions", () => {
  it("was made from the packages that its manifest names, for what the simulation asks and tells", () => {
    const { devDependencies } = JSON.parse(readFileSync(join(import.meta.dirname, "package.json"), "utf8"));
    const extract = JSON.parse(readFileSync(FILE, "utf8"));
    const versions = Object.entries(devDependencies).map(([name, version]) => `${name} ${version}`);
    const asked = extract.operations.map(({ method, path }: Record<string, string>) => [
      method?.toLowerCase(),
      path,
    ]);
    expect(extract.sources).toEqual(versions);
    expect(asked).toEqual(OPERATIONS);
    expect(Object.keys(extract.events).sort()).toEqual([...EVENTS].sort());
  });

  it("is as `npm run forge-schema` lays it out", () => {
    const text = readFileSync(FILE, "utf8");
    expect(renderForgeSchema(JSON.parse(text)) === text).toBe(true);
  });

  it("keeps what decides, and spells null as JSON Schema does", () => {
    const published = {
      type: "string",
      enum: ["a"],
      nullable: true,
      description: "x",
      example: "a",
      format: "repo.nwo",
    };
    expect(plain(published, "api")).toEqual({ type: ["string", "null"], enum: ["a", null] });
    expect(plain({ $ref: "#/components/schemas/user" }, "api")).toEqual({ $ref: "#/schemas/api:user" });
  });
});
