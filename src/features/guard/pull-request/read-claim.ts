/** The exemptions of contract §3. */
export type Exemption = "non-code-change" | "single-session";

/** Longer texts are sentences that happen to hold the words. */
const MAX_LENGTH = 200;
const NON_CODE = /^no mcp usage ?(?:-+|:|,|\() ?non[- ]?code change\)?$/;
const SINGLE_SESSION =
  /^(?:<|under|less than|below) ?(?:2|two) ?(?:h|hr|hrs|hours?)[ ,:-]*(?:in )?(?:a |one )?single[- ]session$/;
const AFFIRMATION = /^no (?:dev|development)(?:[- ]only)?[- ]mcp(?: |$)/;
/** What may follow, and no other word: any other could turn the sentence round. */
const AFFIRMED = new Set(
  (
    "no dev development only mcp server servers import imports imported package packages dependency dependencies " +
    "reference references usage use used code is are in into the our any production prod runtime bundle build app " +
    "application found present or and"
  ).split(" "),
);
const OPENERS = /^(?:verified|confirmed|checked|i confirm|we confirm|there (?:is|are)):? (?:that )?(?=no )/;

function withoutMarks(text: string): string {
  const marks = "\"'“”‘’«»`*_ ";
  let start = 0;
  let end = text.length;
  while (start < end && marks.includes(text.charAt(start))) start += 1;
  while (end > start && `${marks}.;,!`.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Lower case, one kind of dash, one kind of space, no marks around it. */
function plain(text: string): string {
  const oneKind = text
    .normalize("NFKC")
    .replaceAll(/[\p{Pd}\u2212]/gu, "-")
    .replaceAll(/\p{Extended_Pictographic}|\uFE0F/gu, " ");
  return withoutMarks(oneKind.trim().split(/\s+/).join(" ").toLowerCase());
}

/** The text, and the text without a remark in brackets at its end. */
function readings(text: string): string[] {
  if (text.length > MAX_LENGTH) return [];
  const whole = plain(text);
  return [whole, withoutMarks(whole.replace(/\([^()]*\)$/, ""))];
}

/** The exemption that an option, taken whole, claims. A phrase inside another sentence claims nothing. */
export function readExemption(option: string): Exemption | null {
  const texts = readings(option);
  if (texts.some((text) => NON_CODE.test(text))) return "non-code-change";
  return texts.some((text) => SINGLE_SESSION.test(text)) ? "single-session" : null;
}

/** Whether an option, taken whole, affirms that production holds no development MCP. */
export function isAffirmation(option: string): boolean {
  return readings(option).some((text) => {
    const affirmation = text.replace(OPENERS, "");
    return AFFIRMATION.test(affirmation) && affirmation.split(/[\s/,-]+/).every((word) => AFFIRMED.has(word));
  });
}
