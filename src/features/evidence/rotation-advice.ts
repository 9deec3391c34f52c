/** Where a secret of a kind is revoked, by the word of the rule that names it. Kept to what their makers document. */
const PLACES: Readonly<Record<string, string>> = {
  "1password": "1Password: revoke the service account's token under Developer → Service accounts",
  anthropic: "Anthropic: delete the key at console.anthropic.com → API keys",
  aws: "AWS: IAM → the user → Security credentials: deactivate and delete the access key, then look for its use in CloudTrail",
  azure:
    "Azure: Microsoft Entra ID → App registrations → Certificates & secrets, or rotate the storage key: delete and make anew",
  basicauth: "The password in the address: change it at the service that the address names",
  "database-connection-string":
    "The database: ALTER ROLE … PASSWORD (or its like), and end the open sessions of that user",
  gcp: "Google Cloud: IAM → Service accounts → Keys: delete the key",
  github:
    "GitHub: Settings → Developer settings → the token: delete it; an app's key in the app's settings; then read the audit log",
  gitlab: "GitLab: User settings → Access tokens (or those of the project or group): revoke it",
  "google-api": "Google Cloud: APIs & Services → Credentials: delete the key, or rotate and restrict it",
  linear: "Linear: Settings → API: revoke the key",
  npm: "npm: npm token revoke <id>, or npmjs.com → Access Tokens; then look at what was published since",
  openai: "OpenAI: platform.openai.com → API keys: delete the key",
  privatekey:
    "The private key: take its public half out wherever it opens a door (authorized_keys, deploy keys, certificates), and make a new pair",
  sendgrid: "SendGrid: Settings → API Keys: delete the key",
  shopify: "Shopify: the app → API credentials: rotate the secret, or uninstall the custom app",
  slack: "Slack: api.slack.com/apps → the app → revoke its tokens; a webhook: remove and make anew",
  stripe: "Stripe: Developers → API keys: roll the key; a webhook secret under its endpoint",
};

/** What to revoke, and where, for each kind of secret that was found; in general when none is known. */
export function rotationAdvice(kinds: readonly string[]): string[] {
  const advice = [...new Set(kinds)].map((kind) => PLACES[kind] ?? `${kind}: revoke it where it was made`);
  return advice.length > 0
    ? advice
    : ["no known kind of secret was found in the line: revoke it where it was made"];
}

/** How a secret leaves the history. Said, never run: it rewrites everybody's commits. */
export const HISTORY_ADVICE: readonly string[] = [
  "write one line into a file outside of the repository: <the secret>==>[REDACTED]",
  "git filter-repo --replace-text <that file>   (or: java -jar bfg.jar --replace-text <that file>)",
  "then force-push all branches and tags, and let everybody clone anew",
  "forks, pull request refs, caches of the forge, CI logs and old clones keep their copies: ask the forge to remove them, and count the secret as known all the same",
];
