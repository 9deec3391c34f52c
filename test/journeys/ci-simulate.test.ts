import { describe, expect, it } from "vitest";
import { type Edit, simulated, simulatedRepository } from "../harness/simulated-repository.ts";

const LONG_MS = 300_000;
const CHECKS = ["guard-mcp", "idle-guard", "dev-mcp-ban", "growth-engine"];
const ON_A_PULL_REQUEST = [
  "opened",
  "synchronize",
  "edited",
  "draft then ready",
  "reopened",
  "from a fork",
  "re-run",
  "approved",
];
const AFTER_IT = ["merge queue", "push"];

const TARGET = "pull_request_target:";
const CHECKED_OUT = "            || github.sha }}";

describe("ci simulate, on the workflow that we ship", { timeout: LONG_MS }, () => {
  it.each([
    ["no evidence", [...ON_A_PULL_REQUEST, "merge queue", "approved in queue", "push"], "fail"],
    ["evidence and text", [...ON_A_PULL_REQUEST, "text removed", ...AFTER_IT], "pass"],
    ["docs only", [...ON_A_PULL_REQUEST, ...AFTER_IT], "pass"],
    ["own rules", ON_A_PULL_REQUEST, "fail"],
  ])("ends every event of a change with %s in one answer for each check", async (change, events, answer) => {
    const { code, answers, wrong, problems } = await simulated(simulatedRepository(), "--change", change);
    expect({ code, wrong, problems }).toEqual({ code: 0, wrong: [], problems: [] });
    const places = answers.map((line) => line.replace(/: .*/, ""));
    const asked = events.flatMap((event) => CHECKS.map((check) => `${change} / ${event} / ${check}`));
    expect(places.sort()).toEqual(asked.sort());
    const whole = answers.filter(
      (line) => line.includes("/ growth-engine:") && !line.includes("text removed"),
    );
    expect(new Set(whole.map((line) => line.replace(/.*: /, "")))).toEqual(new Set([answer]));
  });

  it("refuses a text that was emptied after it was right", async () => {
    const { answers } = await simulated(
      simulatedRepository(),
      "--change",
      "evidence and text",
      "--event",
      "text removed",
    );
    expect(answers).toEqual(CHECKS.map((check) => `evidence and text / text removed / ${check}: fail`));
  });

  it("plays the change of this branch", async () => {
    const repository = simulatedRepository();
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.commit("Keep one");
    const { code, answers } = await simulated(
      repository,
      "--change",
      "this branch",
      "--event",
      "opened",
      "merge queue",
    );
    expect(code).toBe(0);
    expect(answers).toContain("this branch / opened / growth-engine: fail");
    expect(answers).toContain("this branch / merge queue / idle-guard: pass");
  });

  it("lets an approval of a named team override, on the pull request and in the queue", async () => {
    const config = '{ "pullRequest": { "override": ["@acme/leads"] } }\n';
    const repository = simulatedRepository([], { "growth-engine.json": config });
    const words = ["--change", "no evidence", "--event", "opened", "approved", "approved in queue"];
    const { code, answers } = await simulated(repository, ...words);
    expect(code).toBe(0);
    expect(answers.filter((line) => line.includes("/ growth-engine:"))).toEqual([
      "no evidence / opened / growth-engine: fail",
      "no evidence / approved / growth-engine: pass",
      "no evidence / approved in queue / growth-engine: pass",
    ]);
  });

  it.each(["rate-limited", "silent", "no-rights"])(
    "answers, and never green by mistake, when the forge is %s",
    async (mood) => {
      const config = '{ "pullRequest": { "override": ["@acme/leads"] } }\n';
      const repository = simulatedRepository([], { "growth-engine.json": config });
      const words = ["--forge", mood, "--change", "no evidence", "--event", "opened", "approved"];
      const { code, answers } = await simulated(repository, ...words);
      expect(code).toBe(0);
      expect(answers).toContain("no evidence / approved / growth-engine: fail");
    },
  );
});

