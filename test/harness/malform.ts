import type { SampleRequest } from "./sample-request.ts";

/** Chooses a number below `count`. */
export type Choose = (count: number) => number;

/** A generator that repeats itself for a seed (mulberry32, public domain). */
export function seeded(seed: number): Choose {
  let state = seed >>> 0;
  return (count) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * count);
  };
}

const WORDS: unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\u202e",
  "x".repeat(70_000),
  "'; drop table task_tasks; --",
  "../../etc/passwd",
  "{{7*7}}",
  "__proto__",
  "💥",
  "2026-13-45T99:99:99Z",
  "00000000-0000-0000-0000-00000000000g",
  [],
  [[[[]]]],
  {},
  { __proto__: null, constructor: { prototype: { polluted: true } } },
  { $ne: null },
  Array.from({ length: 3000 }, () => "x"),
];

function nested(depth: number): unknown {
  return JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`);
}

/** Replaces, adds or removes something somewhere inside. */
export function mutate(value: unknown, choose: Choose): unknown {
  const word = () => (choose(20) === 0 ? nested(500) : WORDS[choose(WORDS.length)]);
  if (typeof value !== "object" || value === null || choose(4) === 0) return word();
  if (Array.isArray(value)) return [...value.map((one) => mutate(one, choose)), word()];
  const entries = Object.entries(value);
  const at = choose(entries.length + 1);
  const changed = entries.map(([key, one], index) => [key, index === at ? mutate(one, choose) : one]);
  if (at === entries.length) changed.push([choose(2) === 0 ? "unexpected" : "__proto__", word()]);
  else if (choose(4) === 0) changed.splice(at, 1);
  return Object.fromEntries(changed);
}

function brokenText(body: string, choose: Choose): string {
  const at = choose(body.length + 1);
  return [
    () => body.slice(0, at),
    () => `${body.slice(0, at)}\u0000${body.slice(at)}`,
    () => `${body}${body}`,
    () => "{".repeat(10_000),
    () => "null",
    () => '"text"',
    () => "",
  ][choose(7)]?.() as string;
}

function mutatePath(path: string, choose: Choose): string {
  const texts = WORDS.filter((word) => typeof word === "string" && !/\p{Cs}/u.test(word));
  const odd = encodeURIComponent(String(texts[choose(texts.length)]).slice(0, 2000));
  const [route = "", query = ""] = path.split("?");
  const parts = route.split("/");
  return [
    () => `${parts.slice(0, -1).join("/")}/${odd}?${query}`,
    () => `${route}?${query}&limit=${odd}`,
    () => `${route}?${query}&cursor=${odd}`,
    () => `${route}?${query}&unexpected=${odd}`,
    () => `${route}/%ff%00`,
    () => `${route}?${query}&limit=1&limit=2`,
  ][choose(6)]?.() as string;
}

/** A request that is like the sample and wrong in one way or several. */
export function malform(
  sample: SampleRequest,
  choose: Choose,
): SampleRequest & { headers: Record<string, string> } {
  const request = { ...sample, headers: {} as Record<string, string> };
  const way = choose(8);
  if (way === 0 || sample.body === null) request.path = mutatePath(sample.path, choose);
  if (way === 1) request.headers["idempotency-key"] = ["", "x".repeat(500), "ä", "k\tk"][choose(4)] ?? "";
  if (way === 2)
    request.contentType =
      ["text/plain", "application/xml", "application/json; charset=utf-7"][choose(3)] ?? "";
  if (way === 3) request.headers["growth-engine-fleet"] = ["x".repeat(900), "%00", "../x"][choose(3)] ?? "";
  if (sample.body !== null && way > 3) {
    const isJson = sample.contentType === "application/json";
    request.body =
      way === 4 || !isJson
        ? brokenText(sample.body, choose)
        : JSON.stringify(mutate(JSON.parse(sample.body), choose));
  }
  return request;
}
