import { resolve } from "node:path";
import { defineConfig } from "vitepress";
import { home } from "../build/home.ts";
import { keepInside } from "../build/keep-inside.ts";
import { sidebar } from "../build/sidebar.ts";
import { tellOutput } from "../build/tell-output.ts";

const PAGES = resolve(import.meta.dirname, "../pages");

/** It names every word there is in a table of five columns. */
const TABLE = "reference/specification.md";

/** Runs in the browser. What answers a question comes before the table that only lists. */
function boostDocument(id: string): number {
  if (id.includes("/reference/specification")) return 0.1;
  return id.includes("/guides/") || id.includes("/reference/") ? 1.5 : 1;
}

/** The site of docs/: the pages stay plain Markdown, and what only a site needs stands here. */
export default defineConfig({
  srcDir: "pages",
  outDir: "dist",
  cacheDir: "node_modules/.cache",
  base: process.env.SITE_BASE ?? "/",
  rewrites: { "README.md": "index.md", "decisions/README.md": "decisions/index.md" },
  title: "Growth Engine",
  description: "Evidence, heartbeats and merge guards for code that agents write.",
  lang: "en",
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${process.env.SITE_BASE ?? "/"}logo.svg` }]],
  vite: { publicDir: resolve(import.meta.dirname, "../public") },
  markdown: {
    theme: { light: "github-light", dark: "github-dark" },
    languageAlias: { gitignore: "ini" },
    codeTransformers: [tellOutput],
    config: keepInside,
  },
  transformPageData(page) {
    if (page.relativePath === "index.md") Object.assign(page.frontmatter, home);
    if (page.relativePath === TABLE) Object.assign(page.frontmatter, { aside: false, pageClass: "wide" });
  },
  themeConfig: {
    logo: "/logo.svg",
    nav: [
      { text: "Guides", link: "/guides/first-verdict", activeMatch: "/guides/" },
      { text: "Rules", link: "/reference/rules", activeMatch: "/reference/rules" },
      { text: "Reference", link: "/reference/commands", activeMatch: "/reference/(?!rules)" },
      { text: "Decisions", link: "/decisions/", activeMatch: "/decisions/" },
    ],
    sidebar: sidebar(PAGES),
    outline: [2, 3],
    search: { provider: "local", options: { miniSearch: { searchOptions: { boostDocument } } } },
    footer: { message: "Apache-2.0" },
  },
});
