import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { KEYS } from "../../../src/features/config/index.ts";
import { RULES } from "../../../src/vocabulary/rules/index.ts";
import { loadProgram } from "../load-program.ts";
import { readLines } from "./read-lines.ts";
import { FEATURES_TO_COME } from "./row.ts";
import { SPECIFICATION } from "./table.ts";

const PROJECT = join(import.meta.dirname, "../../..");
const program = await loadProgram();
const lines = readLines(readFileSync(join(PROJECT, "docs/operational-processes.md"), "utf8"));

/** Does the command line know these words and, where one is named, this option? */
function hasCommand(words: string): boolean {
  const [path = [], options = []] = [/^[a-z]/, /^--/].map((kind) =>
    words.split(" ").filter((w) => kind.test(w)),
  );
  let at: Command | undefined = program;
  for (const word of path) at = at?.commands.find((command) => command.name() === word);
  return at !== undefined && options.every((flag) => at.options.some((option) => option.long === flag));
}

function isThere(carrier: string): boolean {
  const [kind, name = ""] = carrier.split(/ (.*)/s);
  if (kind === "rule") return Object.hasOwn(RULES, name);
  if (kind === "command") return hasCommand(name);
  if (kind === "config") return KEYS.some((key) => key.name === name);
  return existsSync(join(PROJECT, name));
}

const places = (rows: readonly { under: string; line: string }[]) =>
  rows.map(({ under, line }) => `${under} > ${line}`);
const written = places(lines.map(({ path, text }) => ({ under: path.join(" > "), line: text })));

describe("the table of the specification", () => {
  it("has exactly one row for each line of the page", () => {
    expect(written.length).toBeGreaterThan(350);
    expect(places(SPECIFICATION).sort()).toEqual(written.sort());
  });

  it("names only rules, commands, config keys and files that exist", () => {
    const absent = SPECIFICATION.flatMap(({ line, now }) =>
      now.filter((carrier) => !isThere(carrier)).map((carrier) => `${line}: ${carrier}`),
    );
    expect(absent).toEqual([]);
    expect(["rule evidence/mising", "command evidence ad", "command ban scan --bundel"].map(isThere)).toEqual(
      [false, false, false],
    );
  });

  it("names a test that exists for each line that is carried", () => {
    const unshown = SPECIFICATION.filter(({ now, shown }) =>
      now.length > 0 ? !shown || !existsSync(join(PROJECT, shown)) : shown !== undefined,
    );
    expect(unshown.map(({ line, shown }) => `${line}: ${shown}`)).toEqual([]);
  });

  it("does not call planned what is there", () => {
    const landed = SPECIFICATION.flatMap(({ line, later }) =>
      later
        .filter((planned) => /^(command|rule) /.test(planned) && isThere(planned))
        .map((one) => `${line}: ${one}`),
    );
    expect(landed).toEqual([]);
  });

  it("plans nothing outside the features to come", () => {
    const known: readonly string[] = FEATURES_TO_COME;
    const foreign = SPECIFICATION.flatMap(({ line, later }) =>
      later
        .filter((planned) => !/^(checklist|document) /.test(planned))
        .filter((planned) => !known.includes(planned.split(/[ ./_-]/)[1] ?? ""))
        .map((one) => `${line}: ${one}`),
    );
    expect(foreign).toEqual([]);
  });

  it("says something of its own about every line", () => {
    const sentences = SPECIFICATION.map(({ says }) => says);
    expect(sentences.filter((says) => !/^.{30,}[.]$/.test(says))).toEqual([]);
    expect(sentences.filter((says, index) => sentences.indexOf(says) !== index)).toEqual([]);
  });
});

describe("the lines of a page", () => {
  it("are read with the headings and numbered items above them", () => {
    const page = "# T\n## A\n1. **B**\n   - c\n2. **D**\n   ```\n   e f\n   ```\n## G\n- [ ] h\n\ntext";
    expect(readLines(page).map(({ path, text, kind }) => [path.join(">"), text, kind])).toEqual([
      ["", "T", "heading"],
      ["", "A", "heading"],
      ["A", "B", "item"],
      ["A>B", "c", "item"],
      ["A", "D", "item"],
      ["A>D", "e f", "code"],
      ["", "G", "heading"],
      ["G", "h", "checkbox"],
      ["G", "text", "text"],
    ]);
  });
});
