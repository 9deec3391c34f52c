import type { MarkdownRenderer } from "vitepress";

type Token = ReturnType<MarkdownRenderer["parse"]>[number];

/** A link such as `../../src/a.ts`, which the site has no page for. */
function leavesDocs(href: string, page: string): boolean {
  if (/^[a-z]+:|^[#/]/.test(href)) return false;
  const steps = [...page.split("/").slice(0, -1), ...(href.split("#")[0] ?? "").split("/")];
  let depth = 0;
  for (const step of steps) {
    if (step === "..") depth -= 1;
    else if (step !== "." && step !== "") depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

/** A folder's README is its index on the site. */
function asIndex(token: Token): void {
  const href = String(token.attrGet("href") ?? "");
  if (!/^[a-z]+:/.test(href)) token.attrSet("href", href.replace(/(^|\/)README\.md(?=#|$)/, "$1index.md"));
}

/** Keeps the words of a link and drops the link. */
function withoutLinks(children: Token[], page: string): Token[] {
  let isOutside = false;
  return children.filter((token) => {
    if (token.type === "link_open") {
      isOutside = leavesDocs(String(token.attrGet("href") ?? ""), page);
      asIndex(token);
    }
    if (token.type === "link_close" && isOutside) {
      isOutside = false;
      return false;
    }
    return !(token.type === "link_open" && isOutside);
  });
}

/** Pages link to files of the repository; on the site these are words, so that no link leads nowhere. */
export function keepInside(md: MarkdownRenderer): void {
  md.core.ruler.push("keep-inside", (state) => {
    const page = String(state.env.relativePath ?? "");
    for (const token of state.tokens) {
      if (token.children) token.children = withoutLinks(token.children, page);
    }
  });
}
