import { expect, it } from "vitest";
import { readMode } from "./read-mode.ts";

it("blocks unless it is told otherwise in a word that it knows", () => {
  expect(readMode({})).toBe("block");
  expect(readMode({ GROWTH_ENGINE_RUNTIME: "" })).toBe("block");
  expect(readMode({ GROWTH_ENGINE_RUNTIME: "warn", NODE_ENV: "development" })).toBe("warn");
  expect(readMode({ GROWTH_ENGINE_RUNTIME: "off" })).toBe("off");
  for (const asked of ["OFF", "0", "false", " off", "of"])
    expect(() => readMode({ GROWTH_ENGINE_RUNTIME: asked })).toThrow(asked);
});
