import { createHash } from "node:crypto";
import type { publishVerdict } from "../../../features/guard/live/contract.ts";
import type { CallOf } from "../../../platform/endpoint/index.ts";

/** The repository that the demo's agents work on. */
export const DEMO_REPOSITORY = "demo-shop";

type Body = NonNullable<CallOf<typeof publishVerdict>["body"]>;

/** A commit's name, the same for the same text. */
const commitOf = (text: string): string => createHash("sha1").update(text).digest("hex");

const PASS = {
  guard: "guard-mcp",
  verdict: "pass" as const,
  summary: "demo: 3 evidence lines",
  findings: [],
};
const FAIL = {
  guard: "guard-mcp",
  verdict: "fail" as const,
  summary: "demo: no evidence line",
  findings: [
    {
      rule: "evidence/missing",
      level: "block" as const,
      message: "demo: 2 code files changed, and no valid evidence line was added",
      hint: "growth-engine evidence add --tool <tool> --doc-ref <url> --purpose <why>",
    },
  ],
};
const BAN = {
  guard: "dev-mcp-ban",
  verdict: "pass" as const,
  summary: "demo: no banned package",
  findings: [],
};

/** What the guards say of a task's pull request, before and after its agent brought the evidence. */
export function demoVerdict(task: string, hasEvidence: boolean): Body {
  const pull = Number(/\d+$/.exec(task)?.[0] ?? 1);
  const base = commitOf("demo: base");
  return {
    repository: DEMO_REPOSITORY,
    pull,
    verdict: {
      schema: "growth-engine/verdict@1",
      verdict: hasEvidence ? "pass" : "fail",
      base,
      rules: base,
      head: commitOf(`demo: ${task}${hasEvidence ? ", with evidence" : ""}`),
      guards: [hasEvidence ? PASS : FAIL, BAN],
    },
  };
}
