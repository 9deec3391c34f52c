/** What ends or disturbs a program from outside: the server decides what each of them means. */
const SIGNALS: readonly NodeJS.Signals[] = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR2"];

/**
 * Hands signals of this process to the server, and ends this process by none of them.
 * @returns takes that back
 */
export function passSignals(send: (name: NodeJS.Signals) => void): () => void {
  for (const name of SIGNALS) process.on(name, send);
  return () => {
    for (const name of SIGNALS) process.off(name, send);
  };
}
