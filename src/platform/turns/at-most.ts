/**
 * Lets so many deeds run at once, and the others wait for their turn: a client that asks for a thousand things in one
 * breath must not start a thousand.
 */
export function atMost(running: number): <T>(deed: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = running;
  return async (deed) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await deed();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
