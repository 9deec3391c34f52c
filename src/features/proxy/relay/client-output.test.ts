import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { ClientOutput } from "./client-output.ts";

describe("what the client reads", () => {
  it("has messages of the proxy on lines of their own, whatever the server is in the middle of", () => {
    const to = new PassThrough();
    const output = new ClientOutput(to);
    output.say({ n: 1 });
    output.pass(Buffer.from('{"a":'));
    output.say({ n: 2 });
    output.say({ n: 3 });
    output.pass(Buffer.from('"b'));
    output.pass(Buffer.from('"}\n{"c'));
    output.say({ n: 4 });
    output.pass(Buffer.from('":1}\n'));
    output.say({ n: 5 });
    expect(String(to.read())).toBe('{"n":1}\n{"a":"b"}\n{"n":2}\n{"n":3}\n{"c":1}\n{"n":4}\n{"n":5}\n');
  });

  it("does not lose a message when the server ends in the middle of a line", () => {
    const to = new PassThrough();
    const output = new ClientOutput(to);
    output.pass(Buffer.from("half"));
    output.say({ n: 1 });
    output.end();
    expect(String(to.read())).toBe('half\n{"n":1}\n');
  });
});
