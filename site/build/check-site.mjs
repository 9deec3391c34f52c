// Every internal link of the built site leads to a page, and its #part to an element there. Nothing is fetched from elsewhere.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";

const DIST = resolve(import.meta.dirname, "../dist");
const BASE = process.env.SITE_BASE ?? "/";
const PAGE = /\.html$/;

const decode = (text) => text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&#39;", "'");
const attributes = (html, name) =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map(([, value]) => decode(value));

const pages = readdirSync(DIST, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => PAGE.test(path));
const read = new Map(pages.map((page) => [page, readFileSync(join(DIST, page), "utf8")]));
const ids = new Map([...read].map(([page, html]) => [page, new Set(attributes(html, "id"))]));

/** File of the site that an address on a page names; null for an address outside of it. */
function targetOf(address, page) {
  if (/^(data|mailto):/.test(address)) return null;
  if (/^([a-z]+:)?\/\//.test(address)) return null;
  const [path, part = ""] = address.split("#");
  if (path === "") return { file: page, part };
  const from = path.startsWith("/") ? posix.relative(BASE, path) : posix.join(posix.dirname(page), path);
  const file = posix.normalize(decodeURI(from || "."));
  const found = [file, `${file}.html`, posix.join(file, "index.html")].find((each) =>
    PAGE.test(each) || /\.\w+$/.test(each) ? existsSync(join(DIST, each)) : false,
  );
  return { file: found ?? null, part };
}

function faultOf(address, page) {
  const target = targetOf(address, page);
  if (target === null) return null;
  if (target.file === null) return "leads to no page";
  const known = ids.get(target.file);
  const part = decodeURIComponent(target.part);
  return part !== "" && known !== undefined && !known.has(part) ? "names no part of that page" : null;
}

let links = 0;
const faults = [];
for (const [page, html] of read) {
  for (const address of [...attributes(html, "href"), ...attributes(html, "src")]) {
    links += 1;
    const fault = faultOf(address, page);
    if (fault !== null) faults.push(`${page}: ${address} ${fault}`);
  }
  const loaded = [...html.matchAll(/<(?:script|link|img)\b[^>]*?\s(?:src|href)="((?:https?:)?\/\/[^"]*)"/g)];
  for (const [, address] of loaded) faults.push(`${page}: loads ${address} from elsewhere`);
}
for (const fault of faults) console.error(fault);
console.log(`${pages.length} pages, ${links} links, ${faults.length} dead`);
process.exitCode = faults.length > 0 || links === 0 ? 1 : 0;
