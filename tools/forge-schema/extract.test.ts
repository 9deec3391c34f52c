import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { extractForgeSchema, renderForgeSchema } from "./extract.ts";
import { plain } from "./plain-schema.ts";

const FILE = join(import.meta.dirname, "../../src/features/ci/forge/published-schema.json");

describe("the extract of GitHub's published descriptions", () => {
  it("is what `npm run forge-schema` writes", () => {
    expect(renderForgeSchema(extractForgeSchema()) === readFileSync(FILE, "utf8")).toBe(true);
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
