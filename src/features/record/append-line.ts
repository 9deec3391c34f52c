import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  writeSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import { Fault, messageOf, Refusal, systemCode } from "../../platform/errors/index.ts";
import { MAX_LINE_BYTES } from "./json-lines.ts";

const NEWLINE = 10;
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/** Makes the folder, and makes sure that no link on the way leads out of the repository. */
function makeFolder(root: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const real = realpathSync(folder);
  if (real !== root && !real.startsWith(root + sep)) {
    throw new Refusal("INPUT_INVALID", `${folder} leads out of the repository`, {
      hint: "remove the link in its path",
    });
  }
}

function endsWithNewline(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] === NEWLINE;
}

/** One write, so that the system keeps it apart from other appenders; what was half written is taken back. */
function writeWhole(file: number, bytes: Buffer): void {
  const written = writeSync(file, bytes);
  if (written === bytes.length) return;
  const { size } = fstatSync(file);
  ftruncateSync(file, size - written);
  throw new Error(`only ${written} of ${bytes.length} bytes fitted on the disk`);
}

/**
 * Appends one JSON object as a line to `path` below `root`, in one atomic write (POSIX: O_APPEND), also among
 * concurrent writers. A last line without newline is closed first.
 * @throws Refusal INPUT_TOO_LARGE over 1 MiB; Fault FILE_FAILED when the disk refuses
 */
export function appendLine(root: string, path: string, value: Readonly<Record<string, unknown>>): void {
  const line = Buffer.from(`${JSON.stringify(value)}\n`);
  if (line.length - 1 > MAX_LINE_BYTES) {
    throw new Refusal("INPUT_TOO_LARGE", "the line would be longer than 1 MiB", {
      hint: "record a reference to the content instead of the content",
    });
  }
  const target = join(root, path);
  try {
    makeFolder(realpathSync(root), dirname(target));
    const file = openSync(target, FLAGS, 0o644);
    try {
      writeWhole(file, endsWithNewline(file) ? line : Buffer.concat([Buffer.from("\n"), line]));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const link = systemCode(cause) === "ELOOP";
    const reason = link ? "it is a link, and records are never written through links" : messageOf(cause);
    throw new Fault("FILE_FAILED", `${path} could not be written: ${reason}`, {
      cause,
      hint: link ? `rm ${path}` : "make the folder writable, or free disk space",
    });
  }
}
