import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { globsOverlap } from "./globs-overlap.ts";
import { matchPaths } from "./index.ts";
import { laterFolders, literalEnd, literalFolders, readGlob, UnreadableGlob } from "./read-glob.ts";

const overlap = (one: string, other: string) =>
  readGlob(one).some((left) => readGlob(other).some((right) => globsOverlap(left, right)));

function isGlob(text: string): boolean {
  try {
    return readGlob(text).length > 0;
  } catch {
    return false;
  }
}

/** What `*`, `?`, `**` and braces say, told as simply as it can be. */
function matchPlainly(glob: string): (path: string) => boolean {
  const forms = readGlob(glob).map(({ text }) => text.split("/"));
  const nameMatches = (name: string, segment: string) =>
    new RegExp(`^${segment.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".")}$`).test(name);
  const matches = (names: readonly string[], segments: readonly string[]): boolean => {
    const [segment, ...rest] = segments;
    if (segment === undefined) return names.length === 0;
    if (segment === "**") return names.some((_, at) => matches(names.slice(at), rest)) || matches([], rest);
    return names[0] !== undefined && nameMatches(names[0], segment) && matches(names.slice(1), rest);
  };
  return (path) => forms.some((segments) => matches(path.split("/"), segments));
}

/** Every path of at most `depth` names of at most `length` characters. */
function allPaths(characters: readonly string[], length: number, depth: number): string[] {
  let names = [""];
  const all: string[] = [];
  for (let size = 1; size <= length; size += 1) {
    names = names.flatMap((name) => characters.map((character) => name + character));
    all.push(...names.filter((name) => name !== "." && name !== ".."));
  }
  let paths = all;
  const every = [...all];
  for (let level = 2; level <= depth; level += 1) {
    paths = paths.flatMap((path) => all.map((name) => `${path}/${name}`));
    every.push(...paths);
  }
  return every;
}

describe("globs overlap", () => {
  it.each([
    ["src/**", "src/a/*.ts"],
    ["src/**", "src"],
    ["**", "a/b/c"],
    ["**/*.ts", "src/a.*"],
    ["a*c", "ab*"],
    ["{a,b}/x", "{b,c}/x"],
    ["src/{a,b/**}/*.ts", "src/b/c/d.ts"],
    ["a/**/z", "a/z"],
    ["src/?.ts", "src/*.ts"],
    ["app/\\[id\\]/page.tsx", "app/*/page.tsx"],
    ["*", ".env"],
  ])("%s and %s do", (one, other) => {
    expect([overlap(one, other), overlap(other, one)]).toEqual([true, true]);
  });

  it.each([
    ["src/*.ts", "src/*.md"],
    ["src/**", "srcs/a"],
    ["src/*", "src/a/b"],
    ["SRC/a.ts", "src/a.ts"],
    ["a?", "a"],
    ["?", ".*"],
    [".?", "*."],
    ["**/a", "**/b"],
    ["app/\\[id\\]/page.tsx", "app/i/page.tsx"],
  ])("%s and %s do not", (one, other) => {
    expect([overlap(one, other), overlap(other, one)]).toEqual([false, false]);
  });

  const agree = (paths: readonly string[]) => (one: string, other: string) => {
    const [left, right] = [one, other].map(matchPlainly);
    const found = paths.some((path) => left?.(path) && right?.(path));
    expect([one, other, overlap(one, other)]).toEqual([one, other, found]);
    // Form by form: picomatch takes `{,a}` in a folder's name for more than the two that it stands for.
    const [quick, exact] = [one, other].map((text) => matchPaths(readGlob(text).map((form) => form.text)));
    // It takes `a/*/**` and `*.*` for a little less than they say; a conflict that it sees is never missed.
    if (!found) expect(paths.find((path) => quick?.(path) && exact?.(path))).toBeUndefined();
  };

  it("exactly when some name matches both", () => {
    const marks = fc.array(fc.constantFrom("a", "b", ".", "*", "?", "{a,b.}", "{,a}"), {
      minLength: 1,
      maxLength: 3,
    });
    const glob = marks.map((all) => all.join("")).filter((text) => text !== "**" && isGlob(text));
    fc.assert(fc.property(glob, glob, agree(allPaths(["a", "b", "."], 7, 1))), { numRuns: 500 });
  });

  it("exactly when some path matches both", () => {
    const names = fc.array(fc.constantFrom("a", "b", "*", "?", "a*", "{a,b}", "**", "**"), {
      minLength: 1,
      maxLength: 4,
    });
    const glob = fc.oneof(
      names.map((all) => all.join("/")),
      fc.tuple(names, names).map(([one, other]) => `{${one.join("/")},${other.join("/")}}`),
    );
    fc.assert(fc.property(glob, glob, agree(allPaths(["a", "b"], 1, 8))), { numRuns: 500 });
  });

  it("within a moment, however long", () => {
    const stars = `${"*a".repeat(100)}`;
    expect(overlap(`${stars}b`, `${"*b".repeat(100)}c`)).toBe(false);
    expect(overlap(`${"**/a/".repeat(30)}b`, `${"**/a/".repeat(30)}c`)).toBe(false);
  });
});

