import { createHash } from "node:crypto";
import type { GuardVerdict } from "../../../vocabulary/finding.ts";
import type { EvidenceSource } from "../evidence-source.ts";

/** An in-toto Statement v1 about the evidence of a commit. */
export interface Statement {
  _type: "https://in-toto.io/Statement/v1";
  subject: { name: string; digest: { sha256: string } }[];
  predicateType: typeof PREDICATE;
  predicate: {
    commit: string;
    /** What `evidence verify` said of these files. */
    verdict: GuardVerdict["verdict"];
    summary: string;
    findings: { rule: string; level: string; message: string; file?: string; line?: number }[];
  };
}

const PREDICATE = "urn:growth-engine:evidence:1";

/** States which evidence files a commit holds and what verifying them says. The same commit makes the same statement. */
export async function makeStatement(
  source: EvidenceSource,
  commit: string,
  { verdict, summary, findings }: GuardVerdict,
): Promise<Statement> {
  const subject: Statement["subject"] = [];
  for await (const [file, chunks] of source.read()) {
    const sum = createHash("sha256");
    for await (const chunk of chunks) sum.update(chunk);
    subject.push({ name: file.path, digest: { sha256: sum.digest("hex") } });
  }
  const said = findings.map(({ rule, level, message, file, line }) => ({
    rule,
    level,
    message,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
  }));
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject,
    predicateType: PREDICATE,
    predicate: { commit, verdict, summary, findings: said },
  };
}
