import { type LoopbackRequest, type LoopbackResponse, serveLoopback } from "../../../platform/http/index.ts";
import { type CheckedRequest, checkRequest } from "./check-request.ts";
import { type Mood, misbehave } from "./mood.ts";
import { checkResponse, type Json, type Operation } from "./published-schema.ts";

/** What the forge knows of one pull request, in the shapes that it answers. */
export interface ForgeState {
  /** `owner/name` */
  repository: string;
  pull: Json | null;
  reviews: readonly Json[];
  /** Commits of the pull request, oldest first. */
  commits: readonly Json[];
  /** Pull requests of a commit. */
  pullsOf: Readonly<Record<string, readonly Json[]>>;
  /** `org/team/user`, in lower case → membership. */
  memberships: Readonly<Record<string, Json>>;
}

/** A forge for one run of the simulation. */
export interface FakeForge {
  readonly url: string;
  /** What was asked and answered, such as `GET /repos/o/r/pulls/1 200`. */
  readonly asked: readonly string[];
  /** What does not follow GitHub's published description, in requests or in the forge's own answers. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

const HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "x-github-media-type": "github.v3; format=json",
  "x-ratelimit-limit": "5000",
  "x-ratelimit-remaining": "4999",
};

function reply(status: number, body: unknown): LoopbackResponse {
  return { status, headers: HEADERS, body: body === null ? "" : JSON.stringify(body) };
}

function notFound(): LoopbackResponse {
  return reply(404, {
    message: "Not Found",
    documentation_url: "https://docs.github.com/rest",
    status: "404",
  });
}

/** A page of a list (docs.github.com "Using pagination in the REST API": 30 a page, at most 100). */
function page(list: readonly Json[], query: URLSearchParams): readonly Json[] {
  const size = Math.min(Number(query.get("per_page") ?? 30) || 30, 100);
  const number = Math.max(Number(query.get("page") ?? 1) || 1, 1);
  return list.slice((number - 1) * size, number * size);
}

function answerOperation(
  { id }: Operation,
  parameters: CheckedRequest["parameters"],
  query: URLSearchParams,
  state: ForgeState,
): LoopbackResponse {
  const { owner, repo, pull_number, commit_sha = "", org, team_slug, username } = parameters;
  if (id === "teams/get-membership-for-user-in-org") {
    const membership = state.memberships[`${org}/${team_slug}/${username}`.toLowerCase()];
    return membership ? reply(200, membership) : notFound();
  }
  if (`${owner}/${repo}`.toLowerCase() !== state.repository.toLowerCase()) return notFound();
  if (id === "repos/list-pull-requests-associated-with-commit") {
    return reply(200, page(state.pullsOf[commit_sha] ?? [], query));
  }
  if (state.pull === null || String(state.pull.number) !== pull_number) return notFound();
  if (id === "pulls/get") return reply(200, state.pull);
  return reply(200, page(id === "pulls/list-commits" ? state.commits : state.reviews, query));
}

function bodyOf(response: LoopbackResponse): unknown {
  return response.body === "" ? null : JSON.parse(response.body);
}

/**
 * Serves what the action asks of GitHub, from memory, on the loopback address. Each request, and each answer of the
 * forge itself, is compared with GitHub's published description. The mood makes it misbehave as GitHub may.
 */
export async function startFakeForge(state: ForgeState, mood: Mood = "well"): Promise<FakeForge> {
  const asked: string[] = [];
  const problems = new Set<string>();
  const answer = (request: LoopbackRequest): LoopbackResponse | null => {
    const { operation, parameters, problems: wrong } = checkRequest(request);
    for (const problem of wrong) problems.add(problem);
    const well = operation ? answerOperation(operation, parameters, request.query, state) : notFound();
    if (operation) {
      for (const problem of checkResponse(operation, well.status, bodyOf(well))) {
        problems.add(`the forge's own answer to ${operation.id}: ${problem}`);
      }
    }
    const given = misbehave(well, mood, asked.length);
    asked.push(`${request.method} ${request.path} ${given?.status ?? "hung up"}`);
    return given;
  };
  const server = await serveLoopback(answer);
  return {
    url: server.url,
    asked,
    get problems() {
      return [...problems];
    },
    close: server.close,
  };
}
