import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FEATURES } from "../../src/entrypoints/server/features.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { readOperations } from "../harness/sample-request.ts";

describe("the OpenAPI page", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.close());
  const page = async () => (await fetch(`${plane.url}/api/openapi.json`)).json();

  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    expect(await validator.validate((await page()) as never)).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  it("describes every endpoint once, with a sentence and with its roles", async () => {
    const operations = await readOperations(plane.url);
    const endpoints = FEATURES.routes({ forgetTokens: () => undefined } as never).map(
      ({ endpoint }) => endpoint,
    );
    expect(operations.map(({ name }) => name).sort()).toEqual(endpoints.map(({ name }) => name).sort());
    expect(new Set(endpoints.map(({ name }) => name)).size).toBe(endpoints.length);
    expect(endpoints.filter(({ says }) => !/^[A-Z`].*[.]$/.test(says)).map(({ name }) => name)).toEqual([]);
    expect(operations.filter(({ roles }) => roles.length === 0)).toEqual([]);
  });

  it("is open, and nothing else of the interface is", async () => {
    const open: string[] = [];
    for (const { name, method, path } of await readOperations(plane.url)) {
      const response = await fetch(`${plane.url}${path.replaceAll(/\{\w+\}/g, "x")}`, { method });
      if (response.status !== 401) open.push(`${name}: ${response.status}`);
      await response.text();
    }
    // Who never signed in is limited at some point; that is no way in either.
    expect(open.filter((one) => !one.endsWith(": 429"))).toEqual([]);
  });
});
