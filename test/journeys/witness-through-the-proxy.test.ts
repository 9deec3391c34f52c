import { describe, expect, it } from "vitest";
import { proxied, registryServer } from "../harness/mcp-proxied.ts";
import { type Script, transcribe } from "../harness/mcp-transcript.ts";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const RULES = '{ "rules": { "witness/blind-spot": "warn" } }\n';
const TASK = ["--task", "ENG-7"];
/** What `init` writes for records. */
const ATTRIBUTES = "artifacts/**/*.jsonl text eol=lf merge=union\n";

/** What an agent's client does at its task, against two servers of the registry. */
async function workThroughProxy({ folder }: TemporaryRepository): Promise<void> {
  const ask: Script = (client) => [
    () => client.callTool({ name: "echo", arguments: { message: "how are carts kept?" } }),
    () => client.callTool({ name: "no-such-tool", arguments: {} }),
  ];
  await transcribe(proxied(registryServer("everything", "stdio"), folder, TASK), "2025-11-25", ask);
  const write: Script = (client) => [
    () => client.callTool({ name: "read_text_file", arguments: { path: `${folder}/src/cart.ts` } }),
    () => {
      const args = { path: `${folder}/src/cart.ts`, content: "export const cart = [1];\n" };
      return client.callTool({ name: "write_file", arguments: args });
    },
  ];
  await transcribe(proxied(registryServer("filesystem", folder), folder, TASK), "2025-11-25", write);
}

async function witnessOf(repository: TemporaryRepository, base: string, head: string) {
  const words = ["guard", "all", "--base", base, "--head", head, "--json"];
  const { code, out, err } = await repository.runCli(words);
  if (out === "") throw new Error(err);
  const { guards } = JSON.parse(out) as {
    guards: {
      guard: string;
      verdict: string;
      summary: string;
      findings: { rule: string; level: string; file?: string }[];
    }[];
  };
  const findings = guards.flatMap((guard) => guard.findings.map(({ rule, file }) => `${rule} ${file}`));
  return {
    code,
    verdicts: guards.map(({ guard, verdict }) => `${guard} ${verdict}`),
    findings,
    summary: guards.at(-1)?.summary,
  };
}

const ACCEPTED = {
  code: 0,
  verdicts: ["guard-mcp pass", "idle-guard pass", "dev-mcp-ban pass", "witness pass"],
  findings: ["witness/blind-spot src/by-hand.ts"],
  summary: "1 of 2 changed code files were seen being edited by a recorder; proxy told of 4 calls",
};

describe("a task worked through the recording proxy", () => {
  it("is accepted after commit, rebase and squash, and its blind spots are named each time", async () => {
    const now = Date.now();
    const files = {
      "growth-engine.json": RULES,
      ".gitattributes": ATTRIBUTES,
      "src/cart.ts": "export const cart = [];\n",
    };
    const repository = temporaryRepository(files, { start: now - 600_000 });
    repository.branch("work");
    await workThroughProxy(repository);
    repository.write("src/by-hand.ts", "export const total = 0;\n");
    repository.commit("Keep one", { time: now });
    expect(await witnessOf(repository, "main", "work")).toEqual(ACCEPTED);

    repository.move("main");
    repository.write("README.md", "# Shop\n");
    repository.commit("Name it", { time: now + 60_000 });
    repository.move("work");
    repository.git("rebase", "--quiet", "main");
    expect(await witnessOf(repository, "main", "work")).toEqual(ACCEPTED);

    repository.move("main");
    repository.git("merge", "--quiet", "--squash", "work");
    repository.commit("Keep one (#7)", { time: now + 120_000 });
    expect(await witnessOf(repository, "main~1", "main")).toEqual(ACCEPTED);
    const { out } = await repository.runCli(["witness", "coverage", "main~1..main", "--json"]);
    const { calls, byAgent } = JSON.parse(out);
    expect(byAgent).toMatchObject([{ name: "ada", changed: 1, seen: 1 }]);
    expect(calls.map(({ tool, call, task }: Record<string, string>) => [tool, call, task])).toEqual([
      ["everything", "echo", "ENG-7"],
      ["everything", "no-such-tool", "ENG-7"],
      ["filesystem", "read_text_file", "ENG-7"],
      ["filesystem", "write_file", "ENG-7"],
    ]);
  });
});
