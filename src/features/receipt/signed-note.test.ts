import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { checkSignature, cosignLine, readNote, signNote, timeOfCosignature } from "./signed-note.ts";
import { hashLeaf } from "./tree-hash.ts";
import { nameKey, readVerifierKey, writeVerifierKey } from "./verifier-key.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const LOG = nameKey("growth-engine/one", "note", publicKey);
const TEXT = writeCheckpoint("growth-engine/one", { size: 7, root: hashLeaf("x") });

describe("a signed note", () => {
  it("is read and holds as the reference implementation wrote it", () => {
    // golang.org/x/mod/sumdb/note, its documented example.
    const key = readVerifierKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    const text =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const line =
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const note = readNote(`${text}\n${line}`);
    expect(key && note && checkSignature(note, key)).toBe("good");
    const other = readNote(`${text.replace("your", "my")}\n${line}`);
    expect(key && other && checkSignature(other, key)).toBe("bad");
  });

  it("takes a cosignature, which holds for its time alone", () => {
    const witness = generateKeyPairSync("ed25519");
    const key = nameKey("witness.example/w1", "cosignature", witness.publicKey);
    const signed = signNote(TEXT, LOG, privateKey);
    const note = readNote(signed + cosignLine(TEXT, key, witness.privateKey, 1_679_315_147_999));
    if (note === null) throw new Error("no note");
    expect([checkSignature(note, LOG), checkSignature(note, key)]).toEqual(["good", "good"]);
    expect(timeOfCosignature(note, key)).toBe(1_679_315_147_000);
    note.signatures[1]?.signature.writeUInt8(9, 7);
    expect(checkSignature(note, key)).toBe("bad");
  });

  it("has a key that is one word, and the key of another name is another", () => {
    const word = writeVerifierKey(LOG);
    expect(readVerifierKey(word)).toMatchObject({ name: LOG.name, id: LOG.id, kind: "note" });
    expect(readVerifierKey(word.replace("one", "two"))).toBeNull();
    expect(readVerifierKey("nonsense")).toBeNull();
  });

  it.each([
    ["", null],
    ["text\n", null],
    ["text\n\n", null],
    ["text\n\nno signature\n", null],
    ["te\u0007xt\n\n— a AAAAAAAA\n", null],
    [`text\n\n${"— a AAAAAAAA\n".repeat(65)}`, null],
  ])("is none: %j", (text, nothing) => expect(readNote(text)).toBe(nothing));

  it.each(["x\n7\n", "x\n07\nAAAA\n", `x\n-1\n${"A".repeat(43)}=\n`, `x\n7\n${"A".repeat(42)}==\n`])(
    "is no checkpoint: %j",
    (text) => expect(readCheckpoint(signNote(text, LOG, privateKey))).toBeNull(),
  );
});
