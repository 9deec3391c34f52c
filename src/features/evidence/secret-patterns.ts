/** Keys that secretlint's recommended rules do not know, by the prefix that their makers gave them. */
export const SECRET_PATTERNS: Readonly<Record<string, RegExp>> = {
  stripe: /\b(?:[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/]{24,})/g,
  gitlab: /\bgl(?:pat|dt|rt|ptt|cbt)-[A-Za-z0-9_-]{20,}/g,
  "google-api": /\bAIza[A-Za-z0-9_-]{35}/g,
};
