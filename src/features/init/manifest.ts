import { Refusal } from "../../platform/errors/index.ts";

/** What init wrote in this repository, committed with it so that everybody's init knows. */
export const MANIFEST_FILE = ".growth-engine/init.json";
/** The same for what lies in the git folder, from that folder: it belongs to one clone, and is not committed. */
export const GIT_MANIFEST_FILE = "growth-engine/init.json";
const SCHEMA = "growth-engine/init@1";

/** What init did to one file: wrote it whole, added a text to it, or put hooks into settings in several places. */
export type Entry =
  | {
      /** SHA-256 of what was written, lower-case hexadecimal. */
      sha256: string;
      /** The text of somebody else that it replaced, on demand. */
      replaced?: string;
    }
  | {
      /** What was added, with its line ends, as it stands there. */
      added: string;
      /** The file was not there before. */
      created?: true;
    }
  | {
      /** What was put in, from the last place to the first. */
      inserted: string[];
      created?: true;
    };

export interface Manifest {
  /** Version of Growth Engine that wrote last. */
  version: string;
  /** By path from the top. */
  files: ReadonlyMap<string, Entry>;
  /** Folders that were not there before, parents first. */
  folders: readonly string[];
}

export const NO_MANIFEST: Manifest = { version: "", files: new Map(), folders: [] };

/** The places that init ever writes to; a manifest that names another was not written by it. */
const OWN_PLACES = [
  /^\.growth-engine\/[\w@.-]+(?:\/[\w@.-]+)*$/,
  /^growth-engine(?:\/[\w@.-]+)*\/[\w@.-]+$/,
  /^growth-engine\.json$/,
  /^\.github\/workflows\/growth-engine\.yml$/,
  /^\.gitlab\/growth-engine\.yml$/,
  /^\.gitlab-ci\.yml$/,
  /^(?:[\w.-]+\/)?\.git(?:ignore|attributes)$/,
  /^\.prettierignore$/,
  /^(?:\.github\/|docs\/|)pull_request_template(?:\/[^/]+)?\.(?:md|txt)$/i,
  /^\.gitlab\/merge_request_templates\/[^/]+\.md$/i,
  /^(?:[\w.-]+\/){0,3}pre-(?:push|receive)$/,
  /^\.(?:claude|gemini)\/settings\.json$/,
  /^\.(?:cursor|codex)\/hooks\.json$/,
  /^\.github\/hooks\/growth-engine\.json$/,
  /^\.opencode\/plugins\/growth-engine\.js$/,
];

/** May init write, and take out again, what lies here? */
export function isOwnPlace(path: string): boolean {
  return (
    OWN_PLACES.some((place) => place.test(path)) && !path.split("/").some((part) => /^\.{1,2}$/.test(part))
  );
}

function isEntry(value: unknown): value is Entry {
  const { sha256, added, inserted, replaced, created } = (value ?? {}) as Record<string, unknown>;
  const isWhole = typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256) && added === undefined;
  const isAddition = typeof added === "string" && added !== "" && sha256 === undefined;
  const isInsertion =
    Array.isArray(inserted) &&
    inserted.length > 0 &&
    inserted.every((text) => typeof text === "string" && text !== "");
  const kinds = [isWhole, isAddition, isInsertion].filter(Boolean).length;
  const hasRightRest =
    (replaced === undefined || typeof replaced === "string") && (created === undefined || created === true);
  return kinds === 1 && hasRightRest;
}

function isFolder(value: unknown): value is string {
  return (
    typeof value === "string" &&
    isOwnPlace(`${value}/pre-push`.replace(/^\.growth-engine\/.*/, ".growth-engine/x"))
  );
}

/** @throws Refusal INPUT_INVALID for a text that init did not write */
export function parseManifest(text: string, name: string): Manifest {
  const refuse = (why: string): never => {
    throw new Refusal("INPUT_INVALID", `${name} is not what init wrote: ${why}`, {
      hint: `restore it (git checkout -- ${name}), or delete it: then all that is there counts as yours`,
    });
  };
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return refuse("it is no JSON");
  }
  const { schema, version, files, folders } = (read ?? {}) as Record<string, unknown>;
  if (schema !== SCHEMA) return refuse(`its schema is not ${SCHEMA}`);
  if (typeof version !== "string" || typeof files !== "object" || files === null)
    return refuse("it names no files");
  const entries = Object.entries(files);
  const wrong = entries.find(([path, entry]) => !isOwnPlace(path) || !isEntry(entry))?.[0];
  if (wrong !== undefined) return refuse(`init never writes "${wrong.slice(0, 100)}" like this`);
  if (!Array.isArray(folders) || !folders.every(isFolder)) return refuse("its list of folders");
  return { version, files: new Map(entries as [string, Entry][]), folders };
}

/** The same bytes for the same facts, so that writing again changes nothing. */
export function renderManifest({ version, files, folders }: Manifest): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const shape = { schema: SCHEMA, version, files: Object.fromEntries(sorted), folders: [...folders].sort() };
  return `${JSON.stringify(shape, null, 2)}\n`;
}
