import type { CommandContext } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { processContext } from "./process-context.ts";
import { reportError } from "./report-error.ts";

/** Defined by the build of `dist/portable/` alone. */
declare const GROWTH_ENGINE_PORTABLE: boolean | undefined;

/** As the server behind a recording proxy ended, so does the proxy. Null where the words are not understood. */
async function runMcpProxy(words: readonly string[], context: CommandContext): Promise<number | null> {
  const { proxyOf } = await import("../../features/proxy/proxy-command.ts");
  const ended = await proxyOf(words, context);
  if (ended?.signal) process.kill(process.pid, ended.signal);
  return ended === null ? null : (ended.code ?? EXIT.fault);
}

async function main(context: CommandContext): Promise<ExitCode | number> {
  const words = process.argv.slice(2);
  // Answered before the command parser is loaded: hooks and installers ask this often.
  if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
    context.out(`${context.version}\n`);
    return EXIT.ok;
  }
  if (typeof GROWTH_ENGINE_PORTABLE === "undefined" && words[0] === "mcp" && words[1] === "proxy") {
    const code = await runMcpProxy(words.slice(2), context);
    if (code !== null) return code;
  }
  // Asked for every tool call of an agent, which waits for it; whatever fails here is no answer to the agent.
  if (words[0] === "hook" && words[1] !== undefined && !/^(?:-.*|hosts)$/.test(words[1])) {
    const { runHook } = await import("../hook/run-hook.ts");
    return runHook(words.slice(1));
  }
  if (words[0] === "ban" && words[1] === "scan") {
    const { scanOf } = await import("../../features/ban/scan-command.ts");
    const scanned = scanOf(words.slice(2), context);
    if (scanned !== null) return scanned;
  }
  const { runProgram } = await import("./program.ts");
  return runProgram(words, context);
}

const context = processContext();
// Whatever ends the process before there is an answer must not look like one: neither 0 nor Node's own 1.
process.exitCode = EXIT.fault;
process.on("uncaughtException", (error) => process.exit(reportError(error, context)));
main(context).then(
  (answer) => {
    process.exitCode = answer;
  },
  (error) => {
    process.exitCode = reportError(error, context);
  },
);
