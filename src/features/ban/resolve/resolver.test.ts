import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchPaths } from "../../../platform/globs/index.ts";
import { FileMap } from "./file-map.ts";
import { joinInside, packageOf } from "./folders.ts";
import { Manifests, readPnpmPackages } from "./manifests.ts";
import { Resolver } from "./resolver.ts";
import { sourcePaths } from "./source-paths.ts";
import { placeByRows, TsConfigs } from "./ts-configs.ts";

function resolverOf(files: Record<string, string>, links: Record<string, string | null> = {}): Resolver {
  const entries = Object.keys(files).map((path) => ({ path, kind: "file" as const, blob: null }));
  const pick = (end: RegExp) => new Map(Object.entries(files).filter(([path]) => end.test(path)));
  const map = new FileMap(entries, new Map(Object.entries(links)));
  return new Resolver(
    map,
    new Manifests(pick(/package\.json$/), matchPaths),
    new TsConfigs(pick(/tsconfig\.json$/), () => null),
  );
}

const segment = fc.stringMatching(/^[a-z][a-z0-9_-]{0,6}$/);
const folder = fc.array(segment, { maxLength: 4 }).map((parts) => parts.join("/"));
const extension = fc.constantFrom("ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "vue", "json");

describe("a relative specifier", () => {
  it("leads to the file from every folder, with and without its extension", () => {
    fc.assert(
      fc.property(folder, folder, segment, extension, (from, to, name, ext) => {
        const target = `${to === "" ? "" : `${to}/`}t-${name}.${ext}`;
        const importer = `${from === "" ? "" : `${from}/`}importer.ts`;
        const up = from === "" ? "./" : "../".repeat(from.split("/").length);
        const resolver = resolverOf({ [target]: "", [importer]: "" });
        for (const specifier of [up + target, (up + target).replace(/\.\w+$/, ""), `${up}${target}?x`])
          expect(resolver.resolve(importer, specifier)).toMatchObject({ files: [target], local: true });
      }),
    );
  });

  it("never leads out of the repository, whatever it says", () => {
    fc.assert(
      fc.property(folder, fc.string(), (from, specifier) => {
        const resolver = resolverOf({ [`${from}/a.ts`]: "", "x.ts": "" }, { link: null, loop: "loop" });
        for (const file of resolver.resolve(`${from}/b.ts`, specifier).files)
          expect(resolver.files.has(file)).toBe(true);
      }),
    );
    expect(joinInside("a", "../../b")).toBeNull();
    expect(joinInside("a", "../b")).toBe("b");
    expect(joinInside("a", "..")).toBe("");
  });

  it.each([
    ["./x.js", "x.ts"],
    ["./x.jsx", "x.tsx"],
    ["./x.mjs", "x.mts"],
    ["./x.cjs", "x.cts"],
    ["./x.js", "x.js"],
    ["./x", "x.web.tsx"],
    ["./x", "x/index.ts"],
    ["./x.css", "x.css"],
    ["!!raw-loader!./x.ts", "x.ts"],
    ["/x", "x.ts"],
  ])("%s means %s", (specifier, file) => {
    expect(resolverOf({ [file]: "" }).resolve("a.ts", specifier).files).toEqual([file]);
  });

  it("prefers code beside a folder, and code over its declaration", () => {
    const files = { "x.ts": "", "x/index.ts": "", "y.js": "", "y.d.ts": "" };
    expect(resolverOf(files).resolve("a.ts", "./x").files).toEqual(["x.ts"]);
    expect(resolverOf(files).resolve("a.ts", "./y").files).toEqual(["y.js"]);
  });
});

describe("a built path", () => {
  it("has its source among the candidates, however deep the output lies", () => {
    const output = fc.array(fc.constantFrom("dist", "build", "lib", "esm", "cjs", "out"), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        output,
        folder,
        segment,
        fc.constantFrom(".js", ".mjs", ".d.ts", ".min.js", ".cjs.js"),
        (out, inner, name, end) => {
          const source = `${inner === "" ? "" : `${inner}/`}s-${name}`;
          expect(sourcePaths(`./${out.join("/")}/${source}${end}`)).toContain(`src/${source}`);
        },
      ),
    );
  });

  it("is found through outDir and rootDir of the package", () => {
    const files = {
      "p/package.json": '{ "name": "p", "exports": "./generated/x.js" }',
      "p/tsconfig.json": '{ "compilerOptions": { "outDir": "generated", "rootDir": "code" } }',
      "p/code/x.ts": "",
    };
    const resolver = resolverOf({ "package.json": '{ "workspaces": ["p"] }', ...files });
    expect(resolver.resolve("a.ts", "p").files).toEqual(["p/code/x.ts"]);
  });

  it("is itself where it stands in the tree", () => {
    const files = {
      "package.json": '{ "workspaces": ["p"] }',
      "p/package.json": '{ "name": "p", "main": "dist/a.js" }',
    };
    const resolver = resolverOf({ ...files, "p/dist/a.js": "", "p/src/a.ts": "" });
    expect(resolver.resolve("a.ts", "p").files).toEqual(["p/dist/a.js"]);
  });
});

describe("names", () => {
  it("of packages are told from everything else", () => {
    expect(["a", "a/b", "@s/a", "@s/a/b", "a@1", "a?raw"].map(packageOf)).toEqual([
      "a",
      "a",
      "@s/a",
      "@s/a",
      "a",
      "a",
    ]);
    expect(["./a", "/a", "#a", "@/a", "~/a", "", "node:fs", "C:\\a"].map(packageOf)).toEqual(
      Array(8).fill(null),
    );
  });

  it("choose the longest prefix of paths, and an exact row first", () => {
    const rows = [
      { pattern: "*", targets: ["all/*"] },
      { pattern: "@a/*", targets: ["a/*", "b/*"] },
      { pattern: "@a/x/*", targets: ["x/*"] },
      { pattern: "@a/x/y", targets: ["exact"] },
    ];
    expect(placeByRows(rows, "@a/x/z")).toEqual(["x/z"]);
    expect(placeByRows(rows, "@a/x/y")).toEqual(["exact"]);
    expect(placeByRows(rows, "@a/q")).toEqual(["a/q", "b/q"]);
    expect(placeByRows(rows, "z")).toEqual(["all/z"]);
  });

  it("of pnpm workspaces are read from any text without harm", () => {
    expect(readPnpmPackages("a: 1\npackages:\n- a/* # x\n\n  - 'b#c'\nz:\n - d\n")).toEqual(["a/*", "b#c"]);
    expect(readPnpmPackages('packages: [a, "b"]\n')).toEqual(["a", "b"]);
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(readPnpmPackages(`packages:${text}`))));
    expect(readPnpmPackages(`packages:${"\n ".repeat(200_000)}`)).toEqual([]);
  });
});

describe("links", () => {
  it("are followed in folders and files, and never in circles", () => {
    const resolver = resolverOf(
      { "real/x.ts": "", "a.ts": "" },
      { l: "real", m: "l", "n.ts": "m/x.ts", c: "d", d: "c", out: null },
    );
    expect(resolver.resolve("a.ts", "./m/x").files).toEqual(["real/x.ts"]);
    expect(resolver.resolve("a.ts", "./n").files).toEqual(["real/x.ts"]);
    expect(resolver.resolve("a.ts", "./c/x").files).toEqual([]);
    expect(resolver.resolve("a.ts", "./out/x").files).toEqual([]);
  });
});
