import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as contract from "../../src/features/heartbeat/live/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

describe("beats in lines", () => {
  let plane: ControlPlane;
  let token: string;
  beforeAll(async () => {
    plane = await startControlPlane();
    token = await plane.token("agent", { agent: "spool" });
  });
  afterAll(() => plane.close());

  const send = (body: string) =>
    plane.as(token)<typeof contract.sendBeats>("POST /api/v1/heartbeat/batch", { body });
  const line = (beat: object) => JSON.stringify(beat);

  it("are judged one by one: a broken line sinks no other", async () => {
    const body = [
      line({ beat: "1", task: "ENG-1" }),
      '{"beat": "2", ',
      line({ beat: "3", status: "donig" }),
      "",
      line({ beat: "1" }),
      line({ beat: "4", agent: "somebody-else" }),
      line({ beat: "5", progress: "60%" }),
      line({ beat: "6", task: "a\0b" }),
      "[1]",
    ].join("\r\n");
    const answer = await send(body);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        received: 2,
        repeated: 1,
        refused: [
          { line: 2, code: "INPUT_INVALID" },
          { line: 3, code: "INPUT_INVALID", detail: expect.stringMatching(/^status/) },
          { line: 6, code: "TOKEN_ROLE" },
          { line: 8, code: "INPUT_INVALID", detail: expect.stringMatching(/^task.*NUL/) },
          { line: 9, code: "INPUT_INVALID" },
        ],
      },
    });
    const { body: live } = await plane.admin<typeof contract.listStates>("GET /api/v1/heartbeat");
    expect(live.items).toMatchObject([{ agent: "spool", task: "ENG-1", progress: "60%" }]);
  });

  it("may be five thousand, and are counted once when they are told twice", async () => {
    const body = Array.from({ length: 5_000 }, (_, index) => line({ beat: `many-${index}` })).join("\n");
    expect(await send(body)).toMatchObject({ body: { received: 5_000, repeated: 0, refused: [] } });
    expect(await send(body)).toMatchObject({ body: { received: 0, repeated: 5_000, refused: [] } });
    expect(await send(`${body}\n${line({})}`)).toMatchObject({
      status: 413,
      body: { code: "INPUT_TOO_LARGE" },
    });
  });

  it("may be none, and must be lines", async () => {
    expect(await send("\n\n")).toMatchObject({ body: { received: 0, repeated: 0, refused: [] } });
    const answer = await plane.as(token)("POST /api/v1/heartbeat/batch", { body: { beat: "1" } });
    expect(answer).toMatchObject({ status: 400, body: { code: "INPUT_INVALID" } });
  });
});
