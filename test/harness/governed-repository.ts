import { type Answer, type TemporaryRepository, temporaryRepository } from "./temporary-repository.ts";

const TEMPLATE = `## What changes

## MCP Evidence
- [ ] \`artifacts/<agent>/<YYYY-MM-DD>/mcp/<topic>.jsonl\`
- [ ] No MCP usage - non-code change

## Heartbeat
- [ ] \`artifacts/<agent>/<YYYY-MM-DD>/heartbeat.ndjson\`
- [ ] <2h single session

## Dev MCP Check
- [ ] No Dev MCP imports in production code
`;

export const EVIDENCE_FILE = "artifacts/eng/2026-01-05/mcp/docs.jsonl";
export const HEARTBEAT_FILE = "artifacts/eng/2026-01-05/heartbeat.ndjson";
export { TEMPLATE };

/** An application on `main` with a pull request template, and a branch `work` that begins there. */
export function governedRepository(files: Record<string, string> = {}): TemporaryRepository {
  const repository = temporaryRepository({
    "package.json":
      '{ "name": "shop", "dependencies": {}, "devDependencies": { "context7-mcp": "1.0.0" } }\n',
    "app/cart.ts": "export const cart = [];\n",
    "README.md": "# Shop\n",
    ".github/pull_request_template.md": TEMPLATE,
    ...files,
  });
  repository.branch("work");
  return repository;
}

/** An evidence line dated in the first minutes of the repository. */
export function evidenceLine(id: string, fields: Record<string, unknown> = {}): string {
  const line = {
    tool: "context7",
    doc_ref: "https://example.com/docs",
    request_id: id,
    timestamp: "2026-01-05T09:00:30Z",
    purpose: "how carts are kept",
    ...fields,
  };
  return `${JSON.stringify(line)}\n`;
}

/** A heartbeat line at a time of 2026-01-05, such as `09:15`. */
export function beatLine(time: string, status: string, task = "ENG-1"): string {
  return `${JSON.stringify({ timestamp: `2026-01-05T${time}:00Z`, task, status })}\n`;
}

/** A pull request text that cites the evidence and claims one short session. */
export const FILLED = `## MCP Evidence
- [x] \`${EVIDENCE_FILE}\`

## Heartbeat
- [x] <2h single session

## Dev MCP Check
- [x] No Dev MCP imports in production code
`;

/** Runs `growth-engine guard all --base main --json` with a text, and reads the verdict. */
export async function guardAll(repository: TemporaryRepository, text: string | null, words: string[] = []) {
  const asked = [
    "guard",
    "all",
    "--base",
    "main",
    "--json",
    ...(text === null ? [] : ["--pr-body", "-"]),
    ...words,
  ];
  const answer = await repository.runCli(asked, text === null ? {} : { input: text });
  return { ...answer, ...readVerdict(answer) };
}

export interface ReadVerdict {
  verdict: string;
  base: string;
  rules: string;
  guards: Record<string, string>;
  /** `level rule file:line` of every finding. */
  findings: string[];
}

/** The verdict that a run printed as JSON, in short. */
export function readVerdict(answer: Answer): ReadVerdict {
  if (!answer.out.startsWith("{")) throw new Error(`no verdict: ${answer.out}${answer.err}`);
  const report = JSON.parse(answer.out);
  const findings: string[] = [];
  for (const guard of report.guards) {
    for (const { level, rule, file, line } of guard.findings) {
      findings.push(
        [level, rule, file === undefined ? "" : line === undefined ? file : `${file}:${line}`]
          .join(" ")
          .trim(),
      );
    }
  }
  const guards = Object.fromEntries(
    report.guards.map((guard: { guard: string; verdict: string }) => [guard.guard, guard.verdict]),
  );
  return { verdict: report.verdict, base: report.base, rules: report.rules, guards, findings };
}
