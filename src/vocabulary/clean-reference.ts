/** Names of query values that open doors. Words inside a name count: `x-amz-signature`, `client_secret`. */
const SECRET_PART =
  /token|secret|passw|pwd|signature|credential|api[-_]?key|access[-_]?key|private[-_]?key|jwt|session/;
const SECRET_NAME = /^(key|sig|sign|code|auth|authorization|pass|sid|otp|hmac|assertion)$/;

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll("+", " ")).trim().toLowerCase();
  } catch {
    // A broken escape: what stands there is the name.
    return name.toLowerCase();
  }
}

function isSecretName(name: string): boolean {
  const plain = decoded(name);
  return SECRET_NAME.test(plain) || SECRET_PART.test(plain);
}

function cleanPairs(text: string, removed: string[]): string {
  return text.replace(/([^&;=?#]+)=([^&;#]+)/g, (pair, name: string) => {
    if (!isSecretName(name)) return pair;
    removed.push(`the value of ${JSON.stringify(decoded(name).slice(0, 40))}`);
    return `${name}=[REDACTED]`;
  });
}

/**
 * A reference as it is stored: without user information and without secret query values (contract §1). What
 * follows `#` is cleaned too, since sign-in flows hand tokens over there.
 * @returns the reference, and in words what was taken out
 */
export function cleanReference(reference: string): { reference: string; removed: string[] } {
  const removed: string[] = [];
  const bare = reference.replace(/^(\s*[a-z][a-z0-9+.-]*:[\\/]{2,})([^\\/?#]*)@/i, (_, scheme: string) => {
    removed.push("user information");
    return scheme;
  });
  const query = bare.search(/[?#]/);
  if (query < 0) return { reference: bare, removed };
  return { reference: bare.slice(0, query) + cleanPairs(bare.slice(query), removed), removed };
}
