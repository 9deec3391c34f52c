import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../../test/harness/temporary-repository.ts";
import { commitTree, openRepository } from "../../../platform/git/index.ts";
import { revealText, unescapeText } from "./reveal-text.ts";
import { spellingsOf } from "./spellings.ts";

const NAMES = ["context7-mcp", "@shopify/mcp-server-dev", "chrome-devtools-mcp", "left-pad", "ünï.cödé-mcp"];
const NOT_IDENTITY = "bfnrtvxu0123456789";

/** Ways to write one character inside a literal. */
function spelled(character: string): fc.Arbitrary<string> {
  const code = character.codePointAt(0) ?? 0;
  const hexadecimal = code.toString(16);
  const octal =
    code < 0x100 ? [`\\${code.toString(8).padStart(3, "0")}`, `\\x${hexadecimal.padStart(2, "0")}`] : [];
  const identity = NOT_IDENTITY.includes(character) ? [] : [`\\${character}`];
  const ways = [
    character,
    `\\u${hexadecimal.padStart(4, "0")}`,
    `\\u${hexadecimal.padStart(4, "0").toUpperCase()}`,
    `\\u{${hexadecimal}}`,
    `\\u{000${hexadecimal.toUpperCase()}}`,
    `\\\n${character}`,
    `\\\r\n${character}`,
    `\\\u2028${character}`,
    ...octal,
    ...identity,
  ];
  return fc.oneof({ weight: 3, arbitrary: fc.constant(character) }, fc.constantFrom(...ways));
}

const disguised = fc
  .constantFrom(...NAMES)
  .chain((name) => fc.tuple(fc.constant(name), fc.tuple(...[...name].map(spelled))))
  .map(([name, characters]) => ({ name, text: characters.join("") }));

const surroundings = fc.stringMatching(/^[\w\s'"`+\\/(){};.*-]{0,40}$/);

describe("revealing a text", () => {
  it("shows every name that a literal can spell, whatever stands around it", () => {
    fc.assert(
      fc.property(disguised, surroundings, surroundings, ({ name, text }, before, after) => {
        expect(unescapeText(`${before}"${text}"${after}`)).toContain(name);
      }),
    );
  });

  it("shows what JavaScript reads", () => {
    fc.assert(
      fc.property(disguised, ({ name, text }) => {
        expect(runInNewContext(`"${text}"`)).toBe(name);
      }),
    );
  });

  it("joins literals, in sums and in templates", () => {
    for (const text of [
      '"con" + "text7"',
      "'con' /* x */ +\n // y\n 'text7'",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source code of a template
      '`con${"text7"}`',
      '("con") + ("text7")',
    ])
      expect(revealText(text)).toContain("context7");
  });

  it("stays quick on hostile text", () => {
    // What took quadratic time would run into the limit of a test.
    for (const part of ['"//', '"/*', "\\u{", '"(', "${", "/*"]) {
      expect(revealText(part.repeat(300_000))).not.toBe("");
    }
  });
});

const expressions = (names: string[]) =>
  spellingsOf(names.map((text) => ({ text }))).map((expression) => Buffer.from(expression, "latin1"));

describe("searching for spellings", () => {
  const repository = temporaryRepository();
  afterAll(() => repository.remove("."));

  // Few expressions are asked in Perl's dialect, many in that of the C library.
  it.each([
    ["few", []],
    ["many", ["one-more-name", "and-another-name", "and-yet-another"]],
  ])("finds in git every file that spells one of %s names", async (_, more) => {
    for (const name of NAMES) {
      const samples = fc.sample(
        disguised.filter((sample) => sample.name === name),
        { numRuns: 100, seed: 7 },
      );
      for (const [index, { text }] of samples.entries())
        repository.write(`${name}/f${index}`, `import "${text}";\n`);
      const tree = commitTree(await openRepository(repository.folder), repository.commit("Spell"));
      const found = new Set(
        await tree.search({ regex: expressions([name, ...more, ...more.map((other) => `${other}s`)]) }),
      );
      const missed = samples.filter((_sample, index) => !found.has(`${name}/f${index}`));
      expect(missed).toEqual([]);
    }
  });

  it("finds names cut in two literals, at any place", async () => {
    for (const name of NAMES.slice(0, 3)) {
      for (let at = 1; at < name.length; at += 1) {
        repository.write(`cut/${name}/${at}`, `require("${name.slice(0, at)}" + '${name.slice(at)}');\n`);
        repository.write(`cut/${name}/${at}n`, `require("${name.slice(0, at)}" +\n  '${name.slice(at)}');\n`);
      }
    }
    const tree = commitTree(await openRepository(repository.folder), repository.commit("Cut"));
    const regex = expressions(NAMES);
    const found = new Set(await tree.search({ regex }));
    const cut = (await tree.list()).map(({ path }) => path).filter((path) => path.startsWith("cut/"));
    expect(cut.length).toBeGreaterThan(90);
    expect(cut.filter((path) => !found.has(path))).toEqual([]);
  });

  it("does not ask for files with ordinary escapes", async () => {
    repository.write(
      "plain/a.ts",
      'const a = /\\s+\\d\\w\\.\\-\\//; const b = "\\n\\t\\\\ \\u00e9 \\x1b[0m";\n// context, shopify\n',
    );
    const tree = commitTree(await openRepository(repository.folder), repository.commit("Plain"));
    const regex = expressions(NAMES.slice(0, 4));
    expect((await tree.search({ regex })).filter((path) => path.startsWith("plain/"))).toEqual([]);
  });
});
