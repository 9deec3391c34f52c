import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KEYS, parseConfig } from "../../../src/features/config/index.ts";
import { checkLine, entriesOf } from "../../../src/features/evidence/index.ts";
import { checkBeat } from "../../../src/features/heartbeat/index.ts";
import { renderGuard, renderVerdict } from "../../../src/features/verdict/index.ts";
import { hostileGuard, hostileVerdict, SAMPLE_VERDICT } from "../../../test/harness/sample-verdict.ts";
import { configSchema } from "../config-page.ts";
import { evidenceSchema, heartbeatSchema } from "./record-schemas.ts";
import { verdictSchema } from "./verdict-schema.ts";

const ajv = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true });
const [isEvidence, isBeat, isConfig, isVerdict] = [
  evidenceSchema(),
  heartbeatSchema(),
  configSchema(),
  verdictSchema(),
].map((schema) => ajv.compile(schema));
const isGuard = ajv.compile({ $ref: "verdict.schema.json#/$defs/guard" });

const runs = { numRuns: 2_000 };
/** A value that is near what a field takes, or far from it. */
const near = (...values: unknown[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...values) },
    fc.constantFrom("", " ", "\n", " ", 0, null, [], {}),
    fc.string({ maxLength: 3 }),
  );
const two = (max: number) => fc.integer({ min: 0, max }).map((count) => String(count).padStart(2, "0"));
const year = fc.oneof(
  fc.constantFrom("2024", "2023", "1900", "2000", "0000"),
  fc.integer({ min: 1000, max: 9999 }).map(String),
);
const timestamp = fc
  .tuple(
    year,
    two(13),
    two(32),
    fc.constantFrom("T", "t", " ", ""),
    two(24),
    two(60),
    two(61),
    fc.constantFrom("", ".5", ".", ".123456"),
    fc.constantFrom("Z", "z", "+01:00", "-23:59", "+24:00", "+0100", ""),
  )
  .map(
    ([y, month, day, t, h, m, s, fraction, offset]) =>
      `${y}-${month}-${day}${t}${h}:${m}:${s}${fraction}${offset}`,
  );
const leapDay = fc.nat(9_999).map((count) => `${String(count).padStart(4, "0")}-02-29T00:00:00Z`);
const instant = fc.oneof(
  leapDay,
  { weight: 2, arbitrary: fc.constant("2026-01-31T09:30:00Z") },
  timestamp,
  near("2026-02-29T00:00:00Z"),
);
const SUM = "0".repeat(64);
const RECORDER = { kind: "hook", name: "r", version: "1" };

/** Most fields stand; some are left out. */
const line = (
  fields: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>>,
) =>
  fc
    .tuple(
      fc.record(fields),
      fc.record(optional, { requiredKeys: [] }),
      fc.subarray(Object.keys(fields), { maxLength: 1 }),
      fc.boolean(),
    )
    .map(([some, more, gone, keep]) =>
      Object.fromEntries(
        Object.entries({ ...some, ...more }).filter(([name]) => keep || !gone.includes(name)),
      ),
    );

function holds(deed: () => unknown): boolean {
  try {
    deed();
    return true;
  } catch {
    return false;
  }
}

