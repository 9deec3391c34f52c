import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { cliFile } from "./cli-file.ts";

/** A file to write: text, or bytes that need not be text. */
type Content = string | Uint8Array;
/** Milliseconds since 1970, or RFC 3339 text. */
type Instant = number | string;

/** What a process answered. */
export interface Answer {
  code: number;
  out: string;
  err: string;
}

export interface RunCliOptions {
  /** Milliseconds after which it is ended, for the few commands that start many processes. */
  timeout?: number;
  cwd?: string;
  /** Another built file than the command line of `dist/`. */
  file?: string;
  input?: Content;
  /** Added to the environment; `undefined` takes a variable out. */
  env?: Record<string, string | undefined>;
}

export interface TemporaryRepository {
  readonly folder: string;
  /** Writes a file, with the folders above it. */
  write(path: string, content: Content): void;
  remove(path: string): void;
  /** Commits all that is not ignored, also when nothing changed; each commit is a minute after the last unless `time` says otherwise. */
  commit(message: string, options?: { time?: Instant }): string;
  /** Creates a branch at `from` (default: where we are) and moves onto it. */
  branch(name: string, from?: string): void;
  /** Moves onto a branch that exists. */
  move(revision: string): void;
  /** Merges with a merge commit, even where a fast-forward would do. */
  merge(revision: string, options?: { time?: Instant; message?: string }): string;
  /** Runs git and returns what it printed, without the last newline; throws when git says no. */
  git(...words: string[]): string;
  /** Runs git, whatever it answers. */
  tryGit(words: string[], options?: { input?: Content; env?: Record<string, string> }): Answer;
  clone(...words: string[]): TemporaryRepository;
  bareClone(...words: string[]): TemporaryRepository;
  /** Runs the built command line in this repository. */
  runCli(words: string[], options?: RunCliOptions): Promise<Answer>;
}

const START = Date.parse("2026-01-05T09:00:00Z");
const MINUTE_MS = 60_000;
const CLI_TIMEOUT_MS = 50_000;
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A new empty folder, removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "growth-engine-test-")));
  folders.push(folder);
  return folder;
}

/** The machine's environment without what a CI job, a hook or a user's git settings would add. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(GIT_|GITHUB_|GROWTH_ENGINE_|NODE_OPTIONS$|VITEST|CI$|NO_COLOR$|FORCE_COLOR$)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.com",
  };
}

/** Runs Node with these words as its own process, on the Node that `GROWTH_ENGINE_TEST_NODE` names. */
export function runNode(words: string[], options: RunCliOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.GROWTH_ENGINE_TEST_NODE ?? process.execPath, words, {
      cwd: options.cwd ?? temporaryFolder(),
      env: { ...cleanEnvironment(), ...options.env },
      timeout: options.timeout ?? CLI_TIMEOUT_MS,
      killSignal: "SIGKILL",
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => out.push(part));
    child.stderr.on("data", (part: Buffer) => err.push(part));
    // A command may answer before it has read its input.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (signal) reject(new Error(`node ${words.join(" ")} was ended by ${signal}`));
      else
        resolve({ code: code ?? -1, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
    });
  });
}

/** Runs the built command line as its own process. */
export function runCli(words: string[], options: RunCliOptions = {}): Promise<Answer> {
  return runNode([options.file ?? cliFile(), ...words], options);
}

function at(folder: string, startOfCommits: number): TemporaryRepository {
  let latest = startOfCommits;

  const tryGit: TemporaryRepository["tryGit"] = (words, options = {}) => {
    const done = spawnSync("git", words, {
      cwd: folder,
      env: { ...cleanEnvironment(), ...options.env },
      input: options.input ?? "",
      maxBuffer: 1 << 28,
    });
    if (done.error) throw done.error;
    return { code: done.status ?? -1, out: done.stdout.toString(), err: done.stderr.toString() };
  };
  const gitAt = (words: string[], time?: Instant): string => {
    if (time !== undefined) latest = typeof time === "number" ? time : Date.parse(time);
    const date = `@${Math.floor(latest / 1_000)} +0000`;
    const answer = tryGit(words, { env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } });
    if (answer.code !== 0) throw new Error(`git ${words.join(" ")}: ${answer.err || answer.out}`);
    return answer.out.replace(/\n$/, "");
  };
  const git: TemporaryRepository["git"] = (...words) => gitAt(words);
  const cloneInto = (words: string[]): TemporaryRepository => {
    const target = temporaryFolder();
    // A file address, since git ignores --depth and --filter for a plain path.
    git("clone", "--quiet", ...words, `file://${folder}`, target);
    return at(target, latest);
  };

  return {
    folder,
    write(path, content) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    },
    remove: (path) => rmSync(join(folder, path), { recursive: true }),
    commit(message, { time = latest + MINUTE_MS } = {}) {
      git("add", "--all");
      gitAt(["commit", "--quiet", "--allow-empty", "--no-verify", "-m", message], time);
      return git("rev-parse", "HEAD");
    },
    branch: (name, from = "HEAD") => void git("switch", "--quiet", "-c", name, from),
    move: (revision) => void git("checkout", "--quiet", revision),
    merge(revision, { time = latest + MINUTE_MS, message = `Merge ${revision}` } = {}) {
      gitAt(["merge", "--quiet", "--no-ff", "-m", message, revision], time);
      return git("rev-parse", "HEAD");
    },
    git,
    tryGit,
    clone: (...words) => cloneInto(words),
    bareClone: (...words) => cloneInto(["--bare", ...words]),
    runCli: (words, options = {}) => runCli(words, { cwd: folder, ...options }),
  };
}

/**
 * A real git repository on branch `main` in a temporary folder, with no user's or system's git settings.
 * The files, when given, are its first commit. Commits carry fixed dates from 2026-01-05T09:00:00Z on.
 */
export function temporaryRepository(
  files?: Record<string, Content>,
  options: { start?: Instant } = {},
): TemporaryRepository {
  const start = options.start ?? START;
  const repository = at(temporaryFolder(), typeof start === "number" ? start : Date.parse(start));
  repository.git("init", "--quiet", "-b", "main");
  if (files) {
    for (const [path, content] of Object.entries(files)) repository.write(path, content);
    repository.commit("Start", { time: start });
  }
  return repository;
}
