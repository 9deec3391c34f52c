import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { temporaryFolder } from "../harness/temporary-repository.ts";
import { type TokenGate, withToken } from "../harness/with-token.ts";

const MODULES = join(import.meta.dirname, "../../node_modules");
/** The suite needs Node 22 or later: this is the devDependency of that name. */
const NODE = join(MODULES, "node/bin/node");
const SUITE = join(MODULES, "@modelcontextprotocol/conformance/dist/index.js");

const NO_RESOURCES = "no resources are offered: what there is to read, tools answer";
const NO_FIXTURE = "calls a tool that only the suite's own server has";
const NO_PROMPT = "asks for a prompt that only the suite's own server has";
const NO_SESSION = "a stateless server has no session in which a stream could be taken up again";
const NO_TASKS = "the extension for long-running calls is not offered: each tool answers at once";
const NO_COMPLETION = "no prompt takes arguments that could be completed";

/** What of a revision does not apply to this server, and why: a scenario, or one check of it. */
const NOT_APPLICABLE: Record<string, Record<string, string>> = {
  "2026-07-28": {
    "caching:sep-2549-resources-list-caching-hints": NO_RESOURCES,
    "caching:sep-2549-resources-templates-list-caching-hints": NO_RESOURCES,
    "completion-complete": NO_COMPLETION,
    "http-custom-header-server-validation": "no argument is marked to travel in a header (x-mcp-header)",
    "input-required-result-basic-elicitation": NO_FIXTURE,
    "input-required-result-basic-list-roots": NO_FIXTURE,
    "input-required-result-basic-sampling": NO_FIXTURE,
    "input-required-result-capability-check": NO_FIXTURE,
    "input-required-result-ignore-extra-params": NO_FIXTURE,
    "input-required-result-missing-input-response": NO_FIXTURE,
    "input-required-result-multi-round": NO_FIXTURE,
    "input-required-result-multiple-input-requests": NO_FIXTURE,
    "input-required-result-non-tool-request": NO_PROMPT,
    "input-required-result-request-state": NO_FIXTURE,
    "input-required-result-result-type": NO_FIXTURE,
    "input-required-result-tampered-state": NO_FIXTURE,
    "json-schema-2020-12": NO_FIXTURE,
    "prompts-get-embedded-resource": NO_PROMPT,
    "prompts-get-simple": NO_PROMPT,
    "prompts-get-with-args": NO_PROMPT,
    "prompts-get-with-image": NO_PROMPT,
    "resources-list": NO_RESOURCES,
    "resources-read-binary": NO_RESOURCES,
    "resources-read-text": NO_RESOURCES,
    "resources-templates-read": NO_RESOURCES,
    "sep-2164-resource-not-found": NO_RESOURCES,
    "server-stateless:sep-2575-http-server-no-independent-requests-on-stream": NO_FIXTURE,
    "server-stateless:sep-2575-missing-capability-http-400": NO_FIXTURE,
    "server-stateless:sep-2575-server-no-log-without-loglevel": NO_FIXTURE,
    "server-stateless:sep-2575-server-rejects-undeclared-capability": NO_FIXTURE,
    "tasks-capability-negotiation": NO_TASKS,
    "tasks-dispatch-and-envelope": NO_TASKS,
    "tasks-lifecycle": NO_TASKS,
    "tasks-mrtr-composition": NO_TASKS,
    "tasks-mrtr-input": NO_TASKS,
    "tasks-request-headers": NO_TASKS,
    "tasks-request-state-removal": NO_TASKS,
    "tasks-required-task-error": NO_TASKS,
    "tasks-wire-fields": NO_TASKS,
    "tools-call-audio": NO_FIXTURE,
    "tools-call-embedded-resource": NO_FIXTURE,
    "tools-call-error": NO_FIXTURE,
    "tools-call-image": NO_FIXTURE,
    "tools-call-mixed-content": NO_FIXTURE,
    "tools-call-simple-text": NO_FIXTURE,
    "tools-call-with-progress": NO_FIXTURE,
  },
  "2025-11-25": {
    "completion-complete": NO_COMPLETION,
    "elicitation-sep1034-defaults": NO_FIXTURE,
    "elicitation-sep1330-enums": NO_FIXTURE,
    "json-schema-2020-12": NO_FIXTURE,
    "logging-set-level": "no log is sent to clients: the server's own log has it",
    "prompts-get-embedded-resource": NO_PROMPT,
    "prompts-get-simple": NO_PROMPT,
    "prompts-get-with-args": NO_PROMPT,
    "prompts-get-with-image": NO_PROMPT,
    "resources-list": NO_RESOURCES,
    "resources-read-binary": NO_RESOURCES,
    "resources-read-text": NO_RESOURCES,
    "resources-subscribe": NO_RESOURCES,
    "resources-templates-read": NO_RESOURCES,
    "resources-unsubscribe": NO_RESOURCES,
    "server-sse-multiple-streams": NO_SESSION,
    "server-sse-polling": NO_SESSION,
    "tools-call-audio": NO_FIXTURE,
    "tools-call-elicitation": NO_FIXTURE,
    "tools-call-embedded-resource": NO_FIXTURE,
    "tools-call-error": NO_FIXTURE,
    "tools-call-image": NO_FIXTURE,
    "tools-call-mixed-content": NO_FIXTURE,
    "tools-call-sampling": NO_FIXTURE,
    "tools-call-simple-text": NO_FIXTURE,
    "tools-call-with-logging": NO_FIXTURE,
    "tools-call-with-progress": NO_FIXTURE,
  },
};

