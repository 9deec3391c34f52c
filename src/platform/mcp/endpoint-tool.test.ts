import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Endpoint, endpoint } from "../endpoint/index.ts";
import { endpointTool } from "./endpoint-tool.ts";

const change = endpoint({
  name: "task_progress",
  method: "POST",
  path: "/api/v1/task/:task/progress",
  says: "Sets how far a task is.",
  roles: ["agent"],
  params: z.strictObject({ task: z.string() }),
  query: z.strictObject({
    limit: z.coerce.number().optional(),
    open: z
      .enum(["true", "false"])
      .transform((value) => value === "true")
      .optional(),
  }),
  body: z.strictObject({ fence: z.int(), note: z.string().optional() }),
  answer: z.object({ id: z.string() }),
});

const like = (parts: Partial<Endpoint>): Endpoint => ({ ...change, ...parts }) as Endpoint;

describe("the tool of an endpoint", () => {
  it("takes what is in address, query and body as one flat list", () => {
    expect(endpointTool(change).input).toMatchObject({
      type: "object",
      properties: { task: { type: "string" }, open: { type: "boolean" }, fence: { type: "integer" } },
      required: ["task", "fence"],
      additionalProperties: false,
    });
  });

  it("takes the list apart again", () => {
    const { callOf } = endpointTool(change);
    expect(callOf({ task: "A-1", limit: 5, open: true, fence: 3 })).toEqual({
      params: { task: "A-1" },
      query: { limit: "5", open: "true" },
      body: { fence: 3 },
    });
  });

  it("has an answer that may be a problem, which clients of the first generation compare with the schema", () => {
    const { output } = endpointTool(change);
    expect(output).toMatchObject({
      type: "object",
      anyOf: [{ required: ["id"] }, { required: ["code", "message"] }],
    });
  });

  it("is refused when two parts use one name", () => {
    const twice = like({ body: z.strictObject({ task: z.string() }) });
    expect(() => endpointTool(twice)).toThrow('two parts of task_progress take "task"');
  });

  it("reads by a POST that says so", () => {
    expect(endpointTool(like({ reads: true })).hints).toMatchObject({
      readOnlyHint: true,
      idempotentHint: true,
    });
  });

  it("leaves out of its schema what not every reader understands", () => {
    const body = z.strictObject({ name: z.string().regex(/^\p{L}+$/u), count: z.int().min(1) });
    const { properties } = endpointTool(like({ body })).input as { properties: object };
    expect(properties).toMatchObject({ name: { type: "string" }, count: { type: "integer", minimum: 1 } });
    expect(JSON.stringify(properties)).not.toMatch(/pattern|9007199254740991/);
  });

  it("takes lines as a list of objects", () => {
    const { query: _, body: __, ...rest } = change;
    const tool = endpointTool({ ...rest, lines: true } as Endpoint);
    expect(tool.callOf({ task: "A-1", lines: [{ a: 1 }, { b: 2 }] }).body).toBe('{"a":1}\n{"b":2}\n');
  });

  it("takes a body without names of its own under one name", () => {
    const tool = endpointTool(like({ body: z.union([z.object({ a: z.string() }), z.array(z.string())]) }));
    expect(tool.callOf({ task: "A-1", body: ["x"] }).body).toEqual(["x"]);
  });

  it.each([
    ["GET", "task_list", { readOnlyHint: true, destructiveHint: false, idempotentHint: true }],
    ["POST", "task_claim", { readOnlyHint: false, destructiveHint: false, idempotentHint: false }],
    ["PUT", "person_set", { readOnlyHint: false, destructiveHint: false, idempotentHint: true }],
    ["DELETE", "fleet_remove", { readOnlyHint: false, destructiveHint: true, idempotentHint: true }],
    ["POST", "token_revoke", { readOnlyHint: false, destructiveHint: true, idempotentHint: false }],
  ] as const)("says of %s %s what a client may assume", (method, name, hints) => {
    expect(endpointTool(like({ method, name })).hints).toMatchObject(hints);
  });

  it.each([
    [{ task: "A-1", fence: 1, nope: 1 }, 'task_progress takes no "nope"'],
    [{ fence: 1 }, "task is missing"],
    [{ task: "", fence: 1 }, "task is missing"],
    [{ task: ".", fence: 1 }, "task is missing"],
    [{ task: "..", fence: 1 }, "task is missing"],
    [{ task: ["A-1"], fence: 1 }, "task is missing"],
    [{ task: "A-1", limit: {}, fence: 1 }, "limit is missing, or is no text"],
  ])("refuses %j", (given, says) => {
    expect(() => endpointTool(change).callOf(given)).toThrow(says);
  });
});
