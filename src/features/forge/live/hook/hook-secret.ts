import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A call as a forge signs it. */
export interface SignedCall {
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
  /** Milliseconds since 1970. */
  now: number;
}

const BYTES = 32;
const PREFIX = "whsec_";
/** Standard Webhooks, "Verifying webhook authenticity": how far the sender's clock may be off. */
const TOLERANCE_MS = 5 * 60_000;

/** A secret in the form that GitLab asks of a signing token (`whsec_` and 32 bytes in base64), which GitHub takes as text. */
export function newHookSecret(): string {
  return `${PREFIX}${randomBytes(BYTES).toString("base64")}`;
}

/** Compares without telling by its time how much was right. */
function isSame(given: Buffer, wanted: Buffer): boolean {
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** GitHub: `X-Hub-Signature-256: sha256=<hex of HMAC-SHA256 over the body>` (docs.github.com "Validating webhook deliveries"). */
export function isSignedByGithub(secret: string, { headers, body }: SignedCall): boolean {
  const given = /^sha256=([0-9a-f]{64})$/.exec(headers["x-hub-signature-256"] ?? "")?.[1];
  if (given === undefined) return false;
  return isSame(Buffer.from(given, "hex"), createHmac("sha256", secret).update(body).digest());
}

/** GitLab's signing token, as Standard Webhooks: `v1,<base64 of HMAC-SHA256 over id.timestamp.body>`, several apart by blanks. */
function isSignedByStandard(secret: string, { headers, body, now }: SignedCall): boolean {
  const { "webhook-id": id = "", "webhook-timestamp": at = "", "webhook-signature": given = "" } = headers;
  if (!/^\d{1,12}$/.test(at) || Math.abs(now - Number(at) * 1_000) > TOLERANCE_MS) return false;
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  const wanted = createHmac("sha256", key).update(`${id}.${at}.`).update(body).digest();
  return given
    .split(" ", 10)
    .some((one) => one.startsWith("v1,") && isSame(Buffer.from(one.slice(3), "base64"), wanted));
}

/** GitLab: the signature where it signs, else the secret itself in `X-Gitlab-Token` (docs.gitlab.com "Webhooks"). */
export function isFromGitlab(secret: string, call: SignedCall): boolean {
  if (call.headers["webhook-signature"] !== undefined) return isSignedByStandard(secret, call);
  return isSame(Buffer.from(call.headers["x-gitlab-token"] ?? ""), Buffer.from(secret));
}