describe("what an index may leave out", () => {
  it("never overlaps: neither by folders, nor by their reach, nor by how it ends", () => {
    const names = fc.array(fc.constantFrom("a", "b", "a.b", "*", "?", "a*", "*.b", "\\\\*", "**"), {
      minLength: 1,
      maxLength: 4,
    });
    const form = names.map((all) => readGlob(all.join("/"))[0]).filter((one) => one !== undefined);
    fc.assert(
      fc.property(form, form, (one, other) => {
        if (!globsOverlap(one, other)) return;
        const [left, right] = [literalFolders(one), literalFolders(other)];
        expect(left.startsWith(right) || right.startsWith(left)).toBe(true);
        for (const { step, name } of laterFolders(one))
          expect(["", name]).toContain(right.split("/")[step - 1] ?? "");
        const [ends, end] = [literalEnd(one), literalEnd(other)];
        expect(ends === null || end === null || ends.endsWith(end) || end.endsWith(ends)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("a glob", () => {
  it.each([
    ["", "is empty"],
    ["/etc/passwd", "is absolute"],
    ["C:/x", "is absolute"],
    ["~/x", "is absolute"],
    ["../x", 'the folder ".."'],
    ["a/./b", 'the folder "."'],
    ["a/{..,b}/c", 'the folder ".."'],
    ["a//b", "nothing between two slashes"],
    ["src/", "src/** is all"],
    ["src\\features", "backslash"],
    ["a\\", "backslash"],
    ["a[bc]", '"["'],
    ["!a", '"!"'],
    ["@(a|b)", '"("'],
    ["a**b", '"**"'],
    ["{a", '"{" without'],
    ["a}", "not opened"],
    ["{1..9}", "range"],
    ["{a}", "without a comma"],
    ["a\nb", "nobody sees"],
    ["{a,b}".repeat(7), "over 64 globs"],
    ["{{a,b},{c,d}}".repeat(200).slice(0, 501), "over 500"],
  ])("%j is refused: it %s", (text, why) => {
    expect(() => readGlob(text)).toThrow(UnreadableGlob);
    expect(() => readGlob(text)).toThrow(why);
  });

  it("of any text is read or refused, and never fails otherwise", () => {
    const odd = fc
      .array(fc.constantFrom("a", "/", "*", "{", "}", ",", "\\", ".", "[", "?", "!"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(fc.oneof(odd, fc.string()), (text) => {
        try {
          expect(readGlob(text).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableGlob);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it("begins with its literal folders, and ends with its literal end", () => {
    const ends = (text: string) => readGlob(text).map((form) => [literalFolders(form), literalEnd(form)]);
    expect(ends("src/a/*.ts")).toEqual([["src/a/", ".ts"]]);
    expect(ends("src/a.ts")).toEqual([["src/a.ts/", "a.ts"]]);
    expect(ends("**")).toEqual([["", null]]);
    expect(ends("a/{b,c*}")).toEqual([
      ["a/b/", "b"],
      ["a/", ""],
    ]);
    expect(ends("a\\*/b")).toEqual([["a*/b/", "b"]]);
  });
});
