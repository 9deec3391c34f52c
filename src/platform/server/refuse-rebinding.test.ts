import type { FastifyRequest } from "fastify";
import { describe, expect, it } from "vitest";
import { isLoopback, refuseRebinding } from "./refuse-rebinding.ts";

const call = (host: string, origin?: string) =>
  ({ host, headers: origin === undefined ? {} : { origin } }) as unknown as FastifyRequest;

function answer(host: string, origin: string | undefined, onlyHere: boolean): "taken" | "refused" {
  try {
    refuseRebinding(call(host, origin), onlyHere);
    return "taken";
  } catch {
    return "refused";
  }
}

describe("a server that only this machine reaches", () => {
  it.each([
    ["127.0.0.1:7420", undefined, "taken"],
    ["localhost:7420", undefined, "taken"],
    ["[::1]:7420", undefined, "taken"],
    ["localhost:7420", "http://localhost:3000", "taken"],
    ["localhost:7420", "http://[::1]:7420", "taken"],
    ["evil.example:7420", undefined, "refused"],
    ["localhost.evil.example", undefined, "refused"],
    ["", undefined, "refused"],
    ["a b", undefined, "refused"],
    ["localhost:7420", "https://evil.example", "refused"],
    ["localhost:7420", "https://localhost.evil.example", "refused"],
    ["localhost:7420", "null", "refused"],
    ["localhost:7420", "", "refused"],
    ["evil.example:7420", "http://evil.example:7420", "refused"],
  ] as const)("called %s by a page of %s: %s", (host, origin, says) => {
    expect(answer(host, origin, true)).toBe(says);
  });
});

describe("a server that others reach", () => {
  it.each([
    ["growth.example.com", undefined, "taken"],
    ["growth.example.com", "https://growth.example.com", "taken"],
    ["growth.example.com:8443", "https://growth.example.com:8443", "taken"],
    ["growth.example.com", "https://evil.example", "refused"],
    ["growth.example.com", "http://localhost:3000", "refused"],
    ["growth.example.com", "null", "refused"],
  ] as const)("called %s by a page of %s: %s", (host, origin, says) => {
    expect(answer(host, origin, false)).toBe(says);
  });
});

it("knows where only this machine reaches", () => {
  expect(["127.0.0.1", "localhost", "::1"].every(isLoopback)).toBe(true);
  expect(["0.0.0.0", "::", "10.0.0.1", "growth.example.com"].some(isLoopback)).toBe(false);
});
