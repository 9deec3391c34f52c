import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { ServeWords } from "./run-serve.ts";

/** `serve`. */
export function addServeCommand(feature: Command, context: CommandContext): void {
  feature
    .option(
      "--host <address>",
      "the address to listen on; others than loopback need TLS or a proxy",
      "127.0.0.1",
    )
    .option("--port <port>", "the port to listen on; 0 takes a free one", "7420")
    .option("--data-dir <folder>", "where the embedded database lies (default: the data folder of this user)")
    .option("--tls-cert <file>", "certificate chain, PEM")
    .option("--tls-key <file>", "its key, PEM")
    .option("--behind-proxy", "a proxy in front ends TLS; believe its X-Forwarded headers")
    .option(
      "--private-host <host...>",
      "a forge of one's own (host, or host:port) that may lie in a private network; others are not asked there",
    )
    .option(
      "--read-forks <forge>",
      "judge pull requests of forks here, fetched as objects from this forge, such as https://github.com; $GROWTH_ENGINE_FORGE_TOKEN reads private ones",
    )
    .option(
      "--repo <folder...>",
      "bring the records of these local checkouts to the fleet default by itself, every few seconds; reads, and runs nothing of them",
    )
    .option("--demo", "let a fleet of simulated agents play, in a fleet of its own named demo")
    .option("--new-admin-token", "make another admin's token, for one that was lost")
    .option(
      "--admin-token-file <file>",
      "write the admin's token there (0600) when it is made; without it, a first start on DATABASE_URL prints it on a terminal, and makes none elsewhere",
    )
    .option(
      "--receipt-key-file <file>",
      "the Ed25519 key that signs receipts, made there (0600) on first use; all servers of one database use the same, and no agent's account may read it (default: beside the embedded database)",
    )
    .option("--new-receipt-key", "go on with another key than logs were signed with; readers then need both")
    .option("--log-level <level>", "debug, info, warn or error", "info")
    .addHelpText(
      "after",
      "\nWith DATABASE_URL it uses that PostgreSQL (15 or later), else it starts one of its own. Logs go to standard error.",
    );
  runCommand<ServeWords>(feature, async (options) =>
    (await import("./run-serve.ts")).runServe(options, context),
  );
}
