import { createHash } from "node:crypto";

const UUID = /^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/;

/** The number that stands for a path in a repository of a fleet: the first half of a SHA-256, written as a UUID. */
export function placeOf(repository: string, file: string): string {
  const sum = createHash("sha256")
    .update(JSON.stringify([repository, file]))
    .digest("hex");
  return sum.replace(UUID, "$1-$2-$3-$4-$5");
}
