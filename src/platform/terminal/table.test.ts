import { describe, expect, it } from "vitest";
import { renderTable } from "./index.ts";

describe("renderTable", () => {
  it("aligns columns and leaves no spaces at the end of a line", () => {
    expect(
      renderTable(
        ["agent", "task", "note"],
        [
          ["ada", "ENG-042", ""],
          ["grace", "E-1", "late"],
        ],
      ),
    ).toBe("agent  task     note\nada    ENG-042\ngrace  E-1      late\n");
  });

  it("keeps every row on one line", () => {
    expect(renderTable(["a", "b"], [["1\n2", "3\t4\u001b[2J"]])).toBe("a    b\n1 2  3 4\\u{1b}[2J\n");
  });

  it("shows the header alone when there is no row", () => {
    expect(renderTable(["a", "b"], [])).toBe("a  b\n");
  });

  it("takes more rows than a call takes arguments", () => {
    const rows = Array.from({ length: 200_000 }, () => ["x", "y"]);
    expect(renderTable(["a", "b"], rows)).toHaveLength(200_001 * 5);
  });
});
