import { createPublicKey, generateKeyPairSync, hash, verify } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../../test/harness/temporary-repository.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import { exportEvidence } from "./export-evidence.ts";
import { preAuthEncoding } from "./sign-envelope.ts";

const FILE = "artifacts/ada/2026-01-05/mcp/a.jsonl";
const LINE = `${JSON.stringify({ tool: "x", doc_ref: "https://x.example/", request_id: "1", timestamp: "2026-01-05T09:00:00Z", purpose: "x" })}\n`;

describe("evidence export", () => {
  it("encodes what is signed as DSSE's own example does", () => {
    const encoded = preAuthEncoding("http://example.com/HelloWorld", Buffer.from("hello world"));
    expect(encoded.toString()).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  });

  it("states which evidence a commit holds, signed, the same each time", async () => {
    const made = temporaryRepository({ [FILE]: LINE });
    const { privateKey } = generateKeyPairSync("ed25519");
    made.write("key.pem", privateKey.export({ format: "pem", type: "pkcs8" }));
    const answers: string[] = [];
    const run = (options: object = {}) =>
      exportEvidence(
        [],
        { format: "in-toto", signingKey: join(made.folder, "key.pem"), head: "HEAD", ...options },
        {
          cwd: made.folder,
          out: (text: string) => answers.push(text),
          err: () => undefined,
        } as unknown as CommandContext,
      );
    expect([await run(), await run()]).toEqual([0, 0]);
    expect(answers[0]).toBe(answers[1]);
    const { payloadType, payload, signatures } = JSON.parse(answers[0] ?? "");
    const bytes = Buffer.from(payload, "base64");
    const [{ sig }] = signatures;
    const signed = preAuthEncoding(payloadType, bytes);
    expect(verify(null, signed, createPublicKey(privateKey), Buffer.from(sig, "base64"))).toBe(true);
    expect(JSON.parse(bytes.toString())).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      subject: [{ name: FILE, digest: { sha256: hash("sha256", LINE) } }],
      predicate: { commit: made.git("rev-parse", "HEAD"), verdict: "pass", findings: [] },
    });
    await expect(run({ format: "pdf" })).rejects.toMatchObject({ code: "USAGE" });
    await expect(run({ signingKey: join(made.folder, FILE) })).rejects.toMatchObject({
      code: "INPUT_INVALID",
    });
  });
});
