import { openClient, type ServerChoice, show, showList } from "../../platform/client/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { type CommandContext, paintFor, printable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import type { MessageKind } from "../../vocabulary/message.ts";
import type * as contract from "./contract.ts";
import type { MessageView } from "./contract.ts";

const MAX_TEXT_BYTES = 64 << 10;

async function textOf(given: string, context: CommandContext): Promise<string> {
  return given === "-" ? (await context.readInput(MAX_TEXT_BYTES)).toString("utf8").trim() : given;
}

export interface SendOptions extends ServerChoice {
  task?: string;
  kind: string;
}

/** `growth-engine message send`. */
export async function sendMessage(
  agent: string,
  given: string,
  options: SendOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const text = await textOf(given, context);
  const client = openClient({ ...options, env: context.env });
  // What is wrong with a kind, the server says.
  const body = { agent, text, task: options.task, kind: options.kind as MessageKind };
  const sent = await client.ask<typeof contract.sendMessage>("POST /api/v1/message", { body });
  return show(context, options, sent, `message ${sent.message} waits for ${sent.agent}`);
}

export type InboxOptions = ServerChoice;

const MEND: Record<MessageKind, (message: MessageView) => string> = {
  note: ({ message }) => `growth-engine message answer ${message} read`,
  question: ({ message }) => `growth-engine message answer ${message} "…"`,
  update: ({ task }) => `growth-engine task progress ${task} --note "…"`,
};

/** Quoted: what it says is its sender's, and no word of this program. */
function renderMessage(message: MessageView, { colour }: CommandContext): string {
  const paint = paintFor(colour);
  const { kind, task, sent_by, sent_at, text } = message;
  const about = task === null ? "" : ` about ${task}`;
  const head = `${paint("bold", `${message.message}`)}  ${kind}${about}, from ${sent_by}, ${sent_at.slice(0, 16).replace("T", " ")} UTC`;
  const quoted = text.split("\n").map((line) => `   ${paint("dim", "│")} ${printable(line)}`);
  return [printable(head), ...quoted, `   ${paint("dim", "→")} ${printable(MEND[kind](message))}`, ""].join(
    "\n",
  );
}

/** `growth-engine message inbox`. */
export async function showInbox(options: InboxOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const items = await client.all<typeof contract.listInbox>("GET /api/v1/message/inbox");
  if (options.json) context.out(`${JSON.stringify(items, null, 2)}\n`);
  else if (items.length === 0) context.out("nothing waits for you\n");
  else context.out(items.map((message) => renderMessage(message, context)).join("\n"));
  return EXIT.ok;
}

/** `growth-engine message answer`. */
export async function answerMessage(
  number: string,
  given: string,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  if (!/^[1-9]\d{0,15}$/.test(number))
    throw new Refusal("USAGE", `"${number}" is no number of a message`, {
      hint: "growth-engine message inbox",
    });
  const body = { text: await textOf(given, context) };
  const params = { message: Number(number) };
  const client = openClient({ ...options, env: context.env });
  const what = "POST /api/v1/message/:message/answer" as const;
  const answered = await client.ask<typeof contract.answerMessage>(what, { params, body });
  return show(context, options, answered, `message ${answered.message} is answered`);
}

export interface ListOptions extends ServerChoice {
  agent?: string;
  task?: string;
  open?: boolean;
  limit: string;
}

/** `growth-engine message list`. */
export async function listMessages(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { agent, task, limit } = options;
  const open = options.open ? ("true" as const) : undefined;
  const query = { agent, task, open, limit: Number(limit) };
  const { items } = await client.ask<typeof contract.listMessages>("GET /api/v1/message", { query });
  return showList(context, options, items, {
    none: "nobody was told or asked anything",
    columns: {
      sent: ({ sent_at }) => sent_at.slice(0, 16).replace("T", " "),
      number: ({ message }) => String(message),
      agent: (row) => row.agent,
      kind: ({ kind }) => kind,
      task: (row) => row.task ?? "–",
      state: ({ closed_by }) => closed_by ?? "waits",
      text: ({ text, answer }) => (answer === null ? text : `${text} → ${answer}`),
    },
  });
}
