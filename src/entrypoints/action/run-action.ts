import { CONFIG_FILE, readConfig } from "../../features/config/index.ts";
import {
  fetchRange,
  learnFromForge,
  type Note,
  type Occasion,
  readOccasion,
} from "../../features/forge/index.ts";
import {
  type EventFile,
  judgeRange,
  readEvent,
  readEventFile,
  refuseLongText,
  type Subject,
} from "../../features/guard/index.ts";
import type { VerdictReport } from "../../features/verdict/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { commitTree, openRepository, type Repository, resolveCommit } from "../../platform/git/index.ts";
import type { GithubAccess } from "../../platform/github/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { Inputs } from "./read-inputs.ts";
import type { Surroundings } from "./read-surroundings.ts";

/** All questions to the forge together; then the check answers without it. */
const FORGE_MS = 25_000;

/** The answer of this run; no report where there was nothing to judge. */
export interface ActionAnswer {
  report: VerdictReport | null;
  notes: Note[];
}

interface Asked {
  subject: Subject;
  occasion: Occasion;
}

function readAsked(file: EventFile | null, { repository }: Surroundings): Asked {
  const subject = file === null || isDeletion(file) ? null : readEvent(file.name, file.event);
  const occasion = file === null ? null : readOccasion(file.name, file.event, repository);
  if (subject !== null && occasion !== null) return { subject, occasion };
  throw new Refusal("USAGE", `the event "${file?.name ?? "none"}" names no range of commits to judge`, {
    hint: "on: pull_request_target, merge_group, push",
  });
}

function isDeletion({ name, event }: EventFile): boolean {
  return name === "push" && (event as { deleted?: unknown } | null)?.deleted === true;
}

/** The rules of the target's tip say whom to ask for. */
async function rulesOf(repository: Repository, { base }: Subject) {
  const tip = await resolveCommit(repository, base ?? "HEAD");
  return readConfig(commitTree(repository, tip, CONFIG_FILE));
}

/**
 * Judges what an event of GitHub Actions is about.
 * @throws Refusal or Fault where there is no answer
 */
export async function runAction(
  inputs: Inputs,
  surroundings: Surroundings,
  context: CommandContext,
): Promise<ActionAnswer> {
  const file = await readEventFile(context);
  if (file !== null && isDeletion(file)) return { report: null, notes: [] };
  const { subject, occasion } = readAsked(file, surroundings);
  const { server, api, repository: name } = surroundings;
  const { token, guards } = inputs;
  const repository = await openRepository(context.cwd);
  const fetched = await fetchRange(repository, occasion, subject, {
    server,
    url: `${server}/${name}.git`,
    token,
  });
  const access: GithubAccess = {
    api,
    token,
    version: context.version,
    deadline: AbortSignal.timeout(FORGE_MS),
  };
  const config = await rulesOf(repository, fetched.subject);
  const learned = await learnFromForge(access, occasion, fetched.subject, { config, repository });
  refuseLongText(learned.subject.text);
  const { report } = await judgeRange(repository, learned.subject, guards);
  return { report, notes: [...fetched.notes, ...learned.notes] };
}
