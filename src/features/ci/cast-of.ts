import type { Repository } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";
import type { Cast } from "./scene/payloads.ts";

/** `git@github.com:owner/name.git`, `https://github.com/owner/name` → `owner/name`. */
function nameIn(url: string): string | null {
  const [, name] = /[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url.trim()) ?? [];
  return name ?? null;
}

/** Who the simulated events speak of: the repository's own name, and a reviewer whom the config lets override. */
export async function castOf(repository: Repository, branch: string, config: Config): Promise<Cast> {
  const { stdout } = await repository.git(["config", "--get", "remote.origin.url"], { accept: [0, 1] });
  const [named] = config.pullRequest.override;
  const team = named?.includes("/") ? named.replace(/^@/, "") : null;
  return {
    repository: nameIn(stdout.toString()) ?? "example/repository",
    branch,
    author: "simulated-author",
    reviewer: named !== undefined && team === null ? named.replace(/^@/, "") : "simulated-reviewer",
    teams: team === null ? [] : [team],
    number: 1,
  };
}
