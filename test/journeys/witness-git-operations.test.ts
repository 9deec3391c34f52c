import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  consulted,
  edited,
  recordBeat,
  recordCalls,
  recorderSession,
  type Worker,
} from "../harness/recorded-lines.ts";
import {
  type TemporaryRepository,
  temporaryFolder,
  temporaryRepository,
} from "../harness/temporary-repository.ts";

/** What `init` writes for records. */
const ATTRIBUTES = ["jsonl", "ndjson"]
  .map((kind) => `artifacts/**/*.${kind} text eol=lf merge=union\n`)
  .join("");
const TASKS = { ada: "ENG-1", bob: "ENG-2" } as const;
type Agent = keyof typeof TASKS;
const AGENTS = ["ada", "bob"] as const;

const at = (minute: number) => `2026-01-05T09:${String(minute).padStart(2, "0")}:00Z`;

/** An agent's own worktree, with a hook session that records in it. */
class Desk {
  readonly root: string;
  readonly agent: Agent;
  readonly #repository: TemporaryRepository;

  constructor(repository: TemporaryRepository, agent: Agent) {
    this.#repository = repository;
    this.agent = agent;
    this.root = join(temporaryFolder(), agent);
    repository.git("worktree", "add", "--quiet", "-b", agent, this.root, "main");
  }

  git(minute: number, ...words: string[]): string {
    const date = { GIT_AUTHOR_DATE: at(minute), GIT_COMMITTER_DATE: at(minute) };
    const env = { ...date, GIT_SEQUENCE_EDITOR: ":", GIT_EDITOR: ":" };
    const done = this.#repository.tryGit(["-C", this.root, ...words], { env });
    if (done.code !== 0) throw new Error(`git ${words.join(" ")}: ${done.err}${done.out}`);
    return done.out.trim();
  }

  get worker(): Worker {
    return { root: this.root, agent: this.agent, task: TASKS[this.agent] };
  }

  /** What the agent's host tells its hook while a file is changed. */
  work(minute: number, name: string, text: string): void {
    const path = `src/${this.agent}/${name}.ts`;
    const hook = recorderSession("hook", this.worker, this.agent);
    recordCalls(hook, [consulted("/vercel/next.js", at(minute), `${this.agent}-read-${minute}`)]);
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
    recordCalls(hook, [edited(path, at(minute), `${this.agent}-edit-${minute}`)]);
    recordBeat(hook, { task: this.worker.task, status: "doing", file: path, at: Date.parse(at(minute)) });
  }

  commit(minute: number, ...words: string[]): void {
    this.git(minute, "add", "--all");
    this.git(minute, "commit", "--quiet", ...words);
  }
}

/** Two agents at work at the same time, each in a worktree of one repository: two commits each. */
function atWork(): { repository: TemporaryRepository; desks: Record<Agent, Desk> } {
  const repository = temporaryRepository(
    { ".gitattributes": ATTRIBUTES, "src/shared.ts": "export {};\n" },
    { start: at(0) },
  );
  const desks = { ada: new Desk(repository, "ada"), bob: new Desk(repository, "bob") };
  for (const name of AGENTS) desks[name].work(1, "one", "export const one = 1;\n");
  for (const name of AGENTS) desks[name].commit(2, "-m", "One");
  for (const name of AGENTS) desks[name].work(3, "two", "export const two = 2;\n");
  for (const name of AGENTS) desks[name].commit(4, "-m", "Two");
  return { repository, desks };
}

/** `main` goes on without the agents. */
function moveMain(repository: TemporaryRepository): void {
  repository.write("src/shared.ts", "export const shared = 1;\n");
  repository.commit("Go on", { time: at(5) });
}

interface Seen {
  agents: string[];
  tasks: (string | null)[];
  files: Record<string, string>;
}

/** Whose calls a range shows, and whose edits of which files. */
async function seen(repository: TemporaryRepository, base: string, head: string): Promise<Seen> {
  const { out, err } = await repository.runCli([
    "witness",
    "coverage",
    "--base",
    base,
    "--head",
    head,
    "--json",
  ]);
  if (out === "") throw new Error(err);
  const { calls, files } = JSON.parse(out) as {
    calls: { agent: string; task: string | null }[];
    files: { file: string; agents: string[]; tasks: string[]; seenBy: string[] }[];
  };
  const unique = <Item>(items: Item[]) => [...new Set(items)].sort();
  return {
    agents: unique(calls.map(({ agent }) => agent)),
    tasks: unique(calls.map(({ task }) => task)),
    files: Object.fromEntries(
      files.map(({ file, agents, tasks, seenBy }) => [file, [...agents, ...tasks, ...seenBy].join(" ")]),
    ),
  };
}

/** Of a file whose beginning is not there git asks whether it shall come: it comes whole. */
function pickAlone(repository: TemporaryRepository, commit: string): void {
  expect(repository.tryGit(["cherry-pick", commit]).code).toBe(1);
  repository.git("add", "--all");
  repository.git("-c", "core.editor=true", "cherry-pick", "--continue");
}