describe("ci simulate, on a workflow that was broken", { timeout: LONG_MS }, () => {
  const broken: [title: string, edits: Edit[], words: string[], wrong: RegExp][] = [
    [
      "no merge_group trigger",
      [["  merge_group:\n", ""]],
      ["--change", "evidence and text", "--event", "merge queue"],
      /merge queue \/ guard-mcp: pending: the workflow has no merge_group trigger/,
    ],
    [
      "a paths filter",
      [["    types: [opened", "    paths: [app/**]\n    types: [opened"]],
      ["--change", "docs only", "--event", "opened"],
      /opened \/ growth-engine: pending: its paths filter leaves out every changed file/,
    ],
    [
      "an aggregate that does not always run",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is an expression of GitHub's
      [["    if: ${{ always() }}\n", ""]],
      ["--change", "no evidence", "--event", "opened"],
      /opened \/ growth-engine: falsely green: skipped by guard did not pass/,
    ],
    [
      "the change's own workflow and tool",
      [[TARGET, "pull_request:"]],
      ["--change", "own rules", "--event", "opened"],
      /opened \/ guard-mcp: falsely green: pull_request runs the change's own workflow file/,
    ],
    [
      "a checkout of the head, whose tool then answers",
      [[CHECKED_OUT, "            || github.event.pull_request.head.sha }}"]],
      ["--change", "own rules", "--event", "opened"],
      /opened \/ guard-mcp: falsely green: the action comes from the change's own \.growth-engine/,
    ],
    [
      "no look at an edited text",
      [["reopened, edited,", "reopened,"]],
      ["--change", "evidence and text", "--event", "text removed"],
      /text removed \/ guard-mcp: falsely green/,
    ],
    [
      "drafts that are skipped for good",
      [
        [", ready_for_review]", "]"],
        [
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is an expression of GitHub's
          "    name: ${{ matrix.guard }}\n",
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is an expression of GitHub's
          "    name: ${{ matrix.guard }}\n    if: ${{ !github.event.pull_request.draft }}\n",
        ],
      ],
      ["--change", "no evidence", "--event", "draft then ready"],
      /draft then ready \/ guard-mcp: falsely green: skipped by/,
    ],
    [
      "a second answer by another event",
      [[TARGET, "pull_request:\n  pull_request_target:"]],
      ["--change", "own rules", "--event", "opened"],
      /opened \/ guard-mcp: falsely green: pull_request says pass, pull_request_target says fail/,
    ],
    [
      "a check of another name",
      [["guard: [guard-mcp, idle-guard,", "guard: [guard-mcp,"]],
      ["--change", "evidence and text", "--event", "opened"],
      /opened \/ idle-guard: pending: no job of the workflow has this name/,
    ],
    [
      "a file that GitHub cannot read",
      [["jobs:\n", "jobs:\n  - growth-engine\n"]],
      ["--change", "evidence and text", "--event", "opened"],
      /opened \/ guard-mcp: pending: GitHub cannot read the workflow/,
    ],
    [
      "an action that is not there",
      [["uses: ./.growth-engine", "uses: ./.growth-engine/absent"]],
      ["--change", "evidence and text", "--event", "opened"],
      /opened \/ guard-mcp: falsely red: \.growth-engine\/absent\/action\.yml is not in what was checked out/,
    ],
    [
      "a step that only a shell could answer",
      [["run: exit 1", "run: test 1 = 2"]],
      ["--change", "no evidence", "--event", "opened"],
      /opened \/ growth-engine: not played: its steps are not run here: test 1 = 2/,
    ],
  ];

  it.each(broken)("finds %s", async (_, edits, words, sentence) => {
    const { code, wrong } = await simulated(simulatedRepository(edits), ...words);
    expect(wrong.join("\n")).toMatch(sentence);
    expect(code).toBe(1);
  });
});

describe("ci simulate, for a person", () => {
  it("prints a table for each change, and what is wrong", async () => {
    const repository = simulatedRepository([["  merge_group:\n", ""]]);
    const words = ["--change", "docs only", "--event", "opened", "merge queue"];
    const { code, out } = await repository.runCli(["ci", "simulate", ...words]);
    expect(code).toBe(1);
    expect(out).toContain("event        guard-mcp  idle-guard  dev-mcp-ban  growth-engine\n");
    expect(out).toContain("merge queue  PENDING    PENDING     PENDING      PENDING\n");
    expect(out).toContain("│ the workflow has no merge_group trigger\n");
    expect(out).toContain("✖ 4 of 8 answers are wrong\n");
  });

  it("says so where no workflow is there", async () => {
    const repository = simulatedRepository();
    repository.git("rm", "-rq", ".github/workflows");
    repository.commit("Take it out");
    const words = ["--base", "HEAD", "--change", "docs only", "--event", "opened"];
    const { code, out } = await repository.runCli(["ci", "simulate", ...words]);
    expect({ code, says: out.includes("no workflow uses Growth Engine") }).toEqual({ code: 1, says: true });
  });

  it.each([
    [["--event", "opend"], "did you mean opened?"],
    [["--change", "no evidenc"], "did you mean no evidence?"],
    [["--forge", "brokn"], "did you mean broken?"],
    [["--base", "absent"], "REVISION_UNKNOWN"],
  ])("refuses %j", async (words, hint) => {
    const { code, err } = await simulatedRepository().runCli(["ci", "simulate", ...words]);
    expect({ code, says: err.includes(hint) }).toEqual({ code: 2, says: true });
  });

  it("leaves the repository as it was", async () => {
    const repository = simulatedRepository();
    const before = repository.git("for-each-ref") + repository.git("count-objects", "-v");
    await simulated(repository, "--change", "docs only", "--event", "push");
    expect(repository.git("for-each-ref") + repository.git("count-objects", "-v")).toBe(before);
    expect(repository.git("status", "--porcelain", "--ignored")).toBe("");
  });
});
