import { describe, expect, it } from "vitest";
import type { LineCommit } from "../../../platform/git/index.ts";
import { splitPulls } from "./split-pulls.ts";

const HOUR = 3_600_000;

/** A commit of the line; `parents` are those besides the one before it. */
function commit(
  id: string,
  hours: number,
  more: Partial<LineCommit> & { merged?: string[] } = {},
): LineCommit {
  const { merged = [], ...fields } = more;
  return {
    id,
    parents: [`before-${id}`, ...merged],
    time: hours * HOUR,
    author: "Ada",
    email: "ada@example.com",
    committer: "Ada",
    subject: id,
    body: "",
    ...fields,
  };
}

/** What became of commits given oldest first. */
function kindsOf(...line: LineCommit[]): string[] {
  return splitPulls([...line].reverse()).map(
    ({ kind, base, head, end }) => `${kind} ${base}..${head} @${end.id}`,
  );
}

describe("splitPulls", () => {
  it("takes a merge by its second parent, and an octopus by itself", () => {
    expect(kindsOf(commit("m", 1, { merged: ["x"] }), commit("o", 2, { merged: ["x", "y"] }))).toEqual([
      "merge before-m..x @m",
      "merge before-o..o @o",
    ]);
  });

  it("takes a squashed commit for itself, whoever made its neighbours", () => {
    expect(kindsOf(commit("a", 1), commit("b", 1, { subject: "Fix (#12)" }), commit("c", 1))).toEqual([
      "direct before-a..a @a",
      "squash before-b..b @b",
      "direct before-c..c @c",
    ]);
  });

  it("joins direct commits of one author with pauses up to 8 hours, and no others", () => {
    expect(
      kindsOf(
        commit("a", 0),
        commit("b", 8),
        commit("c", 16.1),
        commit("d", 17, { email: "bo@example.com" }),
      ),
    ).toEqual(["direct before-a..b @b", "direct before-c..c @c", "direct before-d..d @d"]);
  });

  it("leaves out what has nothing before it", () => {
    expect(kindsOf(commit("root", 0, { parents: [] }), commit("b", 1))).toEqual(["direct before-b..b @b"]);
  });

  it("names a forge's merge by the title that its body holds", () => {
    const subject = "Merge pull request #7 from shop/cart";
    const [pull] = splitPulls([commit("m", 1, { merged: ["x"], subject, body: "Keep carts" })]);
    expect(pull?.title).toBe("Keep carts (#7)");
  });
});
