import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { ROOT } from "./work-folder.mjs";

/** @typedef {import("./compare.mjs").Result} Result */

function versionOf(command, args = ["--version"]) {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
      .split("\n")[0]
      .trim();
  } catch {
    return null;
  }
}

/** The machine without anything that names it. */
export function describeMachine() {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = Math.round(totalmem() / 2 ** 30);
  const git = versionOf("git")?.replace("git version ", "git ") ?? "no git";
  return `${model}, ${availableParallelism()} cores, ${memory} GiB; ${process.platform} ${process.arch}; Node ${process.version.slice(1)}; ${git}`;
}

function milliseconds(value) {
  return value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

/**
 * One row for each command: median, least and most, ratio to the references, memory, answer.
 * @param {Result[]} results
 * @param {string[]} references names that ratios are taken to
 */
export function renderResults(results, references) {
  const bases = references.flatMap(
    (name) => results.find((result) => result.name === name && result.failed === null) ?? [],
  );
  const head = [
    "command",
    "median",
    "min–max",
    "runs",
    ...bases.map((base) => `÷ ${base.name}`),
    "peak memory",
    "answer",
  ];
  const rows = results.map((result) => {
    if (result.failed !== null)
      return [result.name, result.failed.split("\n")[0], ...head.slice(2).map(() => "")];
    const [least, most] = [result.times[0], result.times[result.times.length - 1]];
    return [
      result.name,
      milliseconds(result.median),
      `${milliseconds(least)} – ${milliseconds(most)}`,
      String(result.times.length),
      ...bases.map((base) => (result.median / base.median).toFixed(2)),
      result.rss === null ? "" : `${Math.round(result.rss)} MiB`,
      result.answer,
    ];
  });
  return renderRows(head, rows);
}

/** @param {string[]} head @param {string[][]} rows */
export function renderRows(head, rows) {
  const table = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, at) => Math.max(3, ...table.map((cells) => [...(cells[at] ?? "")].length)));
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  const padded = table.map((cells) =>
    line(cells.map((cell, at) => cell + " ".repeat(widths[at] - [...cell].length))),
  );
  return [padded[0], line(widths.map((width) => "-".repeat(width))), ...padded.slice(1)].join("\n");
}

/**
 * A limit that was promised, and what was measured.
 * @param {Result[]} results
 * @param {{ of: string, to: string, atMost: number }[]} limits
 */
export function renderLimits(results, limits) {
  const find = (name) => results.find((result) => result.name === name);
  const rows = limits.map(({ of, to, atMost }) => {
    const [own, other] = [find(of), find(to)];
    const show = (ratio) => (atMost < 0.1 ? `1/${Math.round(1 / ratio)}` : `${ratio.toFixed(2)} ×`);
    const promise = `${of} at most ${atMost < 0.1 ? show(atMost) : `${atMost} ×`} ${to}`;
    if (!own || !other || own.failed !== null) return [promise, "not measured", ""];
    // One that had to be stopped took at least so long, which may be enough to tell.
    const ratio = own.median / (other.failed === null ? other.median : (other.atLeast ?? Number.NaN));
    if (Number.isNaN(ratio)) return [promise, "not measured", ""];
    if (other.failed !== null)
      return [promise, `under ${show(ratio)}`, ratio <= atMost ? "kept" : "cannot tell"];
    return [promise, show(ratio), ratio <= atMost ? "kept" : "**missed**"];
  });
  return renderRows(["limit", "measured", ""], rows);
}

/** Prints a report, and keeps it as `bench/results/<name>.md` unless told not to. */
export function writeReport(name, text, isKept = true) {
  process.stdout.write(`${text}\n`);
  if (!isKept) return;
  const folder = join(ROOT, "bench/results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.md`), `${text}\n`);
}

export { versionOf };
