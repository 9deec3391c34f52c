import { describe, expect, it } from "vitest";
import { EVIDENCE_FILE, evidenceLine, governedRepository, guardAll } from "../harness/governed-repository.ts";

const CODE = "app/cart.ts";

describe("guard all, over the history of evidence", () => {
  it("finds a line that one commit rewrote and a later one restored", async () => {
    const repository = governedRepository({ [EVIDENCE_FILE]: evidenceLine("r-0") });
    repository.write(EVIDENCE_FILE, evidenceLine("r-0", { tool: "other" }));
    repository.commit("Relabel");
    repository.write(EVIDENCE_FILE, evidenceLine("r-0") + evidenceLine("r-1"));
    repository.commit("Restore and go on");
    const { code, findings } = await guardAll(repository, null);
    expect(code).toBe(1);
    expect(findings.filter((finding) => finding.includes("rewritten"))).not.toEqual([]);
  });

  it("finds it also where the range changes nothing but documents in the end", async () => {
    const repository = governedRepository({ [EVIDENCE_FILE]: evidenceLine("r-0") });
    repository.write(EVIDENCE_FILE, evidenceLine("r-0", { tool: "other" }));
    repository.commit("Relabel");
    repository.write(EVIDENCE_FILE, evidenceLine("r-0"));
    repository.write("README.md", "# The shop\n");
    repository.commit("Restore");
    const { code, findings } = await guardAll(repository, null);
    expect(code).toBe(1);
    expect(new Set(findings)).toEqual(new Set([`block evidence/rewritten ${EVIDENCE_FILE}:1`]));
  });

  it("accepts a reverted commit with its evidence", async () => {
    const repository = governedRepository();
    repository.write(CODE, "export const cart = [1];\n");
    repository.write(EVIDENCE_FILE, evidenceLine("r-1"));
    const commit = repository.commit("Keep one");
    repository.git("revert", "--no-edit", commit);
    const { code, guards } = await guardAll(repository, null);
    expect({ code, guard: guards["guard-mcp"] }).toEqual({ code: 0, guard: "not-applicable" });
  });

  it("does not take lines of the base for new ones, wherever they are copied to", async () => {
    const repository = governedRepository({ [EVIDENCE_FILE]: evidenceLine("r-0") });
    repository.write(CODE, "export const cart = [1];\n");
    repository.write("artifacts/eng/2026-01-05/mcp/copy.jsonl", evidenceLine("r-0"));
    repository.commit("Copy");
    expect((await guardAll(repository, null)).findings).toContain("block evidence/missing");
  });

  it("accepts evidence that two branches appended and a union merge joined", async () => {
    const repository = governedRepository({
      ".gitattributes": "artifacts/**/*.jsonl merge=union\n",
      [EVIDENCE_FILE]: evidenceLine("r-0"),
    });
    repository.write(EVIDENCE_FILE, evidenceLine("r-0") + evidenceLine("r-1"));
    repository.write(CODE, "export const cart = [1];\n");
    repository.commit("Work");
    repository.move("main");
    repository.write(EVIDENCE_FILE, evidenceLine("r-0") + evidenceLine("r-2"));
    repository.commit("Other work");
    repository.move("work");
    repository.merge("main");
    const { code, findings } = await guardAll(repository, null);
    expect({ code, findings }).toEqual({ code: 0, findings: [] });
  });
});
