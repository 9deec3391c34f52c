import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  realpathSync,
  writeSync,
} from "node:fs";
import { basename, join } from "node:path";
import { Fault, isRefusal, messageOf, Refusal, systemCode } from "../../platform/errors/index.ts";
import { MAX_LINE_BYTES } from "./json-lines.ts";
import { makeFolder, refuseLink } from "./make-folder.ts";

const NEWLINE = 10;
const STILL_MS = 2;
const FLAGS =
  constants.O_RDWR |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

function lastByte(file: number, size: number): number {
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] ?? 0;
}

/**
 * A long line of somebody else grows page by page, so a file whose end is no newline is looked at again until it
 * stands still: only then a newline is really missing.
 */
function endsWithNewline(file: number): boolean {
  for (let size = fstatSync(file).size; ; ) {
    if (size === 0 || lastByte(file, size) === NEWLINE) return true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STILL_MS);
    const { size: now } = fstatSync(file);
    if (now === size) return false;
    size = now;
  }
}

/**
 * One write, so that the system keeps it apart from other appenders. What was half written is taken back, unless
 * somebody else wrote behind it: then the next append closes the broken line.
 */
function writeWhole(file: number, bytes: Buffer): void {
  const before = fstatSync(file).size;
  const written = writeSync(file, bytes);
  if (written === bytes.length) return;
  if (fstatSync(file).size === before + written) ftruncateSync(file, before);
  throw new Error(`only ${written} of ${bytes.length} bytes fitted on the disk`);
}

function append(target: string, line: Buffer, isDurable: boolean): void {
  const file = openSync(target, FLAGS, 0o644);
  try {
    if (!fstatSync(file).isFile()) throw new Error("it is no regular file");
    writeWhole(file, endsWithNewline(file) ? line : Buffer.concat([Buffer.from("\n"), line]));
    if (isDurable) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function refuseTooLong(bytes: number): void {
  if (bytes <= MAX_LINE_BYTES) return;
  throw new Refusal("INPUT_TOO_LARGE", "the line would be longer than 1 MiB", {
    hint: "record a reference to the content instead of the content",
  });
}

/**
 * Appends whole lines (without their ends) to `path` below `root`, in one atomic write (POSIX: O_APPEND), also among
 * concurrent writers. A last line without newline is closed first. `isDurable` waits until it is on the disk.
 * @throws Refusal INPUT_TOO_LARGE over 1 MiB, INPUT_INVALID through a link; Fault FILE_FAILED when the disk refuses
 */
export function appendLines(
  root: string,
  path: string,
  lines: readonly string[],
  { isDurable = false } = {},
): void {
  for (const line of lines) refuseTooLong(Buffer.byteLength(line));
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  try {
    const folder = makeFolder(realpathSync(root), path);
    append(join(folder, basename(path)), bytes, isDurable);
  } catch (cause) {
    if (isRefusal(cause)) throw cause;
    if (systemCode(cause) === "ELOOP") refuseLink(path);
    throw new Fault("FILE_FAILED", `${path} could not be written: ${messageOf(cause)}`, {
      cause,
      hint: "make the folder writable, or free disk space",
    });
  }
}

/** Appends one JSON object as {@link appendLines} does. */
export function appendLine(
  root: string,
  path: string,
  value: Readonly<Record<string, unknown>>,
  options: { isDurable?: boolean } = {},
): void {
  appendLines(root, path, [JSON.stringify(value)], options);
}
