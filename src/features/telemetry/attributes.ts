import type { Message } from "./decode-export.ts";
import type { Sender } from "./sighting.ts";

/** Attributes with plain values by name; of two with one name the last. */
export type Attributes = ReadonlyMap<string, string | number | boolean>;

const MAX_TEXT = 300;

export function listOf(message: Message, name: string): readonly Message[] {
  const list = message[name];
  return Array.isArray(list) ? (list as Message[]) : [];
}

function plainValue(value: unknown): string | number | boolean | null {
  if (typeof value !== "object" || value === null) return null;
  const { stringValue, intValue, doubleValue, boolValue } = value as Message;
  if (typeof stringValue === "string") return stringValue;
  if (typeof boolValue === "boolean") return boolValue;
  const number = intValue ?? doubleValue;
  return number === undefined ? null : Number(number);
}

export function attributesOf(message: Message): Attributes {
  const pairs = listOf(message, "attributes").flatMap(({ key, value }) => {
    const plain = plainValue(value);
    return typeof key === "string" && plain !== null ? [[key, plain] as const] : [];
  });
  return new Map(pairs);
}

/** The first of these attributes that is a text and not empty; long ones are no names. */
export function textIn(attributes: Attributes, ...names: readonly string[]): string | undefined {
  const found = names
    .map((name) => attributes.get(name))
    .find((value) => typeof value === "string" && value !== "");
  return typeof found === "string" && found.length <= MAX_TEXT ? found : undefined;
}

/** A number, also where it is told as text. */
export function numberIn(attributes: Attributes, name: string): number | undefined {
  const value = attributes.get(name);
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : undefined;
}

/** Nanoseconds since 1970, as text, in milliseconds; null for none and for what no calendar has. */
export function instantOf(nanoseconds: unknown): number | null {
  const text = String(nanoseconds ?? "");
  // As a number it would lose its last digits.
  const ms = /^\d{1,20}$/.test(text) ? Number(BigInt(text) / 1_000_000n) : 0;
  return ms > 0 && ms < 8.64e15 ? ms : null;
}

/** Who sends, by its resource. */
export function senderOf(group: Message): Sender {
  const resource = attributesOf((group.resource ?? {}) as Message);
  const host = [textIn(resource, "service.name"), textIn(resource, "service.version")];
  return {
    host: host.filter((part) => part !== undefined).join(" ") || undefined,
    agent: textIn(resource, "growth_engine.agent"),
    repository: textIn(resource, "growth_engine.repository", "vcs.repository.name"),
    task: textIn(resource, "growth_engine.task"),
  };
}
