import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { AddOptions } from "./add-evidence.ts";
import type { ArchiveOptions } from "./archive-records.ts";
import type { CoverageOptions } from "./cover-changes.ts";
import type { ExportOptions } from "./export/export-evidence.ts";
import type { ListOptions } from "./list-evidence.ts";
import type { RedactOptions } from "./redact-record.ts";
import type { VerifyOptions } from "./verify-evidence.ts";

function addAdd(feature: Command, context: CommandContext): void {
  const add = feature
    .command("add [input]")
    .description(
      "append what was consulted to today's evidence; secrets are taken out before anything is written",
    )
    .usage("--tool <tool> --doc-ref <ref> --purpose <text> [options] | - < entries.jsonl")
    .option("--tool <tool>", "the tool that was used, such as context7")
    .option("--doc-ref <ref>", "what was consulted: an address, or repo:<path>")
    .option("--purpose <text>", "what for")
    .option("--agent <agent>", "who (default: $GROWTH_ENGINE_AGENT)")
    .option("--task <task>", "for which task, such as ENG-042")
    .option("--request-id <id>", "id of the call (default: a new one)")
    .option("--timestamp <time>", "when, in RFC 3339 (default: now)")
    .option("--topic <name>", "name of the file (default: the tool)")
    .option("--session <session>", "the session; its lines are chained")
    .option("--outcome <outcome>", "ok, error or denied")
    .option("--duration-ms <number>", "how long it took")
    .option("--date <date>", "date of the folder (default: the local day)")
    .option("--stdin", "read entries as JSON lines from standard input (or give - instead)")
    .option("--json", "print what was written as JSON");
  runCommand<AddOptions>(add, async (options, words) =>
    (await import("./add-evidence.ts")).addEvidence(words, options, context),
  );
}

function addVerify(feature: Command, context: CommandContext): void {
  const verify = feature
    .command("verify [paths...]")
    .description("check all evidence files, or those named; exit 1 when something blocks")
    .option(
      "--key <key...>",
      "check receipts, offline, against these keys: a vkey, or a file with one a line (default: receipts.keys of the config)",
    )
    .option(
      "--repository <name...>",
      "names under which receipts may speak of this repository (default: receipts.repositories of the config)",
    )
    .option("--head <revision>", "read this commit instead of the working tree")
    .option("--json", "print JSON: the same as --format json")
    .option("--format <format>", "text, json, sarif, junit, github or markdown", "text");
  runCommand<VerifyOptions>(verify, async (options, words) =>
    (await import("./verify-evidence.ts")).verifyEvidence(words, options, context),
  );
}

function addExport(feature: Command, context: CommandContext): void {
  const exported = feature
    .command("export [paths...]")
    .description(
      "which evidence a commit holds and what verifying it says, as a signed in-toto statement (DSSE) for other tools",
    )
    .requiredOption(
      "--signing-key <file>",
      "Ed25519 private key, PEM, as `openssl genpkey -algorithm ed25519` makes it",
    )
    .option("--format <format>", "in-toto", "in-toto")
    .option("--head <revision>", "the commit", "HEAD")
    .option("--output <file>", "write it there instead of to standard output");
  runCommand<ExportOptions>(exported, async (options, words) =>
    (await import("./export/export-evidence.ts")).exportEvidence(words, options, context),
  );
}

function addList(feature: Command, context: CommandContext): void {
  const list = feature
    .command("list")
    .description("evidence lines in the order of their files")
    .option("--agent <agent>", "only of this agent's folder")
    .option("--task <task>", "only of this task")
    .option("--tool <tool>", "only of this tool")
    .option("--since <date>", "only from folders of this date on, such as 2026-01-31")
    .option("--until <date>", "only from folders up to this date")
    .option("--head <revision>", "read this commit instead of the working tree")
    .option("--limit <number>", "only the newest, in time order")
    .option("--json", "print JSON");
  runCommand<ListOptions>(list, async (options) =>
    (await import("./list-evidence.ts")).listEvidence(options, context),
  );
}

function addCoverage(feature: Command, context: CommandContext): void {
  const coverage = feature
    .command("coverage")
    .description("which changed code files have evidence, by folder, agent and tool")
    .option("--base <revision>", "tip of the target branch (default: the default branch)")
    .option("--head <revision>", "what is measured (default: HEAD)")
    .option("--days <number>", "the last days before the head commit, instead of a range")
    .option("--json", "print JSON");
  runCommand<CoverageOptions>(coverage, async (options) =>
    (await import("./cover-changes.ts")).coverChanges(options, context),
  );
}

function addArchive(feature: Command, context: CommandContext): void {
  const archive = feature
    .command("archive")
    .description(
      "move committed evidence and heartbeats of old folders into one tar.gz a month, with checksums; deletes only what it has read back",
    )
    .option("--older-than <age>", "age of the folders that move", "90d")
    .option("--dry-run", "say what would move, and write nothing")
    .option("--json", "print JSON");
  runCommand<ArchiveOptions>(archive, async (options) =>
    (await import("./archive-records.ts")).archiveRecords(options, context),
  );
}

function addRedact(feature: Command, context: CommandContext): void {
  const redact = feature
    .command("redact <file:line>")
    .description(
      "put a tombstone in the place of a line that holds a leaked secret, on record with reason and approver; says how to rotate it",
    )
    .requiredOption("--reason <text>", "why, without the secret")
    .requiredOption("--approver <name>", "who approved it")
    .option("--dry-run", "say what would be done, and write nothing")
    .option("--json", "print JSON");
  runCommand<RedactOptions>(redact, async (options, words) =>
    (await import("./redact-record.ts")).redactRecord(words, options, context),
  );
}

/** `evidence add`, `list`, `verify`, `coverage`, `archive` and `redact`; `section` stands with the guards. */
export function addEvidenceCommands(feature: Command, context: CommandContext): void {
  addAdd(feature, context);
  addList(feature, context);
  addVerify(feature, context);
  addExport(feature, context);
  addCoverage(feature, context);
  addArchive(feature, context);
  addRedact(feature, context);
}
