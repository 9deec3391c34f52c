import { createPublicKey, hash, type KeyObject, sign } from "node:crypto";

/** A signed payload (DSSE v1, github.com/secure-systems-lab/dsse). */
export interface Envelope {
  payloadType: string;
  /** Base64. */
  payload: string;
  signatures: { keyid: string; sig: string }[];
}

/** What is signed: type and payload, each with its length, so that neither can be taken for a part of the other. */
export function preAuthEncoding(payloadType: string, payload: Buffer): Buffer {
  const type = Buffer.from(payloadType);
  const head = `DSSEv1 ${type.length} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** Signs a payload with an Ed25519 key. Its id is SHA-256 of the public key in DER. */
export function signEnvelope(payloadType: string, payload: Buffer, key: KeyObject): Envelope {
  const der = createPublicKey(key).export({ format: "der", type: "spki" });
  const sig = sign(null, preAuthEncoding(payloadType, payload), key).toString("base64");
  return {
    payloadType,
    payload: payload.toString("base64"),
    signatures: [{ keyid: hash("sha256", der, "hex"), sig }],
  };
}
