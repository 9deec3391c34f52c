import {
  CAPABILITIES,
  HOST_NAMES,
  HOSTS,
  type HostName,
  type Meaning,
} from "../../src/features/hook/index.ts";
import { type Pages, table } from "./page.ts";

const MEANS: Readonly<Record<Meaning, string>> = {
  start: "beat: work goes on",
  activity: "beat: work goes on",
  pause: "beat: waits",
  end: "beat: waits",
  call: "line",
  failure: "line, `error`",
  denial: "line, `denied`",
};

const INTRO = `# What hooks of agents record, and what they do not

Made from the tables by which \`growth-engine hook\` reads each host; \`growth-engine hook hosts\` prints the same
([how to set it up](../guides/agent-hooks.md)). A _line_ is an evidence line at level \`recorded\`; a _beat_ is written when the task is
known. For every host it holds that the user can switch hooks off, that what a command starts in turn is not seen, and that a line proves
no more than that somebody with this user's rights wrote it. What one recorder does not see another may: the proxy, transcripts, git.`;

const COLUMNS = ["host", "MCP calls", "own tools", "subagents", "failures", "session", "tried with"];

function overview(): string {
  const rows = HOST_NAMES.map((name) => {
    const { mcp, builtIn, subagents, failures, session, tried } = CAPABILITIES[name];
    return [
      HOSTS[name].title,
      mcp,
      builtIn,
      subagents,
      failures,
      session,
      tried ?? "not tried: no public package",
    ];
  });
  return table(COLUMNS, rows);
}

function toolsOf(name: HostName): string {
  const { tools } = HOSTS[name];
  const kinds = [...new Set(Object.values(tools))];
  const named = (kind: string) => Object.keys(tools).filter((tool) => tools[tool] === kind);
  return table(
    ["recorded as", "the host's tools"],
    kinds.map((kind) => [
      `\`${kind}\``,
      named(kind)
        .map((tool) => `\`${tool}\``)
        .join(", "),
    ]),
  );
}

function section(name: HostName): string {
  const { title, events, settings } = HOSTS[name];
  const { notRecorded, sources } = CAPABILITIES[name];
  const rows = Object.entries(events).map(([event, meaning]) => [`\`${event}\``, MEANS[meaning]]);
  return [
    `## ${title}`,
    `\`growth-engine hook ${name}\`, set up in \`${settings.file}\`.${settings.next === undefined ? "" : ` ${settings.next}.`}`,
    table(["event", "becomes"], rows),
    toolsOf(name),
    `**Not recorded:**\n\n${notRecorded.map((each) => `- ${each}`).join("\n")}`,
    `Sources: ${sources.map((source) => (source.startsWith("http") ? `<${source}>` : source)).join(", ")}.`,
  ].join("\n\n");
}

/** The capability matrix of hooks. */
export function capabilityPages(): Pages {
  const parts = [INTRO, overview(), ...HOST_NAMES.map(section)];
  return { "docs/reference/capabilities.md": `${parts.join("\n\n")}\n` };
}
