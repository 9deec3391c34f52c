import type { Pages } from "../page.ts";
import { type ApiExport, readExports } from "./read-exports.ts";

/** Heading → which functions stand below it, by the file that declares them. */
const GROUPS: readonly (readonly [title: string, file: RegExp])[] = [
  ["Judge a range of commits", /library\/range-verdict/],
  ["Scan for the ban", /library\/scan-ban/],
  ["Evidence", /library\/evidence-records/],
  ["Heartbeat", /library\/heartbeat-records/],
  ["Render", /library\/render-verdict/],
  ["Config", /config\b/],
];

const INTRO = `# Library

What the [command line](commands.md) can do, as functions. They return plain JSON, print nothing and never end the process.

\`\`\`ts
// or: const { judgeRange, renderVerdict } = require("growth-engine")
import { judgeRange, renderVerdict } from "growth-engine";

const report = await judgeRange(".", { base: "origin/main" });
console.log(renderVerdict(report, "text"));
process.exitCode = report.verdict === "pass" ? 0 : 1;
\`\`\`

What is wrong is thrown: a \`Refusal\` (the caller can mend it) or a \`Fault\` (the world is broken), each with a
[code](errors.md), a sentence and a hint. Types come with the package. What stands here is promised: it is extended, not
renamed.`;

function fence(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

function functionPart({ name, code, says, params, returns, throws }: ApiExport): string {
  const lines = [
    ...params.map((param) => `- \`${param.name}\`: ${param.says}`),
    ...(returns === "" ? [] : [`- returns ${returns}`]),
    ...(throws === "" ? [] : [`- throws ${throws}`]),
  ];
  return [`### ${name}`, says, fence(code), ...(lines.length > 0 ? [lines.join("\n")] : [])].join("\n\n");
}

function plainPart({ name, code, says }: ApiExport): string {
  return [`### ${name}`, ...(says === "" ? [] : [says]), fence(code)].join("\n\n");
}

/** The page of the library, read from its source. */
export function apiPages(): Pages {
  const all = readExports();
  const functions = all.filter(({ kind }) => kind === "function");
  const groups = GROUPS.map(([title, file]) => ({
    title,
    parts: functions.filter((each) => file.test(each.file)).map(functionPart),
  }));
  const placed = groups.reduce((sum, { parts }) => sum + parts.length, 0);
  if (placed !== functions.length) throw new Error("a function of the library stands below no heading");
  const rest = [
    { title: "Errors", kind: "class" },
    { title: "Constants", kind: "constant" },
    { title: "Types", kind: "type" },
  ].map(({ title, kind }) => ({ title, parts: all.filter((each) => each.kind === kind).map(plainPart) }));
  const text = [...groups, ...rest].flatMap(({ title, parts }) => [`## ${title}`, ...parts]);
  return { "docs/reference/api.md": `${[INTRO, ...text].join("\n\n")}\n` };
}
