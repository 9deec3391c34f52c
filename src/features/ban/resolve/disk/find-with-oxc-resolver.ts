import { ResolverFactory } from "oxc-resolver";
import { type FindOnDisk, RESOLUTION } from "./resolution.ts";

/** Native: thousands of answers in a few milliseconds. */
export function findWithOxcResolver(): FindOnDisk {
  const resolver = new ResolverFactory(RESOLUTION);
  return (folder, specifier) => resolver.sync(folder, specifier).path ?? null;
}
