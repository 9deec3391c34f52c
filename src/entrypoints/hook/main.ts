import { runHook, tell } from "./run-hook.ts";

// An agent waits for this process and reads its exit code: 0 whatever happens.
process.on("uncaughtException", (error) => {
  tell(`nothing was recorded: ${error.message}`);
  process.exit(0);
});
void runHook(process.argv.slice(2));
