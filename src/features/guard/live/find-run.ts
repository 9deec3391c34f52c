import type { CommandContext } from "../../../platform/terminal/index.ts";
import { readEventFile } from "../gather-subject.ts";

/** What the CI run around a command says of itself; null where it says nothing. */
export interface Run {
  /** `owner/name`. */
  repository: string | null;
  pull: number | null;
  url: string | null;
}

const numberOf = (value: unknown): number | null => {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
};

function pullOf(event: unknown): number | null {
  const pull = (event as { pull_request?: { number?: unknown } } | null)?.pull_request;
  return numberOf(pull?.number);
}

/**
 * The run of GitHub Actions or GitLab CI that this process is part of
 * (docs.github.com "Variables reference", docs.gitlab.com "Predefined CI/CD variables reference").
 */
export async function findRun(context: CommandContext): Promise<Run> {
  const { env } = context;
  if (env.GITHUB_ACTIONS === "true") {
    const { GITHUB_REPOSITORY: repository, GITHUB_SERVER_URL: server, GITHUB_RUN_ID: run } = env;
    return {
      repository: repository || null,
      pull: pullOf((await readEventFile(context))?.event),
      url: server && repository && run ? `${server}/${repository}/actions/runs/${run}` : null,
    };
  }
  if (env.GITLAB_CI === "true") {
    return {
      repository: env.CI_PROJECT_PATH || null,
      pull: numberOf(env.CI_MERGE_REQUEST_IID),
      url: env.CI_JOB_URL || null,
    };
  }
  return { repository: null, pull: null, url: null };
}
