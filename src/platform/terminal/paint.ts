import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Paints text for a terminal, or leaves it alone. */
export type Paint = (style: Style, text: string) => string;

export function paintFor(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text) : (_, text) => text;
}

/**
 * Makes text from a repository or the network safe to print: control characters, escape sequences and
 * direction overrides are shown as `\u{…}`, so that hostile text cannot move the cursor or hide itself.
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u{${character.charCodeAt(0).toString(16)}}`,
  );
}