interface Held {
  scenario: string;
  check: string;
  says: string;
}

interface Check {
  id: string;
  status: string;
  errorMessage?: string;
}

/** Runs what a revision of the protocol requires of servers. @returns what each scenario holds against the server */
async function runSuite(revision: string, url: string): Promise<{ held: Held[]; passed: number }> {
  const folder = temporaryFolder();
  const words = ["server", "--url", url, "--requirements", revision, "-o", folder];
  const child = spawn(NODE, [SUITE, ...words], { cwd: folder, stdio: "ignore" });
  await new Promise((resolve) => child.on("close", resolve));
  let passed = 0;
  const held = readdirSync(folder).flatMap((name) => {
    const [, scenario = name] = /^server-(.+)-\d{4}-\d\d-\d\dT/.exec(name) ?? [];
    const checks = JSON.parse(readFileSync(join(folder, name, "checks.json"), "utf8")) as Check[];
    const bad = checks.filter(({ status }) => status === "FAILURE" || status === "WARNING");
    passed += checks.filter(({ status }) => status === "SUCCESS").length;
    return bad.map(({ id, errorMessage }) => ({ scenario, check: id, says: errorMessage ?? "" }));
  });
  return { held, passed };
}

describe("the conformance suite of the protocol", () => {
  let plane: ControlPlane;
  let gate: TokenGate;
  beforeAll(async () => {
    plane = await startControlPlane();
    gate = await withToken(plane.url, await plane.token("agent", { agent: "ada" }));
  });
  afterAll(async () => {
    await gate.close();
    await plane.close();
  });

  it.each(Object.entries(NOT_APPLICABLE))(
    "of %s holds nothing against /mcp that applies to it",
    async (revision, excused) => {
      const { held, passed } = await runSuite(revision, `${gate.url}/mcp`);
      const names = held.flatMap(({ scenario, check }) => [scenario, `${scenario}:${check}`]);
      const against = held.filter(
        ({ scenario, check }) => !excused[scenario] && !excused[`${scenario}:${check}`],
      );
      expect(against).toEqual([]);
      expect(
        Object.keys(excused).filter((name) => !names.includes(name)),
        "excused, and passed",
      ).toEqual([]);
      expect(passed).toBeGreaterThan(30);
    },
    300_000,
  );
});
