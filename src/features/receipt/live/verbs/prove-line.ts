import { hash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { openClient, type ServerChoice } from "../../../../platform/client/index.ts";
import { messageOf, Refusal } from "../../../../platform/errors/index.ts";
import { openRepository } from "../../../../platform/git/index.ts";
import { type CommandContext, printable } from "../../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../../vocabulary/exit-code.ts";
import { findLine, parseRecordPath, type RecordPath } from "../../../record/index.ts";
import { readReceipt } from "../../receipt-record.ts";
import type * as contract from "../contract.ts";

export interface ProveOptions extends ServerChoice {
  name?: string;
}

interface Place {
  root: string;
  file: RecordPath;
  sum: string;
}

const EXAMPLE = "artifacts/ada/2026-01-31/mcp/context7.jsonl:3";

function readLine(path: string, number: number): string {
  try {
    const content = readFileSync(path);
    const place = findLine(content, number);
    if (place !== null) return hash("sha256", content.subarray(place.from, place.to), "hex");
  } catch (error) {
    throw new Refusal("INPUT_INVALID", `${path} could not be read: ${messageOf(error)}`);
  }
  throw new Refusal("INPUT_INVALID", `${path} has no line ${number}`);
}

async function findPlace(word: string, { cwd }: CommandContext): Promise<Place> {
  const [, name = "", number = ""] = /^(.+):([1-9]\d{0,8})$/s.exec(word) ?? [];
  const root = (await openRepository(cwd)).worktree ?? cwd;
  const path = resolve(cwd, name);
  const file = parseRecordPath(relative(root, path).split(sep).join("/"));
  if (name === "" || file?.kind !== "evidence")
    throw new Refusal("USAGE", `${JSON.stringify(word.slice(0, 200))} names no line of an evidence file`, {
      hint: `name it like ${EXAMPLE}`,
    });
  return { root, file, sum: readLine(path, Number(number)) };
}

function repositoryIn(line: string, sum: string): string[] {
  try {
    const receipt = readReceipt(JSON.parse(line));
    const isOf = receipt?.leaves.some(([, , sums]) => sums.includes(sum)) === true;
    return receipt !== null && isOf ? [receipt.repository] : [];
  } catch {
    // A broken receipt names no repository; whether it holds is verified elsewhere.
    return [];
  }
}

/** What the receipt beside a line calls the repository. */
function repositoryOf({ root, file, sum }: Place): string {
  const folder = join("artifacts", file.agent, file.date);
  const files = readdirSync(join(root, folder), { withFileTypes: true }).filter(
    (entry) => entry.isFile() && parseRecordPath(`${folder}/${entry.name}`)?.kind === "receipt",
  );
  const lines = files.flatMap(({ name }) => readFileSync(join(root, folder, name), "utf8").split("\n"));
  const [found] = lines.flatMap((line) => (line.includes(sum) ? repositoryIn(line, sum) : []));
  if (found !== undefined) return found;
  throw new Refusal("USAGE", "no receipt beside the line says what the control plane calls this repository", {
    hint: "--name org/shop, as growth-engine sync says it",
  });
}

/** `growth-engine receipt prove`: prints the proof alone, so that it can be kept in a file. */
export async function proveLine(
  word: string,
  options: ProveOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const place = await findPlace(word, context);
  const { file, sum } = place;
  const repository = options.name ?? repositoryOf(place);
  const client = openClient({ ...options, env: context.env });
  const query = { repository, agent: file.agent, day: file.date, sum };
  const answer = await client.ask<typeof contract.proveLine>("GET /api/v1/receipt/proof", { query });
  const proof = answer.proof.split("\n").map(printable).join("\n");
  context.out(options.json ? `${JSON.stringify(answer, null, 2)}\n` : proof);
  if (!options.json)
    context.err(`note the leaf is ${printable(answer.leaf)}, received ${printable(answer.received)}\n`);
  return EXIT.ok;
}
