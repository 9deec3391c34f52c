import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * @typedef {object} Subject one command to be timed as a whole process
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {string} cwd
 * @property {Record<string, string>} [env]
 * @property {number[]} [exits] exit codes that mean it did its work (default: 0)
 * @property {(output: string) => string} [answer] what its output said, in a word or two, for the table
 * @property {() => void} [before] done before each run, and not timed
 * @property {number} [rounds] fewer rounds than the others, for a slow one
 *
 * @typedef {object} Result
 * @property {string} name
 * @property {number[]} times milliseconds, sorted
 * @property {number} median
 * @property {number | null} rss peak resident memory in MiB
 * @property {string} answer
 * @property {string | null} failed why there are no times
 */

const TIME = "/usr/bin/time";
const MAX_OUTPUT = 256 << 20;

/** @param {Subject} subject @param {number} limit @param {boolean} [keep] */
function runOnce(subject, limit, keep = false) {
  subject.before?.();
  const begin = process.hrtime.bigint();
  const child = spawnSync(subject.command, subject.args, {
    cwd: subject.cwd,
    env: { ...process.env, ...subject.env },
    stdio: ["ignore", keep ? "pipe" : "ignore", keep ? "pipe" : "ignore"],
    timeout: limit,
    killSignal: "SIGKILL",
    maxBuffer: MAX_OUTPUT,
  });
  return { ms: Number(process.hrtime.bigint() - begin) / 1e6, child };
}

/** The first run, whose output is read: a command that fails must not pass for a fast one. */
function check(subject, limit) {
  const { child } = runOnce(subject, limit, true);
  if (child.error?.code === "ETIMEDOUT" || child.signal === "SIGKILL")
    return { failed: `over ${limit / 1000} s`, answer: "" };
  if (child.error) return { failed: child.error.message, answer: "" };
  const output = `${child.stdout}${child.stderr}`;
  if (!(subject.exits ?? [0]).includes(child.status ?? -1))
    return { failed: `exit ${child.status}: ${output.trim().slice(0, 300)}`, answer: "" };
  return { failed: null, answer: subject.answer?.(output) ?? "" };
}

/** Peak memory of the process and the children it waited for, where GNU time is there to tell. */
function peakMemory(subject, limit) {
  if (!existsSync(TIME)) return null;
  const measured = { ...subject, command: TIME, args: ["-f", "%M", subject.command, ...subject.args] };
  const { child } = runOnce(measured, limit, true);
  const kibibytes = Number(String(child.stderr).trim().split("\n").at(-1));
  return Number.isFinite(kibibytes) ? kibibytes / 1024 : null;
}

/** @param {number[]} sorted */
export function medianOf(sorted) {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Times commands as whole processes in turn (A B C A B C …), so that a machine that slows down slows all of them.
 * @param {Subject[]} subjects
 * @param {{ rounds?: number, limit?: number, memory?: boolean }} [options] `limit` in ms for one run
 * @returns {Result[]}
 */
export function compare(subjects, { rounds = 9, limit = 120_000, memory = true } = {}) {
  const results = subjects.map((subject) => {
    process.stderr.write(`  ${subject.name}\n`);
    const checked = check(subject, limit);
    const rss = memory && checked.failed === null ? peakMemory(subject, limit) : null;
    return { name: subject.name, times: /** @type {number[]} */ ([]), median: Number.NaN, rss, ...checked };
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, subject] of subjects.entries()) {
      const result = results[at];
      if (result.failed !== null || round >= (subject.rounds ?? rounds)) continue;
      const { ms, child } = runOnce(subject, limit);
      if (!(subject.exits ?? [0]).includes(child.status ?? -1))
        result.failed = `exit ${child.status} in round ${round}`;
      else result.times.push(ms);
    }
  }
  for (const result of results) {
    result.times.sort((a, b) => a - b);
    if (result.failed === null) result.median = medianOf(result.times);
  }
  return results;
}
