/** Lets at most `count` deeds run at once; the others wait in order. */
export function takeTurns(count: number): <Result>(deed: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let free = count;
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
