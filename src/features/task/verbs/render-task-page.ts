import { type CommandContext, type Paint, paintFor, printable } from "../../../platform/terminal/index.ts";
import type { TaskView } from "../fields/contract.ts";
import {
  describeMinutes,
  describeProgress,
  describeStanding,
  describeTime,
  STANDING_COLOUR,
  standingOf,
} from "./describe-task.ts";

type Line = [label: string, text: string];

const LABEL_WIDTH = 10;

/** Text of the fleet, set off line by line: it is read as what somebody wrote, not as what this program says. */
export function quote(text: string, indent: string): string {
  const lines = text.replaceAll(/\r\n?/g, "\n").trimEnd().split("\n");
  return lines.map((line) => `${indent}│ ${printable(line)}`.trimEnd()).join("\n");
}

const named = (tasks: readonly { id: string; state: string }[]): string =>
  tasks.map(({ id, state }) => `${id} (${state.replace("_", " ")})`).join(", ");

function holderLine({ holder, fence, lease_until, state }: TaskView, context: CommandContext): string | null {
  if (holder === null) return null;
  const lease =
    lease_until === null
      ? state === "blocked"
        ? "no lease runs while blocked"
        : null
      : `lease ends ${describeTime(lease_until, context)}`;
  return [holder, fence === null ? null : `fence ${fence}`, lease].filter(Boolean).join(", ");
}

function linesOf(task: TaskView, context: CommandContext): Line[] {
  const due = task.due_at && `${task.due_at.replace(".000Z", "Z")} (${describeTime(task.due_at, context)})`;
  const lines: [string, string | null][] = [
    ["holder", holderLine(task, context)],
    ["assignee", task.assignee],
    ["progress", task.progress === null && task.progress_note === null ? null : describeProgress(task)],
    ["phase", task.phase],
    ["estimate", task.estimate_minutes === null ? null : describeMinutes(task.estimate_minutes)],
    ["due", due],
    ["reason", task.reason],
    ["waits for", named(task.depends_on) || null],
    ["needed by", named(task.needed_by) || null],
    ["paths", task.paths.join("  ") || null],
    ...task.links.map(({ kind, url }): [string, string] => [kind === "pull_request" ? "PR" : kind, url]),
    ["started", task.started_at && describeTime(task.started_at, context)],
    ["ended", task.ended_at && describeTime(task.ended_at, context)],
    ["payload", Object.keys(task.payload).length === 0 ? null : JSON.stringify(task.payload)],
  ];
  return lines.flatMap(([label, text]) => (text === null ? [] : [[label, text] as Line]));
}

function blockPart({ block }: TaskView, context: CommandContext): string[] {
  if (block === null) return [];
  const parts = [
    `blocked by ${block.type}, ${describeTime(block.since, context)}`,
    quote(block.reason, "  "),
  ];
  if (block.tried) parts.push("  tried", quote(block.tried, "  "));
  if (block.impact) parts.push("  impact", quote(block.impact, "  "));
  return [parts.join("\n")];
}

function handoverPart({ handover }: TaskView, context: CommandContext): string[] {
  if (handover === null) return [];
  const files = handover.files.map((file) => `\n  ${printable(file)}`).join("");
  const said = `handed over by ${printable(handover.from)}, ${describeTime(handover.at, context)}`;
  return [`${said}\n${quote(handover.context, "  ")}${files}`];
}

function criteriaPart({ criteria }: TaskView, paint: Paint): string[] {
  if (criteria.length === 0) return [];
  const lines = criteria.map(({ id, text, proof }) => {
    const mark = proof === null ? "○" : paint("green", "✔");
    const said = `  ${mark} ${printable(id)}  ${printable(text).replaceAll(/\s+/g, " ")}`;
    return proof === null ? said : `${said}\n      ${paint("dim", `proof: ${printable(proof)}`)}`;
  });
  return [`acceptance criteria\n${lines.join("\n")}`];
}

/** All that is known of a task. */
export function renderTaskPage(task: TaskView, context: CommandContext): string {
  const paint = paintFor(context.colour);
  const state = paint(STANDING_COLOUR[standingOf(task)], describeStanding(task));
  const title = printable(task.title).replaceAll(/\s+/g, " ");
  const lines = linesOf(task, context).map(([label, text]) => {
    const shown = printable(text).replaceAll(/\s+/g, " ");
    return `  ${paint("dim", label.padEnd(LABEL_WIDTH))} ${shown}`;
  });
  const head = [
    `${paint("bold", `${printable(task.id)}  ${title}`)}`,
    `${task.priority} · ${state}`,
    ...lines,
  ];
  const parts = [
    head.join("\n"),
    ...blockPart(task, context),
    ...handoverPart(task, context),
    ...criteriaPart(task, paint),
    ...(task.description === null ? [] : [`description\n${quote(task.description, "  ")}`]),
  ];
  return `${parts.join("\n\n")}\n`;
}
