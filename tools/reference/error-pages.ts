import { ERROR_CODES } from "../../src/platform/errors/index.ts";
import { EXIT } from "../../src/vocabulary/exit-code.ts";
import { type Pages, table } from "./page.ts";

const MEANING: Record<keyof typeof EXIT, readonly [meaning: string, examples: string]> = {
  ok: ["ran, and all is well, or nothing applied", "`pass`, `not-applicable`, findings below `block`"],
  no: ["ran, and the answer is no", "findings at level `block`, a late task, a refused push"],
  usage: [
    "asked wrongly: usage, config or input error",
    "an unknown option, a bad revision, a mistake in the config",
  ],
  fault: [
    "could not run; never mistaken for 0",
    "no repository, a commit that a shallow clone lacks, no permission",
  ],
};

function exitPage(): string {
  const rows = Object.entries(EXIT).map(([name, code]) => {
    const [meaning, examples] = MEANING[name as keyof typeof EXIT];
    return [String(code), meaning, examples];
  });
  return `# Exit codes\n\nThe same for every command.\n\n${table(["exit", "meaning", "for example"], rows)}\n`;
}

function errorPage(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, says]) => [`\`${code}\``, says]);
  return `# Errors

What a command could not do is said on standard error as one sentence with a code, and a second line with the command
or edit that mends it. A mistake of the caller ends with [exit](exit-codes.md) 2, a broken world with 3. Codes are
stable: they are added, never renamed.

${table(["code", "meaning"], rows)}
`;
}

/** The closed lists of error codes and exit codes. */
export function errorPages(): Pages {
  return { "docs/reference/errors.md": errorPage(), "docs/reference/exit-codes.md": exitPage() };
}