describe("the schema of an evidence line", () => {
  const required = {
    tool: near("context7"),
    doc_ref: near("https://e.x"),
    request_id: near("1"),
    timestamp: instant,
    purpose: near("why", " ", "\u0000"),
  };

  it("says of the required fields what the reader says", () => {
    fc.assert(
      fc.property(line(required, {}), (value) => {
        expect(isEvidence?.(value)).toBe(checkLine(value).faults.length === 0);
      }),
      runs,
    );
  });

  it("says of optional fields what `evidence add` says", () => {
    const whole = {
      tool: fc.constant("t"),
      doc_ref: fc.constant("d"),
      request_id: fc.constant("1"),
      timestamp: fc.constant("2026-01-31T09:30:00Z"),
      purpose: fc.constant("p"),
    };
    const optional = {
      agent: near("ada", "a.", "../b", "@a", "a".repeat(101)),
      task: near("ENG-1"),
      session: near("s"),
      outcome: near("ok", "denied", "fine"),
      duration_ms: near(0, 12.5, -1, "3"),
      seq: near(0, 1, 1.5, -1, 2 ** 53),
      prev: near(SUM, SUM.slice(1), "F".repeat(64)),
      recorder: near(RECORDER, { ...RECORDER, name: "" }, "hook"),
      server: near("s"),
      head: near("1a2b3c4"),
      receipt: near({ a: 1 }),
      other: near(1),
    };
    fc.assert(
      fc.property(fc.tuple(fc.record(whole), fc.record(optional, { requiredKeys: [] })), ([some, more]) => {
        const value = { ...some, ...more };
        const accepted = holds(() => entriesOf([value], { options: {}, agent: "ada", now: 0 }));
        expect(isEvidence?.(value)).toBe(accepted);
      }),
      runs,
    );
  });
});

describe("the schema of a heartbeat line", () => {
  it("says of the required fields what the reader says, when the others are well formed", () => {
    const required = {
      timestamp: instant,
      task: near("ENG-1", " "),
      status: near("doing", "done", "blocked", "Done", "doin"),
    };
    const optional = {
      progress: fc.constant("40%"),
      session: fc.constant("s1"),
      agent: fc.constant("ada"),
      recorder: fc.constant(RECORDER),
      more: fc.json(),
    };
    fc.assert(
      fc.property(line(required, optional), (value) => {
        expect(isBeat?.(value)).toBe(!Array.isArray(checkBeat(value)));
      }),
      runs,
    );
  });

  it.each([{ agent: "../x" }, { session: "a/b" }, { session: "" }, { progress: "" }, { recorder: {} }])(
    "refuses %j, which no recorder writes",
    (field) => {
      const value = { timestamp: "2026-01-31T09:30:00Z", task: "T", status: "done" };
      expect([isBeat?.(value), isBeat?.({ ...value, ...field })]).toEqual([true, false]);
    },
  );
});

describe("the schema of the config", () => {
  const GLOBS = ["src/**", "/src/**", "./src", "../x", "!src", "!(a|b)/*", "src\\", " ", ""];
  const valueFor = ({ kind, default: fallback }: (typeof KEYS)[number]): fc.Arbitrary<unknown> => {
    const fine = fallback === null ? "https://growth.example" : fallback;
    const texts = fc.array(
      near(...GLOBS, ...(kind.type !== "map" && "oneOf" in kind ? (kind.oneOf ?? []) : [])),
      { maxLength: 2 },
    );
    if (kind.type === "duration") return near("15m", "1h30m", "0m", "0h1s", "15", "1.5h");
    if (kind.type === "url") return near("https://growth.example", "http://e.x:1", "ftp://e.x", 5);
    if (kind.type === "commands")
      return fc.array(
        fc.oneof(fc.array(near("npm", "ci", "", " ", "a\0b", 1), { maxLength: 3 }), near("npm", [])),
        {
          maxLength: 2,
        },
      );
    if (kind.type !== "map") return fc.oneof(texts, near(fine));
    const keys = kind.keys
      ? fc.constantFrom(...kind.keys.slice(0, 3), "evidence/mising")
      : fc.constantFrom("src/**", "import:a");
    const { of } = kind;
    const list = (words: readonly string[]) => fc.array(near(...words, "loud", " "), { maxLength: 2 });
    const values = of === "texts" ? texts : "eachOf" in of ? list(of.eachOf) : near(...of.oneOf, "loud");
    return fc.oneof(fc.dictionary(keys, values, { maxKeys: 2 }), near({}));
  };
  const config = fc
    .tuple(
      fc
        .subarray([...KEYS], { maxLength: 3 })
        .chain((keys) =>
          fc.tuple(...keys.map((key) => valueFor(key).map((value) => [key.name, value] as const))),
        ),
      near("none", "unknown", "evidence.tolls"),
    )
    .map(([entries, odd]) => {
      const made: Record<string, unknown> = {};
      for (const [name, value] of [
        ...entries,
        ...(odd === "evidence.tolls" || odd === "unknown" ? [[odd, []] as const] : []),
      ]) {
        const [group = "", key] = name.split(".");
        if (key === undefined) made[group] = value;
        else made[group] = { ...(made[group] as object), [key]: value };
      }
      return made;
    });

  it("says what the reader of the config says", () => {
    fc.assert(
      fc.property(config, (value) => {
        expect(isConfig?.(value)).toBe(holds(() => parseConfig(JSON.stringify(value))));
      }),
      runs,
    );
  });

  it("accepts every default", () => {
    const defaults: Record<string, Record<string, unknown> | unknown> = {};
    for (const { name, default: value } of KEYS) {
      const [group = "", key] = name.split(".");
      if (value === null) continue;
      defaults[group] = key === undefined ? value : { ...(defaults[group] as object), [key]: value };
    }
    expect(Object.keys(defaults)).toContain("heartbeat");
    expect([isConfig?.(defaults), holds(() => parseConfig(JSON.stringify(defaults)))]).toEqual([true, true]);
  });
});

