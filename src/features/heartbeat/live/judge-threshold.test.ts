import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeSilence, type Silence, trials } from "./judge-threshold.ts";

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;
const silence = (minutes: number, words: Partial<Silence> = {}): Silence => ({
  silentFrom: 0,
  endedAt: minutes * MINUTE,
  isSameSession: true,
  ...words,
});
const anySilence: fc.Arbitrary<Silence> = fc
  .record({
    silentFrom: fc.integer({ min: 0, max: NOW }),
    lasts: fc.option(fc.integer({ min: 0, max: NOW })),
    isSameSession: fc.boolean(),
  })
  .map(({ silentFrom, lasts, isSameSession }) => ({
    silentFrom,
    endedAt: lasts === null ? null : Math.min(NOW, silentFrom + lasts),
    isSameSession,
  }));

describe("an alert that a threshold would have raised", () => {
  const worth = (of: Silence) => judgeSilence(of, 15 * MINUTE, 10 * MINUTE, NOW);

  it("is false when the same session beat again within the grace", () => {
    expect([15, 16, 25].map((minutes) => worth(silence(minutes)))).toEqual(["none", "false", "false"]);
  });

  it("is true when the silence outlasted the grace, or another session came", () => {
    expect(worth(silence(26))).toBe("true");
    expect(worth(silence(16, { isSameSession: false }))).toBe("true");
  });

  it("is undecided while silence and grace last", () => {
    const open = (minutes: number) =>
      worth({ silentFrom: NOW - minutes * MINUTE, endedAt: null, isSameSession: false });
    expect([15, 16, 25, 26].map(open)).toEqual(["none", "undecided", "undecided", "true"]);
  });

  it("is never one more for a longer threshold, and never more false than raised", () =>
    fc.assert(
      fc.property(
        fc.array(anySilence),
        fc.uniqueArray(fc.integer({ min: 1, max: NOW }), { minLength: 1 }),
        fc.integer({ min: 0, max: NOW }),
        (silences, thresholds, grace) => {
          const tried = trials(
            thresholds.sort((a, b) => a - b),
            grace,
            NOW,
          );
          for (const one of silences) tried.add(one);
          const alerts = tried.all.map((trial) => trial.alerts);
          expect(alerts).toEqual([...alerts].sort((a, b) => b - a));
          for (const trial of tried.all)
            expect(trial.falseAlerts + trial.undecided).toBeLessThanOrEqual(trial.alerts);
        },
      ),
    ));

  it("is never true for a longer grace when it was false for a shorter one", () =>
    fc.assert(
      fc.property(anySilence, fc.nat(NOW), fc.nat(NOW), fc.nat(NOW), (one, threshold, grace, more) => {
        if (judgeSilence(one, threshold, grace, NOW) === "false")
          expect(judgeSilence(one, threshold, grace + more, NOW)).toBe("false");
      }),
    ));
});
