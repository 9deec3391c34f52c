// Loaded only when somebody is there to answer.
import { confirm, isCancel, multiselect, select } from "@clack/prompts";
import type { Forge } from "./detect/find-forges.ts";

/** Null when the person left instead of answering. */
type Answer<Value> = Promise<Value | null>;

/** Which forge, where nothing shows it. */
export async function askForge(): Answer<Forge> {
  const answer = await select<Forge>({
    message: "Where are pull requests merged?",
    options: [
      { value: "github", label: "GitHub" },
      { value: "gitlab", label: "GitLab" },
      { value: "other", label: "Elsewhere", hint: "a script for any CI" },
    ],
  });
  return isCancel(answer) ? null : answer;
}

/** Which of the files that are somebody's own give way. */
export async function askReplace(paths: readonly string[]): Answer<string[]> {
  const answer = await multiselect({
    message:
      "These are yours and stay, unless you choose init's text for them (the difference is shown above):",
    options: paths.map((path) => ({ value: path, label: path })),
    required: false,
  });
  return isCancel(answer) ? null : answer;
}

/** Do it? */
export async function askGo(message: string): Answer<boolean> {
  const answer = await confirm({ message });
  return isCancel(answer) ? null : answer;
}
