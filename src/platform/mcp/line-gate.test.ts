import { once } from "node:events";
import fc from "fast-check";
import { expect, it } from "vitest";
import { atMost } from "../turns/index.ts";
import { LineGate } from "./line-gate.ts";

async function pass(chunks: Buffer[], maxBytes: number): Promise<{ heard: string; tooLong: number }> {
  let tooLong = 0;
  const gate = new LineGate(
    maxBytes,
    () => {
      tooLong += 1;
    },
    async () => undefined,
  );
  let heard = "";
  gate.on("data", (part) => {
    heard += String(part);
  });
  for (const chunk of chunks) gate.write(chunk);
  gate.end();
  await once(gate, "end");
  return { heard, tooLong };
}

it("lets lines through however they are cut, and leaves out those that are too long", async () => {
  const line = fc.string({ unit: fc.constantFrom("a", "b", " "), maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(40)), async (lines, cuts) => {
      const bytes = Buffer.from(lines.map((each) => `${each}\n`).join(""));
      const chunks: Buffer[] = [];
      let from = 0;
      for (const cut of cuts) {
        chunks.push(bytes.subarray(from, from + cut));
        from += cut;
      }
      chunks.push(bytes.subarray(from));
      const { heard, tooLong } = await pass(chunks, 16);
      const short = lines.filter((each) => each.length < 16);
      expect(heard).toBe(short.map((each) => `${each}\n`).join(""));
      expect(tooLong).toBe(lines.length - short.length);
    }),
  );
});

it("passes on a last line without an end only when it ends", async () => {
  expect(await pass([Buffer.from("whole\ncut")], 16)).toEqual({ heard: "whole\n", tooLong: 0 });
});

it("lets so many deeds run at once, and each in its turn", async () => {
  const queue = atMost(2);
  let [running, most] = [0, 0];
  const order: number[] = [];
  const deed = (at: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    order.push(at);
    running -= 1;
    if (at === 3) throw new Error("failed");
    return at;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4, 5].map((at) => queue(deed(at))));
  expect(most).toBe(2);
  expect(order).toHaveLength(6);
  expect(results.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
  ]);
});
