import { SECTION_NAMES, type SectionName } from "../../config/index.ts";

/** The options of each section. At least two, so that an untouched section never has a sole option. */
export const DEFAULT_OPTIONS: Readonly<Record<SectionName, readonly [string, string]>> = {
  "MCP Evidence": ["`artifacts/<agent>/<YYYY-MM-DD>/mcp/<topic>.jsonl`", "No MCP usage - non-code change"],
  Heartbeat: ["`artifacts/<agent>/<YYYY-MM-DD>/heartbeat.ndjson`", "<2h single session"],
  "Dev MCP Check": [
    "No Dev MCP imports in production code",
    "Production code still names a Dev MCP server, explained below",
  ],
};

const REMARK: Readonly<Record<SectionName, string>> = {
  "MCP Evidence":
    "Tick what applies, one line per file. `growth-engine evidence section` fills all three sections.",
  Heartbeat: "Work over 2 hours takes a heartbeat file.",
  "Dev MCP Check": "`growth-engine ban scan` tells.",
};

/** A section with all its options open, and a remark that says nothing to a reader of the text. */
export function openSection(name: SectionName, remark: string = REMARK[name]): string {
  const options = DEFAULT_OPTIONS[name].map((option) => `- [ ] ${option}`);
  return [`## ${name}`, "", `<!-- ${remark} -->`, "", ...options, ""].join("\n");
}

/** The product's own pull request template. Untouched, it fills no section. */
export const DEFAULT_TEMPLATE = SECTION_NAMES.map((name) => openSection(name)).join("\n");
