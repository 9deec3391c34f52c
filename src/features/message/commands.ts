import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { InboxOptions, ListOptions, SendOptions } from "./verbs.ts";

/** `message send`, `inbox`, `answer`, `list`. */
export function addMessageCommands(feature: Command, context: CommandContext): void {
  const send = feature
    .command("send")
    .description("tell or ask an agent something; for managers")
    .argument("<agent>")
    .argument("<text>", "- reads standard input")
    .option("--task <task>", "what it is about")
    .option("--kind <kind>", "note, question, or update: how far is the task?", "question");
  runCommand<SendOptions>(addServerOptions(send), async (options, [agent = "", text = ""]) =>
    (await import("./verbs.ts")).sendMessage(agent, text, options, context),
  );
  const inbox = feature.command("inbox").description("what waits for your answer, oldest first; for agents");
  runCommand<InboxOptions>(addServerOptions(inbox), async (options) =>
    (await import("./verbs.ts")).showInbox(options, context),
  );
  const answer = feature
    .command("answer")
    .description("answer a message of your inbox, once; for agents")
    .argument("<number>")
    .argument("<text>", "- reads standard input");
  runCommand<ServerChoice>(addServerOptions(answer), async (options, [number = "", text = ""]) =>
    (await import("./verbs.ts")).answerMessage(number, text, options, context),
  );
  const list = feature
    .command("list")
    .description("what agents were told and asked, newest first, with their answers; for people")
    .option("--agent <agent>", "only to this agent")
    .option("--task <task>", "only about this task")
    .option("--open", "only what waits for an answer")
    .option("--limit <number>", "how many", "50");
  runCommand<ListOptions>(addServerOptions(list), async (options) =>
    (await import("./verbs.ts")).listMessages(options, context),
  );
}
