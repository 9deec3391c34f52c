import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";

const PROJECT = join(import.meta.dirname, "../..");
const DIST = dirname(cliFile());
const { dependencies } = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8"));

/** Where files were built, and which packages are installed beside them. */
const BUILDS: [string, string, Record<string, string>][] = [
  ["the built files", DIST, dependencies],
  ["the portable files", join(DIST, "portable"), {}],
];

describe.each(BUILDS)("%s", (_, folder, installed) => {
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const contents: Record<string, { inside: string[]; requires: string[] }> = JSON.parse(
    read("contents.json"),
  );

  it("name no folder of the machine that built them", () => {
    const places = [PROJECT, DIST, `${homedir()}/`].filter((place) => place.length > 2);
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    const telling = files.filter(({ name }) => places.some((place) => read(name).includes(place)));
    expect(telling).toEqual([]);
  });

  it("require only built-ins, each other and the packages that are installed with them", () => {
    const foreign = Object.entries(contents).flatMap(([file, { requires }]) =>
      requires
        .filter((name) => !isBuiltin(name) && !Object.hasOwn(installed, name))
        .filter((name) => !Object.hasOwn(contents, name.replace("./", "")))
        .map((name) => `${file} requires ${name}`),
    );
    expect(foreign).toEqual([]);
  });

  it("carry the licence of every package inside them", () => {
    const notices = read("THIRD-PARTY-NOTICES.txt");
    for (const folder of new Set(Object.values(contents).flatMap(({ inside }) => inside))) {
      const { name, version } = JSON.parse(readFileSync(join(PROJECT, folder, "package.json"), "utf8"));
      expect(notices).toMatch(new RegExp(`^${name} ${version} \\(`, "m"));
    }
  });

  it("hold no package under a licence that would bind its users", () => {
    const licences = read("THIRD-PARTY-NOTICES.txt").matchAll(/^(\S+ \d+\.\d+\S*) \((.+)\)\n-{3,}$/gm);
    const free = /^(MIT|ISC|Apache-2\.0|0BSD|BlueOak-1\.0\.0|BSD-[23]-Clause|Python-2\.0|\(?MIT OR .*)$/;
    expect(
      [...licences].filter(([, , licence]) => !free.test(licence ?? "")).map(([, name]) => name),
    ).toEqual([]);
  });
});