describe("the schema of the config, by example", () => {
  it.each([
    [true, { $schema: "./schema.json", rules: { "evidence/missing": "warn" } }],
    [true, { heartbeat: { staleAfter: "1h30m" }, evidence: { requireTools: { "src/**": ["context7"] } } }],
    [true, { server: { url: "https://growth.example" }, pullRequest: { sections: ["Heartbeat"] } }],
    [false, { heartbeat: { staleAfter: "15 minutes" } }],
    [false, { heartbeat: { staleAftr: "15m" } }],
    [false, { rules: { "evidence/missing": "loud" } }],
    [false, { rules: { "evidence/mising": "warn" } }],
    [false, { evidence: { tools: "context7" } }],
    [false, { pullRequest: { sections: ["Evidence"] } }],
    [false, { server: { url: "growth.example" } }],
    [false, { evidnce: {} }],
  ])("says %s, as the reader of the config does, to %j", (fine, config) => {
    expect([isConfig?.(config), holds(() => parseConfig(JSON.stringify(config)))]).toEqual([fine, fine]);
  });
});

describe("the schema of a verdict", () => {
  const options = { colour: false, version: "0" };

  it("accepts whatever is rendered as JSON", () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        expect(isVerdict?.(JSON.parse(renderVerdict(verdict, "json", options)))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(hostileGuard, (guard) => {
        expect(isGuard(JSON.parse(renderGuard(guard, "json", options)))).toBe(true);
      }),
    );
  });

  it("misses every field that a verdict must have, at any depth", () => {
    expect(isVerdict?.(SAMPLE_VERDICT)).toBe(true);
    const paths = [
      ["verdict"],
      ["schema"],
      ["base"],
      ["guards"],
      ["guards", 0, "summary"],
      ["guards", 0, "findings"],
      ["guards", 0, "findings", 0, "rule"],
      ["guards", 0, "findings", 0, "level"],
    ];
    for (const path of paths) {
      const copy = structuredClone(SAMPLE_VERDICT);
      const last = String(path.at(-1));
      const holder = path
        .slice(0, -1)
        .reduce<unknown>((value, key) => Reflect.get(value as object, key), copy);
      Reflect.deleteProperty(holder as object, last);
      expect(isVerdict?.(copy), path.join(".")).toBe(false);
    }
  });

  it.each([
    { schema: "growth-engine/verdict@2" },
    { verdict: "not-applicable" },
    { guards: [] },
    { head: null },
    { guards: [{ ...SAMPLE_VERDICT.guards[0], verdict: "passed" }] },
    {
      guards: [
        { ...SAMPLE_VERDICT.guards[0], findings: [{ rule: "ban/import", level: "off", message: "m" }] },
      ],
    },
    { overridden: { by: "ada" } },
    { uncounted: [{ by: "ada" }] },
    { uncounted: [] },
  ])("refuses %j", (wrong) => {
    expect(isVerdict?.({ ...SAMPLE_VERDICT, ...wrong })).toBe(false);
  });
});
