import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workFolder } from "./work-folder.mjs";

export const VERSION = "1.52.0";
const OFF = ["--no-git", "--defaults", "--integration-mode", "none"];

/** The command of Backlog.md, installed on first use without its install scripts; null where it does not run. */
function findBacklog() {
  const folder = workFolder("backlog");
  const command = join(folder, "node_modules/.bin/backlog");
  if (!existsSync(command)) {
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ private: true, dependencies: { "backlog.md": VERSION } }),
    );
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  try {
    execFileSync(command, ["--version"], { stdio: "ignore", timeout: 30_000 });
    return command;
  } catch {
    return null;
  }
}

const taskFile = (at) => `---
id: TASK-${at}
title: Task ${at}
status: To Do
assignee: []
created_date: '2026-01-01 00:00'
labels: []
dependencies: [${at > 3 ? `TASK-${at - 3}` : ""}]
---

## Description

Do what task ${at} says.
`;

/** A project of Backlog.md with so many tasks; null where it does not run. */
export function startBacklog(count) {
  const command = findBacklog();
  if (command === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "growth-engine-backlog-"));
  execFileSync(command, ["init", "bench", ...OFF], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const tasks = join(folder, "backlog/tasks");
  mkdirSync(tasks, { recursive: true });
  // Written as it writes them: to have it make a thousand would take it a quarter of an hour.
  for (let at = 1; at <= count; at += 1)
    writeFileSync(join(tasks, `task-${at} - Task-${at}.md`), taskFile(at));
  return { command, folder };
}

/**
 * So many processes claim one task at once: who finds it unassigned takes it, as its own instructions have it.
 * @returns how many believed to have it
 */
export async function raceBacklog({ command, folder }, task, claimers) {
  const run = (args) =>
    new Promise((resolve) => {
      const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
      let text = "";
      child.stdout.on("data", (data) => (text += data));
      child.on("close", (code) => resolve({ code, text }));
    });
  const claim = async (_, at) => {
    const seen = await run(["task", "view", task, "--plain"]);
    if (seen.code !== 0 || !/Status:.*To Do/.test(seen.text)) return false;
    const taken = await run(["task", "edit", task, "-s", "In Progress", "-a", `@agent-${at}`]);
    return taken.code === 0;
  };
  const won = await Promise.all(Array.from({ length: claimers }, claim));
  return won.filter(Boolean).length;
}
