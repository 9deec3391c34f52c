import type { Form } from "../parse/statement.ts";

const IMPORTS: ReadonlySet<Form> = new Set(["import", "re-export", "dynamic import"]);
const EMBEDDING = /\.(?:vue|svelte|astro|mdx|html?)$/i;
const CODE = /\.(?:[cm]?[jt]sx?|es6?|jsm)$/i;
/** What no runtime takes for code, whoever asks for it. */
const DATA = /\.(?:json[c5]?|node|wasm|map|lock)$/i;
/** What bundlers give to an `import` as text, style or address; only Node's `require` runs such a file as code. */
const ASSET =
  /\.(?:md|markdown|rst|adoc|txt|css|s[ac]ss|less|styl|ya?ml|toml|xml|csv|tsv|sql|graphql|gql|glsl|wgsl|hbs|ejs|pug|njk|liquid|tpl|tmpl|template|mustache|pdf|svg|png|jpe?g|gif|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp[34]|m4a|ogg|wav|webm|mov|avi|zip|t?gz|br)$/i;
const SHEBANG = /^#![^\n]*\b(?:node|bun|deno|tsx|ts-node|zx)\b/;

/** Does this file hold scripts between other text? */
export function embedsCode(path: string): boolean {
  return EMBEDDING.test(path);
}

/** Is this the name of code, or of a file that holds some? */
export function hasCodeName(path: string): boolean {
  return CODE.test(path) || EMBEDDING.test(path);
}

/** Is this file read as code? By its name, or by its first line. */
export function isCode(path: string, text: string): boolean {
  return hasCodeName(path) || (SHEBANG.test(text) && !isData(path));
}

/** Does the name say that a file holds data or text? */
export function isData(path: string): boolean {
  return DATA.test(path) || ASSET.test(path);
}

/** Does a statement of this form run the file as code? Node's `require` runs any but data. */
export function runsAs(path: string, form: Form): boolean {
  if (hasCodeName(path) || !/\.[^/.]+$/.test(path)) return true;
  if (DATA.test(path)) return false;
  return form === "require" || (IMPORTS.has(form) && !ASSET.test(path));
}

/** Only declarations: whatever it imports is erased. */
export function isDeclaration(path: string): boolean {
  return /\.d\.(?:[^/.]+\.)?[cm]?ts$/i.test(path);
}

/** Markup with templates of another language in its scripts is no mistake. */
export function mustParse(path: string): boolean {
  return !/\.html?$/i.test(path);
}
