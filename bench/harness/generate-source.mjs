/** @typedef {ReturnType<typeof import("./random.mjs").randomFrom>} Random */

const NOUNS =
  "order cart product customer invoice payment shipment address discount session account inventory report metric webhook token theme locale event region ledger batch queue profile".split(
    " ",
  );
const VERBS =
  "load save find merge render parse format validate resolve update create remove schedule normalise".split(
    " ",
  );
const WORDS =
  "the value is kept until next request comes in because callers rely on order of entries and an empty list means nothing changed since last run so it can be skipped safely".split(
    " ",
  );

const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** @param {Random} random @param {number} count */
function sentence(random, count) {
  return Array.from({ length: count }, () => random.pick(WORDS)).join(" ");
}

/** @param {Random} random */
function name(random) {
  return random.pick(VERBS) + capital(random.pick(NOUNS)) + capital(random.pick(NOUNS));
}

/** Real code holds escapes here and there: most of them in regular expressions. @param {Random} random */
function pattern(random) {
  return random.pick([
    "/^\\d{4}-\\d{2}-\\d{2}$/",
    "/^[\\w.-]+@[\\w.-]+\\.[a-z]{2,}$/i",
    "/\\s+/g",
    "/[^a-z0-9]+/gi",
    "/^\\/api\\/v(\\d+)\\//",
    ...(random.chance(0.015) ? ["/[\\u00e0-\\u017f]/u", "/[\\x00-\\x1f]/g", "/\\u200b/g"] : []),
  ]);
}

/** @param {Random} random @param {string[]} imported names that may be called */
function block(random, imported) {
  const own = name(random) + random.below(1_000);
  const [first, second] = [random.pick(NOUNS), random.pick(NOUNS)];
  const type = `${capital(first)}${capital(second)}${random.below(1_000)}`;
  switch (random.below(5)) {
    case 0:
      return `export interface ${type} {\n  id: string;\n  ${first}: number;\n  ${second}?: string | null;\n  createdAt: string;\n}\n`;
    case 1:
      return `/** ${sentence(random, 12)}. */\nexport async function ${own}(${first}: string, limit = ${random.below(500)}): Promise<string[]> {\n  const found: string[] = [];\n  for (const part of ${first}.split(${pattern(random)})) {\n    if (part.length > limit) throw new Error(\`${sentence(random, 5)}: \${part}\`);\n    found.push(part.trim());\n  }\n  // ${sentence(random, 10)}\n  return found.filter((entry) => !${pattern(random)}.test(entry));\n}\n`;
    case 2:
      return `const ${own}Options = {\n  ${first}: "${sentence(random, 4)}",\n  ${second}: ${random.below(10_000)},\n  url: "https://${first}.example.com/${second}/v${random.below(9)}",\n  labels: ["${sentence(random, 2)}", "${sentence(random, 3)}", "${random.pick(WORDS)}"],\n} as const;\n`;
    case 3:
      return `export function ${own}(${first}: Record<string, number>): number {\n  let total = 0;\n  for (const [key, value] of Object.entries(${first})) {\n    if (key.startsWith("${second}")) continue;\n    total += value > ${random.below(100)} ? value : ${random.below(10)};\n  }\n  console.debug("${sentence(random, 6)}", String(${random.pick(imported) ?? "total"}).length);\n  return total;\n}\n`;
    default:
      return `export class ${type} {\n  readonly #${first} = new Map<string, string>();\n\n  ${own}(key: string, value: string): this {\n    this.#${first}.set(key.toLowerCase(), value.replace(${pattern(random)}, ""));\n    return this;\n  }\n\n  get size(): number {\n    return this.#${first}.size;\n  }\n}\n`;
  }
}

/** @param {Random} random */
function markup(random) {
  const own = `View${random.below(100_000)}`;
  return `export function ${own}({ title }: { title: string }) {\n  return (\n    <section className="${random.pick(NOUNS)}-${random.pick(NOUNS)}">\n      <h2>{title}</h2>\n      <p>${sentence(random, 14)}</p>\n      <button type="button" onClick={() => console.info("${sentence(random, 3)}")}>${capital(random.pick(VERBS))}</button>\n    </section>\n  );\n}\n`;
}

/**
 * The text of one module of 2 to 10 KB.
 * @param {Random} random
 * @param {{ specifier: string, name: string }[]} imports
 * @param {boolean} isMarkup
 */
export function generateSource(random, imports, isMarkup) {
  const lines = imports.map(({ specifier, name: local }) => `import * as ${local} from "${specifier}";`);
  const names = imports.map(({ name: local }) => local);
  const blocks = [`${lines.join("\n")}\n`];
  // The square makes many small files and few large ones.
  const wanted = 2_000 + 8_000 * random.next() ** 2;
  for (let size = blocks[0].length; size < wanted; ) {
    const next = isMarkup && random.chance(0.4) ? markup(random) : block(random, names);
    blocks.push(next);
    size += next.length;
  }
  // An import that nothing uses is erased when TypeScript is compiled, and some tools leave it out too.
  blocks.push(`export const links = [${names.join(", ")}].length;\n`);
  return blocks.join("\n");
}

/** A page, a style sheet or data: what lies between the code. @param {Random} random */
export function generateOther(random) {
  const kind = random.pick(["md", "css", "json"]);
  if (kind === "md") {
    const paragraphs = Array.from(
      { length: 12 },
      () => `## ${sentence(random, 4)}\n\n${sentence(random, 60)}.\n`,
    );
    return { kind, text: paragraphs.join("\n") };
  }
  if (kind === "css") {
    const rules = Array.from(
      { length: 40 },
      (_, at) => `.${random.pick(NOUNS)}-${at} {\n  margin: ${at}px;\n}\n`,
    );
    return { kind, text: rules.join("\n") };
  }
  const entries = Array.from({ length: 60 }, (_, at) => [`${random.pick(NOUNS)}.${at}`, sentence(random, 6)]);
  return { kind, text: `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n` };
}
