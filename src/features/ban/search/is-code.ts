const EMBEDDING = /\.(?:vue|svelte|astro|mdx|html?)$/i;
const CODE = /\.(?:[cm]?[jt]sx?)$/i;
const SHEBANG = /^#![^\n]*\b(?:node|bun|deno|tsx|ts-node|zx)\b/;

/** Does this file hold scripts between other text? */
export function embedsCode(path: string): boolean {
  return EMBEDDING.test(path);
}

/** Is this file read as code? By its name, or by its first line. */
export function isCode(path: string, text: string): boolean {
  return CODE.test(path) || EMBEDDING.test(path) || (!/\.[^/.]+$/.test(path) && SHEBANG.test(text));
}

/** Only declarations: whatever it imports is erased. */
export function isDeclaration(path: string): boolean {
  return /\.d\.(?:[^/.]+\.)?[cm]?ts$/i.test(path);
}

/** Markup with templates of another language in its scripts is no mistake. */
export function mustParse(path: string): boolean {
  return !/\.html?$/i.test(path);
}
