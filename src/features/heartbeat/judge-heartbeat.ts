import { formatDuration } from "../../vocabulary/duration.ts";
import type { Finding } from "../../vocabulary/finding.ts";
import { formatTimestamp } from "../../vocabulary/timestamp.ts";
import type { Config } from "../config/index.ts";
import { mendRewrite } from "../record/index.ts";
import type { Beat, TaskBeats } from "./beat.ts";
import { capFindings } from "./cap-findings.ts";
import type { CitedFile, HeartbeatFacts, RewrittenFile } from "./facts.ts";
import { judgeBeats } from "./judge-beats.ts";
import { inTimeOrder } from "./neighbours.ts";
import type { WorkSpan } from "./work-span.ts";

export interface JudgeOptions {
  /** A merge queue's commit or a merge commit: `unfinished`, `missing` and `uncovered` are not judged. */
  merge: boolean;
}

/** A task's name is foreign: it stands in a command only where a shell reads it as one plain word. */
const PLAIN_WORD = /^[A-Za-z0-9][A-Za-z0-9._@/-]*$/;

function beatCommand(agent: string, task: string, status: string): string {
  const [who, what] = [agent, task].map((word) => PLAIN_WORD.test(word) && word);
  return `growth-engine heartbeat beat --agent ${who || "<agent>"} --task ${what || "<task>"} --status ${status}`;
}

/** What is left when the record cannot be mended any more. */
function overrule(rule: string): string {
  return `it needs an override (pullRequest.override), or heartbeat/${rule} at level warn on the target`;
}

function nameSpan({ start, end, from }: WorkSpan): string {
  const times = `${formatTimestamp(start)} to ${formatTimestamp(end)}`;
  return `${from} span ${formatDuration(end - start)} (${times})`;
}

function addedBeats({ tasks }: HeartbeatFacts): Beat[] {
  return inTimeOrder(tasks.flatMap(({ beats }) => beats.filter(({ added }) => added)));
}

/** Beats count for the stretch of work near which they lie: those of another day cover nothing of it. */
function judgeCover(span: WorkSpan, beats: readonly Beat[], staleAfter: number): Finding[] {
  const near = beats.filter(({ time }) => time >= span.start - staleAfter && time <= span.end + staleAfter);
  const [first, last] = [near[0], near.at(-1)];
  const uncovered = (message: string, beat?: Beat): Finding => ({
    rule: "heartbeat/uncovered",
    ...(beat && { file: beat.file, line: beat.line }),
    message: `${nameSpan(span)}, and ${message}`,
  });
  if (!first || !last) return [uncovered("no beat of the range lies within")];
  const findings: Finding[] = [];
  if (first.time - span.start > staleAfter)
    findings.push(uncovered(`the first beat comes ${formatDuration(first.time - span.start)} later`, first));
  if (span.end - last.time > staleAfter)
    findings.push(
      uncovered(`the last beat lies ${formatDuration(span.end - last.time)} before its end`, last),
    );
  return findings;
}

function judgeSpan(facts: HeartbeatFacts, { heartbeat }: Config): Finding[] {
  const { span } = facts;
  if (span === null || span.end - span.start <= heartbeat.requiredAfter) return [];
  const beats = addedBeats(facts);
  if (beats.length > 0) return judgeCover(span, beats, heartbeat.staleAfter);
  return [{ rule: "heartbeat/missing", message: `${nameSpan(span)}, and the range adds no beat` }];
}

function judgeEnd({ agent, task, beats }: TaskBeats, headTime: number, staleAfter: number): Finding[] {
  const last = inTimeOrder(beats).at(-1);
  if (last?.status !== "doing" || headTime - last.time <= staleAfter) return [];
  const silence = formatDuration(headTime - last.time);
  return [
    {
      rule: "heartbeat/unfinished",
      file: last.file,
      line: last.line,
      message: `${agent} on ${task}: the last beat says "doing" and lies ${silence} before the head commit`,
      hint: `the silence stays on record, since a late beat would make it a gap: ${overrule("unfinished")}; next time, before the commit, ${beatCommand(agent, task, "done")}`,
    },
  ];
}

function judgeRewrite(rewrite: RewrittenFile): Finding {
  const { kind, file, line, commit, what } = rewrite;
  const message = `${what} in commit ${commit.slice(0, 7)}`;
  const finding: Finding = { rule: `heartbeat/${kind}`, file, line, message };
  return kind === "redacted" ? finding : { ...finding, hint: mendRewrite(rewrite) };
}

function judgeCited({ path, line, state }: CitedFile): Finding[] {
  switch (state) {
    case "found":
      return [];
    case "bad-path":
      // No `file`: the path may lead anywhere, and readers of a report open what is named there.
      return [
        { rule: "heartbeat/bad-path", message: `the text cites "${path}" (line ${line}); it was not read` },
      ];
    case "empty":
      return [{ rule: "heartbeat/empty", file: path, message: "the file holds no line" }];
    case "untracked":
      return [
        {
          rule: "heartbeat/untracked",
          file: path,
          message: "the text cites the file, which lies on disk but is not part of the head commit",
          hint: PLAIN_WORD.test(path)
            ? `git add -f ${path} and commit it`
            : "git add -f the file and commit it",
        },
      ];
    case "not-found":
      return [
        {
          rule: "heartbeat/not-found",
          file: path,
          message: "the text cites the file, which the head commit does not hold",
        },
      ];
  }
}

/** What the record shows about the heartbeat of a range (contract §3). */
export function judgeHeartbeat(facts: HeartbeatFacts, config: Config, { merge }: JudgeOptions): Finding[] {
  const { staleAfter } = config.heartbeat;
  const cited = (facts.cited ?? []).filter(
    ({ path, state }) => state !== "empty" || !facts.empty.includes(path),
  );
  const findings = [
    ...(merge ? [] : judgeSpan(facts, config)),
    ...judgeBeats(facts, staleAfter),
    ...(merge ? [] : facts.tasks.flatMap((task) => judgeEnd(task, facts.head.time, staleAfter))),
    ...facts.rewrites.map(judgeRewrite),
    ...cited.flatMap(judgeCited),
  ];
  return capFindings(findings, facts.omitted);
}
