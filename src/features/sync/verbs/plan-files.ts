import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "../../../platform/git/index.ts";
import { archivedOnDisk } from "../../record/index.ts";
import type { SyncedFile } from "../contract.ts";
import type { BroughtFile } from "./bring-files.ts";
import { listRecordFiles, stampOf } from "./list-record-files.ts";

/** What is to be brought of a checkout. */
export interface Plan {
  /** Record files, on disk and in archives as far as those were opened. */
  files: number;
  ledAway: string[];
  /** In sentences. */
  archives: string[];
  /** Those that were changed since, each ready to be read. */
  changed(): AsyncGenerator<BroughtFile>;
  /** Those that are nowhere any more. Known when `changed` has ended. */
  missing(): SyncedFile[];
}

export interface PlanOptions {
  root: string;
  repository: Repository;
  states: ReadonlyMap<string, SyncedFile>;
  /** Whose records alone are brought; null for everybody's. */
  agent: string | null;
}

const ARCHIVED = "archive";

/** The stamp of a file inside an archive is that of the archive. */
function archiveStamps(root: string, archives: readonly string[]): Map<string, string> {
  return new Map(
    archives.flatMap((path) => {
      const status = lstatSync(join(root, path), { throwIfNoEntry: false });
      return status ? [[path, `${ARCHIVED} ${path} ${stampOf(status)}`] as const] : [];
    }),
  );
}

/** Compares what lies in a checkout with what there is of it: a file whose stamp is the same is not opened. */
export function planFiles({ root, repository, states, agent }: PlanOptions): Plan & { skipped: number } {
  const found = listRecordFiles(root);
  const isOurs = (name: string) => agent === null || agent === name;
  const files = found.files.filter(({ record }) => isOurs(record.agent));
  const onDisk = new Set(files.map(({ record }) => record.path));
  const archived = archivedOnDisk(repository);
  const stamps = archiveStamps(root, archived.archives);
  const known = new Set([...states.values()].map(({ stamp }) => stamp));
  const inArchives = new Set(
    [...states.values()].flatMap(({ file, stamp }) => ([...stamps.values()].includes(stamp) ? [file] : [])),
  );
  const unread = archived.archives.filter((path) => !known.has(stamps.get(path) ?? ""));
  const plan = {
    files: files.length,
    skipped: found.files.length - files.length,
    ledAway: found.ledAway,
    archives: [] as string[],
    async *changed(): AsyncGenerator<BroughtFile> {
      for (const { record, stamp } of files) {
        const state = states.get(record.path) ?? null;
        if (state?.stamp !== stamp) yield { path: record.path, stamp, content: null, state };
      }
      if (unread.length === 0) return;
      const months = new Set(unread);
      for await (const { file, content } of archived.read({ isWanted: (one) => isOurs(one.agent) })) {
        const stamp = stamps.get(file.archive ?? "") ?? "";
        if (onDisk.has(file.path) || !months.has(file.archive ?? "")) continue;
        plan.files += 1;
        inArchives.add(file.path);
        yield { path: file.path, stamp, content, state: states.get(file.path) ?? null };
      }
      plan.archives = archived.problems.map(({ message }) => message);
    },
    missing: () =>
      [...states.values()].filter(
        ({ file }) => !onDisk.has(file) && !inArchives.has(file) && isOurs(file.split("/")[1] ?? ""),
      ),
  };
  return plan;
}
