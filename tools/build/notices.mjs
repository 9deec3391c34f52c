// The licences of the packages whose code is inside dist/, which their licences ask us to pass on.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([-.].*)?$/i;

async function noticeOf(root, folder) {
  const manifest = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
  const files = (await readdir(join(root, folder))).filter((name) => LICENCE_FILE.test(name)).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(root, folder, name), "utf8")));
  const author =
    typeof manifest.author === "string" ? manifest.author : (manifest.author?.name ?? "its authors");
  const text = texts.length > 0 ? texts.map((one) => one.trim()).join("\n\n") : `Copyright ${author}`;
  const title = `${manifest.name} ${manifest.version} (${manifest.license})`;
  return `${title}\n${"-".repeat(title.length)}\n\n${text.replaceAll("\r\n", "\n")}\n`;
}

/** The text of THIRD-PARTY-NOTICES.txt, one part per package, by name. */
export async function notices(root, contents) {
  const folders = [...new Set(Object.values(contents).flatMap(({ inside }) => inside))];
  const parts = await Promise.all(folders.map((folder) => noticeOf(root, folder)));
  const intro = "The files of growth-engine hold code of these packages, under the licences printed here.\n";
  return [intro, ...new Set(parts.sort())].join("\n\n");
}
