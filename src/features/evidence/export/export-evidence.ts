import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { Fault, messageOf, Refusal } from "../../../platform/errors/index.ts";
import { openRepository, resolveCommit } from "../../../platform/git/index.ts";
import { type CommandContext, printable } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { readPrivateKey } from "../../receipt/index.ts";
import { archivedInCommit } from "../../record/index.ts";
import { committedEvidence } from "../committed-evidence.ts";
import { fromTop } from "../from-top.ts";
import { verifyEvidenceFiles } from "../verify-evidence.ts";
import { withArchives } from "../with-archives.ts";
import { makeStatement } from "./make-statement.ts";
import { signEnvelope } from "./sign-envelope.ts";

export interface ExportOptions {
  format: string;
  signingKey: string;
  head: string;
  output?: string;
}

const PAYLOAD = "application/vnd.in-toto+json";

function write(text: string, { output }: ExportOptions, context: CommandContext): void {
  try {
    if (output === undefined) context.out(text);
    else writeFileSync(resolve(context.cwd, output), text);
  } catch (cause) {
    throw new Fault("FILE_FAILED", `${output} could not be written: ${messageOf(cause)}`, { cause });
  }
}

/** `growth-engine evidence export`: what `evidence verify` says of a commit, as a signed statement for other tools. */
export async function exportEvidence(
  words: readonly string[],
  options: ExportOptions,
  context: CommandContext,
): Promise<ExitCode> {
  if (options.format !== "in-toto")
    throw new Refusal("USAGE", `${options.format} is no format of an export`, { hint: "--format in-toto" });
  const key = readPrivateKey(resolve(context.cwd, options.signingKey));
  const repository = await openRepository(context.cwd);
  const commit = await resolveCommit(repository, options.head);
  const asked = fromTop(repository, words, context.cwd);
  const guard = await verifyEvidenceFiles(repository, commit, words, context.cwd);
  const plain = await committedEvidence(repository, commit, asked);
  const source = withArchives(plain, await archivedInCommit(repository, commit), { asked });
  const statement = await makeStatement(source, commit, guard);
  if (statement.subject.length === 0)
    throw new Refusal("INPUT_INVALID", `commit ${commit.slice(0, 7)} holds no such evidence file`, {
      hint: "growth-engine evidence list --head <revision>",
    });
  const envelope = signEnvelope(PAYLOAD, Buffer.from(JSON.stringify(statement)), key);
  write(`${JSON.stringify(envelope)}\n`, options, context);
  const files = statement.subject.length;
  context.err(
    `note ${files} evidence ${files === 1 ? "file" : "files"}, verdict ${printable(guard.verdict)}\n`,
  );
  return guard.verdict === "fail" ? EXIT.no : EXIT.ok;
}
