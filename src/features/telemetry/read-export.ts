import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { messageOf, Refusal, systemCode } from "../../platform/errors/index.ts";
import { decodeExport, type Message } from "./decode-export.ts";
import { parseExport } from "./parse-export.ts";
import type { Signal } from "./signal.ts";

const unzip = promisify(gunzip);

/** As large as the lines that other addresses take; an exporter's batch is some hundred kilobytes. */
export const MAX_EXPORT_BYTES = 8 << 20;

async function inflate(body: Uint8Array, encoding: string | undefined): Promise<Uint8Array> {
  if (encoding === undefined || encoding === "" || encoding === "identity") return body;
  if (encoding !== "gzip") {
    throw new Refusal("INPUT_INVALID", `bodies in ${JSON.stringify(encoding.slice(0, 40))} are not read`, {
      hint: "OTEL_EXPORTER_OTLP_COMPRESSION=gzip, or none",
    });
  }
  try {
    return await unzip(body, { maxOutputLength: MAX_EXPORT_BYTES });
  } catch (error) {
    if (systemCode(error) === "ERR_BUFFER_TOO_LARGE") {
      throw new Refusal("INPUT_TOO_LARGE", `unpacked, the body is over ${MAX_EXPORT_BYTES} bytes`, {
        hint: "let the exporter send smaller batches: OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
      });
    }
    throw new Refusal("INPUT_INVALID", `the body is no gzip: ${messageOf(error)}`);
  }
}

/** Bytes or text? OTLP has two forms, and the answer takes that of the question. */
export function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(?:;|$)/i.test(contentType ?? "");
}

/**
 * An export request as it came over HTTP.
 * @throws Refusal INPUT_INVALID, INPUT_TOO_LARGE
 */
export async function readExport(
  signal: Signal,
  headers: Readonly<Record<string, string | undefined>>,
  body: Uint8Array,
): Promise<Message> {
  const type = headers["content-type"];
  const isBinary = /^application\/x-protobuf\s*(?:;|$)/i.test(type ?? "");
  if (!isBinary && !isJson(type)) {
    throw new Refusal(
      "INPUT_INVALID",
      `bodies of type ${JSON.stringify((type ?? "").slice(0, 80))} are not read`,
      {
        hint: "Content-Type: application/x-protobuf, or application/json",
      },
    );
  }
  const bytes = await inflate(body, headers["content-encoding"]);
  return isBinary ? decodeExport(signal, bytes) : parseExport(signal, bytes);
}
