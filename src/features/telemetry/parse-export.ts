import protobuf from "protobufjs";
import { messageOf, Refusal } from "../../platform/errors/index.ts";
import type { Message } from "./decode-export.ts";
import { messageType } from "./message-type.ts";
import type { Signal } from "./signal.ts";
import { MOST_MESSAGES, WANTED_FIELDS } from "./wanted-fields.ts";

const HEX = /^(?:[\da-f]{2})*$/i;
const NUMBERS = ["fixed64", "int64"];

function isObject(value: unknown): value is Message {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Walks through a JSON value by the published description of its message, as the decoder does through bytes. */
class Walk {
  #made = 0;

  message(type: protobuf.Type, value: unknown, path: string): Message {
    this.#made += 1;
    if (this.#made > MOST_MESSAGES) throw new Error(`it holds over ${MOST_MESSAGES} messages`);
    if (!isObject(value)) throw new Error(`${path} is no object`);
    const message: Record<string, unknown> = {};
    for (const field of type.fieldsArray) {
      const given = value[field.name];
      if (!WANTED_FIELDS.has(field.name) || given === undefined || given === null) continue;
      message[field.name] = this.#field(field, given, path === "" ? field.name : `${path}.${field.name}`);
    }
    return message;
  }

  #field(field: protobuf.Field, given: unknown, path: string): unknown {
    if (!field.repeated) return this.#value(field, given, path);
    if (!Array.isArray(given)) throw new Error(`${path} is no list`);
    return given.map((each, index) => this.#value(field, each, `${path}.${index}`));
  }

  #value({ type, resolvedType }: protobuf.Field, given: unknown, path: string): unknown {
    if (resolvedType instanceof protobuf.Type) return this.message(resolvedType, given, path);
    const isNumber =
      typeof given === "number" || (typeof given === "string" && /^-?[\d.eE+-]{1,40}$/.test(given));
    if (resolvedType !== null || type === "double")
      return isNumber ? Number(given) : this.#refuse(path, "number");
    if (NUMBERS.includes(type)) return isNumber ? String(given) : this.#refuse(path, "number");
    if (type === "bool") return typeof given === "boolean" ? given : this.#refuse(path, "boolean");
    if (typeof given !== "string") return this.#refuse(path, "text");
    return type === "bytes" && !HEX.test(given) ? this.#refuse(path, "hexadecimal text") : given;
  }

  #refuse(path: string, what: string): never {
    throw new Error(`${path} is no ${what}`);
  }
}

/**
 * An export request from its JSON, in OTLP's own mapping: names in camel case, identifiers in hexadecimal, 64-bit
 * numbers as texts or numbers.
 * @throws Refusal INPUT_INVALID with the path of what is wrong
 */
export function parseExport(signal: Signal, bytes: Uint8Array): Message {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (!isObject(value)) throw new Error("it is no object");
    return new Walk().message(messageType(signal, "Request"), value, "");
  } catch (error) {
    throw new Refusal("INPUT_INVALID", `the body is no export request of ${signal}: ${messageOf(error)}`, {
      hint: "see opentelemetry.io/docs/specs/otlp: OTLP/HTTP with application/x-protobuf or application/json",
    });
  }
}
