import type { SectionName } from "../../config/index.ts";
import { DEFAULT_TEMPLATE, findSections, isTemplatePath, openSection } from "../../guard/index.ts";
import type { Forge } from "../detect/find-forges.ts";
import type { Addition } from "./settle-addition.ts";
import type { WholeFile } from "./settle-whole.ts";

const PATHS: Readonly<Record<Forge, string | null>> = {
  github: ".github/pull_request_template.md",
  gitlab: ".gitlab/merge_request_templates/Default.md",
  other: null,
};

const NEW_TEMPLATE = `## Summary

<!-- What changes for whom, and why. -->

${DEFAULT_TEMPLATE}`;

/** Templates of this forge that are there, in any of the places where it looks. */
export function templatesOf(forge: Forge, paths: readonly string[]): string[] {
  const isOfGitlab = (path: string) => path.toLowerCase().startsWith(".gitlab/");
  return paths.filter((path) => isTemplatePath(path) && isOfGitlab(path) === (forge === "gitlab"));
}

/** The template of a forge that has none yet; null where no template is read. */
export function newTemplate(forge: Forge): WholeFile | null {
  const path = PATHS[forge];
  return path === null ? null : { path, says: "asks for three sections", text: NEW_TEMPLATE };
}

/** What a template of somebody else lacks: the sections that the config asks for, each with its options. */
export function completeTemplate(path: string, text: string, sections: readonly SectionName[]): Addition {
  const present = findSections(text);
  const missing = sections.filter((name) => !present.has(name));
  const block = missing.map((name) => openSection(name).trimEnd()).join("\n\n");
  return {
    path,
    says: missing.length === 0 ? "asks for the sections" : `asks for ${missing.length} more`,
    block: missing.length === 0 ? null : block,
  };
}
