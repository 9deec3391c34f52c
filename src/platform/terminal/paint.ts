import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Paints text for a terminal, or leaves it alone. */
export type Paint = (style: Style, text: string) => string;

/** The caller decided; Node's own look at stdout and the environment would decide a second time. */
const DECIDED = { validateStream: false };

export function paintFor(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text, DECIDED) : (_, text) => text;
}

/**
 * Everything but tab and line end that a terminal obeys or hides: control characters (Cc), line and paragraph
 * separators, direction controls, invisible format characters, tags (text that only machines see) and what is
 * no character at all. The joiners U+200C and U+200D stay: Persian, Hindi and emoji are written with them.
 */
const UNPRINTABLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}\p{Surrogate}]/gu;

/**
 * Makes text from a repository or the network safe to print: what a terminal would obey or hide is shown
 * as `\u{…}`, so that hostile text cannot move the cursor, change its order or hide a part of itself.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
