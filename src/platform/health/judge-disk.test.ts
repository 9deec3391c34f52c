import { describe, expect, it } from "vitest";
import { judgeDisk } from "./judge-disk.ts";

describe("a disk", () => {
  const GIB = 2 ** 30;
  it.each([
    [400 * GIB, 1_000 * GIB, "ok"],
    // Much room on a large disk, a good share of a small one.
    [50 * GIB, 2_000 * GIB, "ok"],
    [4 * GIB, 10 * GIB, "ok"],
    [4 * GIB, 100 * GIB, "warn"],
    [0.3 * GIB, 100 * GIB, "fail"],
    [0.1 * GIB, 1 * GIB, "fail"],
    [0, 0, "fail"],
  ])("with %d of %d bytes free is %s", (free, size, state) => {
    expect(judgeDisk({ free, size }).state).toBe(state);
  });
});