/** Findings that block. */
async function alarms(repository: TemporaryRepository, base: string, head: string): Promise<string[]> {
  const words = ["guard", "all", "--base", base, "--head", head, "--json"];
  const { out, err } = await repository.runCli(words);
  if (out === "") throw new Error(err);
  const { guards } = JSON.parse(out) as {
    guards: { findings: { rule: string; level: string; message: string }[] }[];
  };
  return guards
    .flatMap(({ findings }) => findings)
    .filter(({ level }) => level === "block")
    .map(({ rule, message }) => `${rule}: ${message}`);
}

const own = (agent: Agent, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [`src/${agent}/${name}.ts`, `${agent} ${TASKS[agent]} hook`]));

/** The work of one agent, and of nobody else. */
const of = (agent: Agent, ...names: string[]): Seen => ({
  agents: [agent],
  tasks: [TASKS[agent]],
  files: own(agent, ...names),
});

describe("lines of two agents who work at the same time", () => {
  /** Each agent does the operation on its own branch; then the branch is judged against `main`. */
  async function onOwnBranch(
    operate: (desk: Desk, repository: TemporaryRepository) => void,
    names = ["one", "two"],
  ) {
    const { repository, desks } = atWork();
    moveMain(repository);
    for (const name of AGENTS) operate(desks[name], repository);
    for (const name of AGENTS) {
      expect(await seen(repository, "main", name)).toEqual(of(name, ...names));
      expect(await alarms(repository, "main", name)).toEqual([]);
    }
  }

  it("stay with their work when a commit is amended", () =>
    onOwnBranch(
      (desk) => {
        desk.work(6, "three", "export const three = 3;\n");
        desk.git(7, "add", "--all");
        desk.git(7, "commit", "--quiet", "--amend", "-m", "Two and three");
      },
      ["one", "three", "two"],
    ));

  it("stay with their work when a branch is rebased", () =>
    onOwnBranch((desk) => desk.git(6, "rebase", "--quiet", "main")));

  it("stay with their work when a fixup is squashed into an older commit", () =>
    onOwnBranch((desk) => {
      desk.work(6, "one", "export const one = 11;\n");
      desk.commit(7, "--fixup", "HEAD~1");
      desk.git(8, "rebase", "--quiet", "--interactive", "--autosquash", "main");
    }));

  it("stay with their work when a commit is reverted", () =>
    onOwnBranch((desk) => desk.git(6, "revert", "--no-edit", "HEAD"), ["one"]));

  it("stay with their work when the branch is renamed, and go on in the same session", async () => {
    const { repository, desks } = atWork();
    for (const name of AGENTS) {
      desks[name].git(6, "branch", "--move", `renamed/${name}`);
      desks[name].work(7, "three", "export const three = 3;\n");
      desks[name].commit(8, "-m", "Three");
    }
    for (const name of AGENTS) {
      expect(await seen(repository, "main", `renamed/${name}`)).toEqual(of(name, "one", "three", "two"));
      expect(await alarms(repository, "main", `renamed/${name}`)).toEqual([]);
    }
  });

  it("stay with their work when branches are squashed onto main one after the other", async () => {
    const { repository } = atWork();
    for (const [index, name] of AGENTS.entries()) {
      repository.git("merge", "--quiet", "--squash", name);
      repository.commit(`Squash ${name}`, { time: at(6 + index) });
      expect(await seen(repository, "main~1", "main")).toEqual(of(name, "one", "two"));
      expect(await alarms(repository, "main~1", "main")).toEqual([]);
    }
  });

  it("stay with their work when a branch is merged, and when main was merged into it before", async () => {
    const { repository, desks } = atWork();
    repository.merge("ada", { time: at(6) });
    desks.bob.git(7, "merge", "--quiet", "--no-edit", "main");
    desks.bob.work(8, "three", "export const three = 3;\n");
    desks.bob.commit(9, "-m", "Three");
    expect(await seen(repository, "main", "bob")).toEqual(of("bob", "one", "three", "two"));
    expect(await alarms(repository, "main", "bob")).toEqual([]);
    repository.merge("bob", { time: at(10) });
    expect(await seen(repository, "main~1", "main")).toEqual(of("bob", "one", "three", "two"));
    expect(await seen(repository, "main~2", "main")).toEqual({
      agents: ["ada", "bob"],
      tasks: ["ENG-1", "ENG-2"],
      files: { ...own("ada", "one", "two"), ...own("bob", "one", "three", "two") },
    });
    expect(await alarms(repository, "main~2", "main")).toEqual([]);
  });

  it("stay with their work when single commits are picked, also without those before them", async () => {
    const { repository } = atWork();
    for (const name of AGENTS) {
      repository.branch(`release-${name}`, "main");
      pickAlone(repository, name);
      expect(await seen(repository, "main", "HEAD")).toEqual(of(name, "two"));
      expect(await alarms(repository, "main", "HEAD")).toEqual([]);
      repository.move("main");
    }
    repository.branch("both", "main");
    for (const name of AGENTS) repository.git("cherry-pick", `main..${name}`);
    expect((await seen(repository, "main", "HEAD")).files).toEqual({
      ...own("ada", "one", "two"),
      ...own("bob", "one", "two"),
    });
    expect(await alarms(repository, "main", "HEAD")).toEqual([]);
  });
});
