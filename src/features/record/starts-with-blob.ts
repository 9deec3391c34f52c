import { type Repository, streamBlob } from "../../platform/git/index.ts";

/** Does the content of `later` begin with the content of `earlier`? In constant memory, for files of any size. */
export async function startsWithBlob(
  repository: Repository,
  later: string | null,
  earlier: string | null,
): Promise<boolean> {
  if (earlier === null) return true;
  if (later === null) return false;
  const source = streamBlob(repository, later);
  let ahead: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of streamBlob(repository, earlier)) {
      let rest = chunk;
      while (rest.length > 0) {
        if (ahead.length === 0) {
          const next = await source.next();
          if (next.done) return false;
          ahead = next.value;
        }
        const length = Math.min(rest.length, ahead.length);
        if (!rest.subarray(0, length).equals(ahead.subarray(0, length))) return false;
        rest = rest.subarray(length);
        ahead = ahead.subarray(length);
      }
    }
    return true;
  } finally {
    await source.return(undefined);
  }
}
