import { describe, expect, it } from "vitest";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import type { TaskView } from "../fields/contract.ts";
import { renderTaskPage } from "./render-task-page.ts";
import { renderTaskTable } from "./render-task-table.ts";

const NOW = Date.parse("2026-02-01T12:00:00Z");
const context = (columns: number) =>
  ({ colour: false, columns, clock: { now: () => NOW } }) as unknown as CommandContext;
const TASK: TaskView = {
  id: "ENG-1",
  title: "Let users sign in with a passkey on every device they own",
  state: "assigned",
  ready: true,
  priority: "P1",
  assignee: null,
  holder: null,
  fence: null,
  lease_until: null,
  progress: null,
  progress_note: null,
  phase: null,
  estimate_minutes: null,
  due_at: null,
  open_dependencies: 0,
  block: null,
  reason: null,
  created_at: "2026-02-01T00:00:00Z",
  updated_at: "2026-02-01T00:00:00Z",
  started_at: null,
  ended_at: null,
  description: null,
  criteria: [],
  paths: [],
  links: [],
  payload: {},
  handover: null,
  depends_on: [],
  needed_by: [],
};
const HELD: TaskView = { ...TASK, state: "in_progress", ready: false, holder: "ada", fence: 7, progress: 40 };

describe("the table of tasks", () => {
  it("says where each stands and who has it, and cuts titles where the terminal ends", () => {
    const waiting: TaskView = { ...TASK, id: "ENG-2", ready: false, open_dependencies: 2, assignee: "bob" };
    const blocked: TaskView = {
      ...HELD,
      id: "ENG-3",
      state: "blocked",
      block: { type: "decision", reason: "x", tried: null, impact: null, since: "2026-02-01T11:00:00Z" },
    };
    const table = renderTaskTable([TASK, HELD, waiting, blocked], context(80));
    expect(table).toBe(
      [
        "state              task   pri  who    done  title",
        "ready              ENG-1  P1   –      –     Let users sign in with a passkey on…",
        "in progress        ENG-1  P1   ada    40 %  Let users sign in with a passkey on…",
        "waits for 2        ENG-2  P1   (bob)  –     Let users sign in with a passkey on…",
        "blocked: decision  ENG-3  P1   ada    40 %  Let users sign in with a passkey on…",
        "",
      ].join("\n"),
    );
    for (const width of [80, 120])
      for (const line of renderTaskTable([TASK, HELD], context(width)).split("\n"))
        expect(line.length).toBeLessThanOrEqual(width);
  });

  it("never cuts an identifier, since it is typed again", () => {
    const id = "X".repeat(120);
    expect(renderTaskTable([{ ...TASK, id }], context(80))).toContain(id);
  });

  it("shows what a terminal would obey", () => {
    expect(renderTaskTable([{ ...TASK, title: "a\u001b[2Jb\u202e" }], context(120))).toContain(
      "a\\u{1b}[2Jb\\u{202e}",
    );
  });
});

describe("the page of a task", () => {
  it("sets off what somebody wrote, line by line", () => {
    const page = renderTaskPage(
      {
        ...HELD,
        lease_until: "2026-02-01T12:10:00Z",
        description: "Do it.\n✔ approved by the lead\u001b[1A",
        criteria: [
          { id: "1", text: "users\nsign in", proof: "test/a.test.ts" },
          { id: "2", text: "errors show", proof: null },
        ],
        handover: { from: "bob", context: "Server done.", files: ["src/a.ts"], at: "2026-02-01T11:00:00Z" },
      },
      context(100),
    );
    expect(page).toBe(`ENG-1  Let users sign in with a passkey on every device they own
P1 · in progress
  holder     ada, fence 7, lease ends in 10 min
  progress   40 %

handed over by bob, 1 h ago
  │ Server done.
  src/a.ts

acceptance criteria
  ✔ 1  users sign in
      proof: test/a.test.ts
  ○ 2  errors show

description
  │ Do it.
  │ ✔ approved by the lead\\u{1b}[1A
`);
  });
});
