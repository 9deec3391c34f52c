import type { GuardVerdict } from "../../vocabulary/finding.ts";
import type { Format } from "./formats.ts";
import { renderGithub } from "./render-github.ts";
import { renderJson } from "./render-json.ts";
import { renderJunit } from "./render-junit.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { renderSarif } from "./render-sarif.ts";
import { renderText } from "./render-text.ts";
import type { Renderer, RenderOptions, Subject } from "./renderer.ts";
import type { VerdictReport } from "./verdict.ts";

const RENDERERS: Record<Format, Renderer> = {
  text: renderText,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
  markdown: renderMarkdown,
};

/** A half of a surrogate pair has no UTF-8, and stops the JSON, XML and URL readers of other languages. */
function wellFormed<T extends Subject>(subject: T): T {
  const repaired = (_: string, value: unknown) =>
    typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\uFFFD") : value;
  return JSON.parse(JSON.stringify(subject, repaired)) as T;
}

/** The answer of one guard, as `ban scan`, `evidence verify` and `heartbeat verify` print it. */
export function renderGuard(guard: GuardVerdict, format: Format, options: RenderOptions): string {
  return RENDERERS[format](wellFormed(guard), options);
}

/** The answer of all guards, as `guard` prints it. */
export function renderVerdict(verdict: VerdictReport, format: Format, options: RenderOptions): string {
  return RENDERERS[format](wellFormed(verdict), options);
}
