import protobuf from "protobufjs";
import { messageOf, Refusal } from "../../platform/errors/index.ts";
import { messageType } from "./message-type.ts";
import type { Signal } from "./signal.ts";
import { MOST_MESSAGES, WANTED_FIELDS } from "./wanted-fields.ts";

/** A message as OTLP's JSON has it, of wanted fields alone: 64-bit numbers are texts, identifiers hexadecimal. */
export type Message = Readonly<Record<string, unknown>>;

/** protobuf.dev/programming-guides/encoding: how each kind of field stands in the bytes. */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

function wireTypeOf({ type, resolvedType }: protobuf.Field): number {
  if (resolvedType instanceof protobuf.Enum) return VARINT;
  if (resolvedType !== null || type === "string" || type === "bytes") return LENGTH;
  if (type === "double" || type.endsWith("fixed64")) return FIXED64;
  return type === "float" || type.endsWith("fixed32") ? FIXED32 : VARINT;
}

/** Walks through a message by its published description, keeps what is wanted and counts what it makes. */
class Walk {
  readonly #reader: protobuf.Reader;
  #made = 0;

  constructor(bytes: Uint8Array) {
    this.#reader = protobuf.Reader.create(bytes);
  }

  message(type: protobuf.Type, end: number): Message {
    this.#made += 1;
    if (this.#made > MOST_MESSAGES) throw new Error(`it holds over ${MOST_MESSAGES} messages`);
    const message: Record<string, unknown> = {};
    while (this.#reader.pos < end) this.#field(type, message, end);
    if (this.#reader.pos !== end) throw new Error("a field is longer than its message");
    return message;
  }

  #field(type: protobuf.Type, message: Record<string, unknown>, end: number): void {
    const tag = this.#reader.tag();
    const field = type.fieldsById[tag >>> 3];
    if (field === undefined || !WANTED_FIELDS.has(field.name) || wireTypeOf(field) !== (tag & 7)) {
      this.#reader.skipType(tag & 7, 0, tag >>> 3);
      return;
    }
    const value = this.#value(field, end);
    if (!field.repeated) message[field.name] = value;
    else if (Array.isArray(message[field.name])) (message[field.name] as unknown[]).push(value);
    else message[field.name] = [value];
  }

  #value({ type, resolvedType }: protobuf.Field, end: number): unknown {
    const reader = this.#reader;
    if (resolvedType instanceof protobuf.Type) return this.message(resolvedType, this.#end(end));
    if (resolvedType !== null) return reader.int32();
    if (type === "bytes") return Buffer.from(reader.bytes()).toString("hex");
    if (type === "string") return reader.string();
    if (type === "bool") return reader.bool();
    if (type === "double") return reader.double();
    if (type === "fixed64") return String(reader.fixed64());
    if (type === "int64") return String(reader.int64());
    throw new Error(`fields of type ${type} are not read`);
  }

  #end(outer: number): number {
    const length = this.#reader.uint32();
    const end = this.#reader.pos + length;
    if (end > outer) throw new Error("a message is longer than the one around it");
    return end;
  }
}

/**
 * An export request from its bytes.
 * @throws Refusal INPUT_INVALID for what is no such message, or holds too many
 */
export function decodeExport(signal: Signal, bytes: Uint8Array): Message {
  try {
    return new Walk(bytes).message(messageType(signal, "Request"), bytes.length);
  } catch (error) {
    throw new Refusal("INPUT_INVALID", `the body is no export request of ${signal}: ${messageOf(error)}`, {
      hint: "see opentelemetry.io/docs/specs/otlp: OTLP/HTTP with application/x-protobuf or application/json",
    });
  }
}
