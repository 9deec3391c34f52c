import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * @typedef {object} Subject one command to be timed as a whole process
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {string} cwd
 * @property {Record<string, string>} [env]
 * @property {(code: number) => boolean} [worked] does this exit code mean that it did its work (default: 0 does)
 * @property {(output: string) => string | null} [answer] what its output said, in a word or two; null when it is not
 *   what it had to say
 * @property {string} [input] what comes in on its standard input, by a pipe
 * @property {() => void} [before] done before each run, and not timed
 * @property {boolean} [once] so slow that its first run is its only one
 * @property {number} [limit] ms for one run, when it is not that of all
 *
 * @typedef {object} Result
 * @property {string} name
 * @property {number[]} times milliseconds, sorted
 * @property {number} median
 * @property {number | null} rss peak resident memory in MiB
 * @property {string} answer
 * @property {string | null} failed why there are no times
 * @property {number} [atLeast] ms after which it was stopped
 */

const TIME = "/usr/bin/time";

/** @param {Subject} subject @param {number} limit */
function runOnce(subject, limit) {
  subject.before?.();
  const begin = process.hrtime.bigint();
  const child = spawnSync(subject.command, subject.args, {
    cwd: subject.cwd,
    env: { ...process.env, ...subject.env },
    stdio: [subject.input === undefined ? "ignore" : "pipe", "ignore", "ignore"],
    input: subject.input,
    timeout: limit,
    killSignal: "SIGKILL",
  });
  return { ms: Number(process.hrtime.bigint() - begin) / 1e6, status: child.status ?? -1 };
}

/**
 * Runs with the output kept. In a process group of its own, so that all of it can be stopped.
 * @param {Subject} subject @param {number} limit
 * @returns {Promise<{ ms: number, status: number, out: string, err: string, isStopped: boolean }>}
 */
function runWatched(subject, limit) {
  subject.before?.();
  const begin = process.hrtime.bigint();
  const { promise, resolve, reject } = withResolvers();
  const child = spawn(subject.command, subject.args, {
    cwd: subject.cwd,
    env: { ...process.env, ...subject.env },
    stdio: [subject.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    detached: true,
  });
  // A command that reads nothing closes its end.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(subject.input);
  let isStopped = false;
  const timer = setTimeout(() => {
    isStopped = true;
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, limit);
  const output = { out: "", err: "" };
  child.stdout.on("data", (data) => (output.out += data));
  child.stderr.on("data", (data) => (output.err += data));
  child.on("error", reject);
  child.on("close", (code) => {
    clearTimeout(timer);
    resolve({ ms: Number(process.hrtime.bigint() - begin) / 1e6, status: code ?? -1, isStopped, ...output });
  });
  return promise;
}

function withResolvers() {
  /** @type {any} */
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return deferred;
}

/** @param {Subject} subject @param {number} status */
function hasWorked(subject, status) {
  return subject.worked ? subject.worked(status) : status === 0;
}

/** The command under GNU time, which writes its peak memory to the end of the errors. */
function withMemory(subject) {
  if (!existsSync(TIME)) return subject;
  return { ...subject, command: TIME, args: ["-f", "%M", subject.command, ...subject.args] };
}

/** Peak memory in MiB of the largest process, taken off the end of what was written to stderr. */
function takeMemory(stderr) {
  const lines = stderr.trimEnd().split("\n");
  const kibibytes = existsSync(TIME) ? Number(lines.pop()) : Number.NaN;
  if (lines.at(-1)?.startsWith("Command exited with non-zero status")) lines.pop();
  return { rss: Number.isFinite(kibibytes) ? kibibytes / 1024 : null, rest: lines.join("\n") };
}

/**
 * The first run, whose output is read: a command that fails must not pass for a fast one.
 * @param {Subject} subject @param {number} limit
 */
async function check(subject, limit) {
  const base = {
    name: subject.name,
    times: /** @type {number[]} */ ([]),
    median: Number.NaN,
    rss: null,
    answer: "",
  };
  const run = await runWatched(withMemory(subject), limit).catch((error) => ({
    error: String(error.message),
  }));
  if ("error" in run) return { ...base, failed: run.error };
  if (run.isStopped) return { ...base, failed: `over ${limit / 1000} s`, atLeast: limit };
  const { rss, rest } = takeMemory(run.err);
  const output = `${run.out}${rest}`;
  const answer = subject.answer ? subject.answer(output) : "";
  const last = output.trim().split("\n").at(-1)?.trim().slice(0, 200);
  if (!hasWorked(subject, run.status)) return { ...base, failed: `exit ${run.status}: ${last}` };
  if (answer === null) return { ...base, failed: `did not give the answer: ${last}` };
  return {
    ...base,
    times: subject.once ? [run.ms] : [],
    rss,
    answer,
    failed: null,
  };
}

/** @param {number[]} sorted */
export function medianOf(sorted) {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Times commands as whole processes in turn (A B C A B C …), so that a machine that slows down slows all of them.
 * @param {Subject[]} subjects
 * @param {{ rounds?: number, limit?: number }} [options] `limit` in ms for one run
 * @returns {Promise<Result[]>}
 */
export async function compare(subjects, { rounds = 9, limit = 120_000 } = {}) {
  const results = [];
  for (const subject of subjects) {
    process.stderr.write(`  ${subject.name}\n`);
    results.push(await check(subject, subject.limit ?? limit));
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, subject] of subjects.entries()) {
      const result = results[at];
      if (result.failed !== null || subject.once) continue;
      const { ms, status } = runOnce(subject, subject.limit ?? limit);
      if (!hasWorked(subject, status)) result.failed = `exit ${status} in round ${round}`;
      else result.times.push(ms);
    }
  }
  for (const result of results) {
    result.times.sort((a, b) => a - b);
    if (result.failed === null) result.median = medianOf(result.times);
  }
  return results;
}
