import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DefaultTheme } from "vitepress";

type Item = DefaultTheme.SidebarItem;

/** Guides in the order in which they are read; others follow by name. */
const GUIDES = [
  "first-verdict",
  "required-check",
  "gitlab",
  "any-ci",
  "monorepos",
  "exemptions-and-overrides",
  "bundler-and-runtime",
  "leaving",
];
const REFERENCE = ["commands", "config", "api", "errors", "exit-codes", "specification"];
const FAMILIES = { evidence: "Evidence", heartbeat: "Heartbeat", ban: "Dev MCP ban", guard: "Guarding" };

/** The page's own title: its first heading. */
function titleOf(file: string): string {
  return /^# (.+)$/m.exec(readFileSync(file, "utf8"))?.[1]?.replaceAll("`", "") ?? file;
}

function pagesOf(docs: string, folder: string): string[] {
  if (!existsSync(join(docs, folder))) return [];
  return readdirSync(join(docs, folder))
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .map((name) => name.slice(0, -3))
    .sort();
}

function itemOf(docs: string, path: string): Item {
  return { text: titleOf(join(docs, `${path}.md`)), link: `/${path}` };
}

function guides(docs: string): Item[] {
  const found = pagesOf(docs, "guides");
  const order = (name: string) => (GUIDES.includes(name) ? GUIDES.indexOf(name) : GUIDES.length);
  return found.sort((a, b) => order(a) - order(b)).map((name) => itemOf(docs, `guides/${name}`));
}

function rules(docs: string): Item[] {
  const found = pagesOf(docs, "reference/rules");
  return Object.entries(FAMILIES).map(([family, text]) => ({
    text,
    collapsed: true,
    items: found
      .filter((name) => name.startsWith(`${family}-`))
      .map((name) => ({ text: name.slice(family.length + 1), link: `/reference/rules/${name}` })),
  }));
}

/** One sidebar for all pages, read from the folders of docs/. */
export function sidebar(docs: string): Item[] {
  return [
    { text: "Guides", items: guides(docs) },
    {
      text: "Reference",
      items: REFERENCE.filter((name) => existsSync(join(docs, `reference/${name}.md`))).map((name) =>
        itemOf(docs, `reference/${name}`),
      ),
    },
    { text: "Rules", items: [{ text: "All rules", link: "/reference/rules" }, ...rules(docs)] },
    {
      text: "Background",
      collapsed: true,
      items: [
        itemOf(docs, "operational-processes"),
        ...pagesOf(docs, "decisions").map((name) => itemOf(docs, `decisions/${name}`)),
      ],
    },
  ];
}
