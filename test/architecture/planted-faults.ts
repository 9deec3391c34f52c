/**
 * An import written as `from -> to`. `from -type> to` imports types only, `from -lazy> to` imports dynamically.
 * `to` is a file below `src/`, a package (`picomatch`) or a built-in (`node:fs`).
 */
export type Edge = string;

/** A small source tree in which exactly one thing is wrong. */
export interface PlantedFault {
  /** The rule of `.dependency-cruiser.mjs` that must bite. */
  rule: string;
  /** What is wrong. */
  fault: Edge[];
  /** What looks like it and is allowed. */
  legal: Edge[];
  /** What the rule reports, where that is not the `fault` itself. */
  reports?: string[];
}

const F = "src/features";

const layers: PlantedFault[] = [
  {
    rule: "features-never-look-up",
    fault: [`${F}/guard/judge.ts -> src/entrypoints/cli/main.ts`],
    legal: ["src/entrypoints/cli/main.ts -> src/entrypoints/cli/program.ts"],
  },
  {
    rule: "platform-knows-no-feature",
    fault: [`src/platform/git/range.ts -> ${F}/config/index.ts`],
    legal: [`${F}/ban/scan.ts -> src/platform/git/index.ts`],
  },
  {
    rule: "vocabulary-is-a-leaf",
    fault: ["src/vocabulary/actor.ts -> node:os"],
    legal: ["src/vocabulary/finding.ts -> src/vocabulary/level.ts"],
  },
  {
    rule: "shipped-code-needs-no-test-code",
    fault: [`${F}/ban/scan.ts -> test/harness/repository.ts`],
    legal: [`${F}/ban/scan.test.ts -> test/harness/folder.ts`],
  },
  {
    rule: "entry-uses-adapters-only",
    fault: [`src/entrypoints/cli/main.ts -> ${F}/ban/scan.ts`],
    legal: [`src/entrypoints/cli/features.ts -lazy> ${F}/ban/commands.ts`],
  },
];

const features: PlantedFault[] = [
  {
    rule: "feature-door-only",
    fault: [
      `${F}/guard/judge.ts -> ${F}/evidence/read-lines.ts`,
      `${F}/sync/take-lines.ts -> ${F}/evidence/live/line-store.ts`,
    ],
    legal: [
      `${F}/guard/explain.ts -> ${F}/evidence/index.ts`,
      `${F}/sync/take-lines.ts -> ${F}/evidence/live/index.ts`,
      `${F}/forge/live/read-forks.ts -> ${F}/guard/live/index.ts`,
    ],
  },
  {
    rule: "feature-graph-fleet",
    fault: [`${F}/fleet/routes.ts -> ${F}/agent/index.ts`],
    legal: [`${F}/fleet/routes.ts -> ${F}/fleet/store.ts`],
  },
  {
    rule: "feature-graph-audit",
    fault: [`${F}/audit/routes.ts -> ${F}/fleet/index.ts`],
    legal: [`${F}/audit/routes.ts -> ${F}/audit/store.ts`],
  },
  {
    rule: "feature-graph-agent",
    fault: [`${F}/agent/routes.ts -> ${F}/token/index.ts`],
    legal: [`${F}/agent/routes.ts -> ${F}/fleet/index.ts`],
  },
  {
    rule: "feature-graph-token",
    fault: [`${F}/token/create-token.ts -> ${F}/audit/index.ts`],
    legal: [`${F}/token/create-token.ts -> ${F}/agent/index.ts`],
  },
  {
    rule: "feature-graph-person",
    fault: [`${F}/person/routes.ts -> ${F}/token/index.ts`],
    legal: [`${F}/person/routes.ts -> ${F}/agent/index.ts`],
  },
  {
    rule: "feature-graph-message",
    fault: [`${F}/message/send-message.ts -> ${F}/task/index.ts`],
    legal: [`${F}/message/send-message.ts -> ${F}/agent/index.ts`],
  },
  {
    rule: "feature-graph-task",
    fault: [`${F}/task/verbs/claim-task.ts -> ${F}/heartbeat/index.ts`],
    legal: [`${F}/task/add-task.ts -> ${F}/agent/index.ts`],
  },
  {
    rule: "feature-graph-day",
    fault: [`${F}/day/start-day.ts -> ${F}/person/index.ts`],
    legal: [`${F}/day/start-day.ts -> ${F}/message/index.ts`],
  },
  {
    rule: "feature-graph-health",
    fault: [`${F}/health/routes.ts -> ${F}/heartbeat/index.ts`],
    legal: [`${F}/health/verbs.ts -> ${F}/doctor/index.ts`],
  },
  {
    rule: "feature-graph-reservation",
    fault: [`${F}/reservation/take-reservation.ts -> ${F}/heartbeat/index.ts`],
    legal: [`${F}/reservation/take-reservation.ts -> ${F}/task/index.ts`],
  },
  {
    rule: "feature-graph-receipt",
    fault: [`${F}/receipt/live/routes.ts -> ${F}/evidence/live/index.ts`],
    legal: [
      `${F}/receipt/live/routes.ts -> ${F}/record/index.ts`,
      `${F}/evidence/verify.ts -> ${F}/receipt/index.ts`,
      `${F}/sync/take-lines.ts -> ${F}/receipt/live/index.ts`,
    ],
  },
  {
    rule: "feature-graph-sync",
    fault: [`${F}/sync/take-lines.ts -> ${F}/task/index.ts`],
    legal: [
      `${F}/sync/take-lines.ts -> ${F}/evidence/live/index.ts`,
      `${F}/sync/verbs/run-sync.ts -> ${F}/record/index.ts`,
    ],
  },
  {
    rule: "feature-graph-work",
    fault: [`${F}/work/start/start-task.ts -> ${F}/audit/index.ts`],
    legal: [`${F}/work/start/start-task.ts -> ${F}/heartbeat/index.ts`],
  },
  {
    rule: "feature-graph-config",
    fault: [`${F}/config/parse.ts -> ${F}/record/index.ts`],
    legal: [`${F}/config/read.ts -> ${F}/config/keys.ts`],
  },
  {
    rule: "feature-graph-verdict",
    fault: [`${F}/verdict/render.ts -> ${F}/config/index.ts`],
    legal: [`${F}/verdict/text.ts -> src/vocabulary/finding.ts`],
  },
  {
    rule: "feature-graph-record",
    fault: [`${F}/record/append.ts -> ${F}/evidence/index.ts`],
    legal: [`${F}/record/read.ts -> ${F}/config/index.ts`],
  },
  {
    rule: "feature-graph-proxy",
    fault: [`${F}/proxy/run-proxy.ts -> ${F}/guard/index.ts`],
    legal: [`${F}/proxy/run-proxy.ts -> ${F}/recorder/index.ts`],
  },
  {
    rule: "feature-graph-recorder",
    fault: [`${F}/recorder/write.ts -> ${F}/guard/index.ts`],
    legal: [`${F}/recorder/write.ts -> ${F}/record/index.ts`],
  },
  {
    rule: "feature-graph-transcript",
    fault: [`${F}/transcript/read.ts -> ${F}/guard/index.ts`],
    legal: [`${F}/transcript/read.ts -> ${F}/recorder/index.ts`],
  },
  {
    rule: "feature-graph-hook",
    fault: [`${F}/hook/record-event.ts -> ${F}/evidence/index.ts`],
    legal: [`${F}/hook/record-event.ts -> ${F}/recorder/index.ts`],
  },
  {
    rule: "feature-graph-run",
    fault: [`${F}/run/record.ts -> ${F}/guard/index.ts`],
    legal: [`${F}/run/record.ts -> ${F}/recorder/index.ts`],
  },
  {
    rule: "feature-graph-telemetry",
    fault: [`${F}/telemetry/read.ts -> ${F}/guard/index.ts`],
    legal: [`${F}/telemetry/read.ts -> ${F}/evidence/live/index.ts`],
  },
  {
    rule: "feature-graph-evidence",
    fault: [`${F}/evidence/verify.ts -> ${F}/heartbeat/index.ts`],
    legal: [`${F}/evidence/list.ts -> ${F}/record/index.ts`],
  },
  {
    rule: "feature-graph-heartbeat",
    fault: [`${F}/heartbeat/verify.ts -> ${F}/evidence/index.ts`],
    legal: [
      `${F}/heartbeat/beat.ts -> ${F}/record/index.ts`,
      `${F}/heartbeat/live/beat.ts -> ${F}/task/index.ts`,
    ],
  },
  {
    rule: "feature-graph-ban",
    fault: [`${F}/ban/scan.ts -> ${F}/record/index.ts`],
    legal: [`${F}/ban/judge.ts -> ${F}/verdict/index.ts`],
  },
  {
    rule: "feature-graph-guard",
    fault: [`${F}/guard/judge.ts -> ${F}/work/index.ts`],
    legal: [
      `${F}/guard/explain.ts -> ${F}/heartbeat/index.ts`,
      `${F}/guard/judge.ts -> ${F}/witness/index.ts`,
      `${F}/guard/live/keep-verdict.ts -> ${F}/fleet/index.ts`,
    ],
  },
  {
    rule: "feature-graph-witness",
    fault: [`${F}/witness/gather-witness.ts -> ${F}/guard/index.ts`],
    legal: [`${F}/witness/gather-witness.ts -> ${F}/evidence/index.ts`],
  },
  {
    rule: "feature-graph-forge",
    fault: [`${F}/forge/ask-text.ts -> ${F}/evidence/index.ts`],
    legal: [
      `${F}/forge/ask-text.ts -> ${F}/guard/index.ts`,
      `${F}/forge/live/receive-event.ts -> ${F}/fleet/index.ts`,
    ],
  },
  {
    rule: "feature-graph-init",
    fault: [`${F}/init/plan.ts -> ${F}/evidence/index.ts`],
    legal: [`${F}/init/plan.ts -> ${F}/guard/index.ts`, `${F}/init/plan.ts -> ${F}/hook/index.ts`],
  },
  {
    rule: "feature-graph-doctor",
    fault: [`${F}/doctor/look-at-checkout.ts -> ${F}/ban/index.ts`],
    legal: [`${F}/doctor/look-at-checkout.ts -> ${F}/config/index.ts`],
  },
  {
    rule: "feature-graph-ci",
    fault: [`${F}/ci/play-all.ts -> ${F}/ban/index.ts`],
    legal: [`${F}/ci/expected-verdict.ts -> ${F}/guard/index.ts`],
  },
  {
    rule: "unknown-feature",
    fault: [`src/entrypoints/cli/features.ts -lazy> ${F}/unheard-of/commands.ts`],
    legal: [`src/entrypoints/cli/features.ts -lazy> ${F}/ban/commands.ts`],
  },
  {
    rule: "commands-load-lazily",
    fault: [`${F}/ban/commands.ts -> ${F}/ban/scan.ts`],
    legal: [
      `${F}/guard/commands.ts -lazy> ${F}/guard/judge.ts`,
      `${F}/guard/commands.ts -type> ${F}/guard/guard-options.ts`,
      `${F}/guard/commands.ts -> src/platform/terminal/index.ts`,
      `${F}/guard/commands.ts -> ${F}/guard/subject-options.ts`,
    ],
  },
];

const purity: PlantedFault[] = [
  {
    rule: "judges-do-no-io",
    fault: [`${F}/evidence/judge-lines.ts -> node:fs`],
    legal: [`${F}/evidence/read-lines.ts -> node:fs`],
  },
  {
    rule: "judges-see-no-world",
    fault: [`${F}/heartbeat/rules.ts -> src/platform/clock/index.ts`],
    legal: [
      `${F}/evidence/rules.ts -type> src/platform/git/tree.ts`,
      `${F}/evidence/rules.ts -> src/platform/globs/index.ts`,
    ],
  },
  {
    rule: "guards-never-contact-a-server",
    fault: [`${F}/guard/judge.ts -> node:https`],
    legal: ["src/platform/http/client.ts -> node:http"],
  },
  {
    rule: "only-forge-asks-github",
    fault: [`${F}/guard/judge.ts -> src/platform/github/index.ts`],
    legal: [
      `${F}/forge/ask-text.ts -> src/platform/github/index.ts`,
      "src/entrypoints/action/run-action.ts -type> src/platform/github/index.ts",
    ],
  },
  {
    rule: "nothing-is-run",
    fault: [
      `${F}/ban/scan.ts -> node:child_process`,
      `${F}/ci/run/play-job.ts -> node:child_process`,
      `${F}/work/start/start-task.ts -> node:child_process`,
      `${F}/health/mcp/talk.ts -> node:child_process`,
      `${F}/proxy/relay/relay.ts -> node:child_process`,
    ],
    legal: [
      "src/platform/git/run-git.ts -> node:child_process",
      `${F}/ci/run/run-tool.ts -> node:child_process`,
      `${F}/work/start/run-set-up.ts -> node:child_process`,
      `${F}/health/mcp/spawn-server.ts -> node:child_process`,
      `${F}/proxy/upstream/spawn-upstream.ts -> node:child_process`,
      `${F}/ban/scan.test.ts -> node:child_process`,
      "src/entrypoints/runtime/hook-spawns.ts -> node:child_process",
    ],
  },
  {
    rule: "repository-half-knows-no-server",
    fault: [
      `${F}/guard/gather.ts -> src/platform/client/index.ts`,
      `${F}/doctor/run-doctor.ts -> src/platform/client/index.ts`,
      `${F}/heartbeat/record-beat.ts -> ${F}/heartbeat/live/send.ts`,
      `${F}/evidence/add-evidence.ts -> ${F}/evidence/live/index.ts`,
      `${F}/guard/gather.ts -> ${F}/sync/index.ts`,
      `${F}/heartbeat/last-beat.ts -> ${F}/task/index.ts`,
      `${F}/guard/run-guards.ts -> ${F}/fleet/index.ts`,
      `${F}/forge/read-pull.ts -> ${F}/forge/live/index.ts`,
      `${F}/ci/simulate.ts -> src/platform/client/index.ts`,
      `${F}/heartbeat/check-beat.ts -> zod`,
    ],
    legal: [
      `${F}/token/verbs.ts -> src/platform/client/index.ts`,
      `${F}/heartbeat/live/send.ts -> ${F}/heartbeat/record-beat.ts`,
      `${F}/heartbeat/live/send.ts -> ${F}/task/index.ts`,
      `${F}/heartbeat/live/receive.ts -> zod`,
      `${F}/guard/live/keep-verdict.ts -> ${F}/fleet/index.ts`,
      `${F}/ci/live/verbs.ts -> src/platform/client/index.ts`,
    ],
  },
  {
    rule: "client-loads-no-schema",
    fault: [
      `${F}/token/verbs.ts -> ${F}/token/contract.ts`,
      `${F}/heartbeat/live/verbs.ts -> ${F}/heartbeat/live/contract.ts`,
      `${F}/task/verbs/list-tasks.ts -> ${F}/task/contract.ts`,
    ],
    legal: [
      `${F}/token/verbs.ts -type> ${F}/token/contract.ts`,
      `${F}/heartbeat/live/verbs.ts -type> ${F}/heartbeat/live/contract.ts`,
      `${F}/task/routes.ts -> ${F}/task/contract.ts`,
    ],
  },
  {
    rule: "tools-of-a-checkout-load-no-server",
    fault: [
      `src/entrypoints/mcp/all-tools.ts -> ${F}/task/routes.ts`,
      "src/platform/mcp/tool.ts -> src/platform/database/index.ts",
    ],
    legal: [
      `src/entrypoints/mcp/endpoints.ts -> ${F}/task/contract.ts`,
      "src/platform/server/mount-mcp.ts -> src/platform/mcp/index.ts",
    ],
  },
  {
    rule: "protocol-in-one-place",
    fault: ["src/entrypoints/mcp/main.ts -> @modelcontextprotocol/server"],
    legal: ["src/platform/mcp/create-tool-server.ts -> @modelcontextprotocol/server"],
  },
  {
    rule: "globs-in-one-place",
    fault: [`${F}/ban/scan.ts -> picomatch`],
    legal: ["src/platform/globs/index.ts -> picomatch", `${F}/ban/judge.ts -> src/platform/globs/index.ts`],
  },
  {
    rule: "only-store-touches-database",
    fault: [`${F}/heartbeat/live/beat.ts -> src/platform/database/index.ts`],
    legal: [
      `${F}/heartbeat/live/store.ts -> src/platform/database/index.ts`,
      `${F}/heartbeat/live/status.ts -type> src/platform/database/index.ts`,
    ],
  },
];

const worlds: PlantedFault[] = [
  {
    rule: "contract-is-browser-safe",
    fault: [`${F}/heartbeat/contract.ts -> src/platform/git/index.ts`],
    legal: [`${F}/evidence/contract.ts -> zod`, `${F}/evidence/contract.ts -> src/vocabulary/timestamp.ts`],
  },
  {
    rule: "browser-world",
    fault: [`${F}/heartbeat/page.tsx -> ${F}/heartbeat/store.ts`],
    legal: [`${F}/evidence/page.tsx -> ${F}/evidence/contract.ts`],
  },
  {
    rule: "browser-world-no-node",
    fault: ["src/entrypoints/dashboard/frame.ts -> node:path"],
    legal: [
      "src/entrypoints/dashboard/main.ts -> src/vocabulary/level.ts",
      "src/entrypoints/server/main.ts -> node:path",
    ],
  },
  {
    rule: "server-world",
    fault: ["src/entrypoints/server/main.ts -> src/features/heartbeat/page.tsx"],
    legal: ["src/entrypoints/dashboard/main.ts -> src/features/evidence/page.tsx"],
  },
  {
    rule: "hook-stays-light",
    fault: ["src/entrypoints/hook/main.ts -> src/platform/git/index.ts"],
    legal: [
      `src/entrypoints/hook/main.ts -> ${F}/hook/index.ts`,
      `${F}/hook/show-hosts.ts -> src/platform/terminal/index.ts`,
      "src/entrypoints/hook/append.ts -> node:fs",
      "src/entrypoints/hook/append.ts -type> src/platform/log/index.ts",
    ],
  },
  {
    rule: "runtime-takes-no-package",
    fault: ["src/entrypoints/runtime/main.ts -> zod"],
    legal: ["src/entrypoints/runtime/main.ts -> node:fs", "src/entrypoints/bundler/main.ts -> zod"],
  },
  {
    rule: "bundlers-are-the-users",
    fault: ["src/entrypoints/bundler/hook-esbuild.ts -> esbuild"],
    legal: ["src/entrypoints/bundler/hook-vite.ts -type> esbuild"],
  },
];

const hygiene: PlantedFault[] = [
  {
    rule: "no-cycles",
    fault: [`${F}/ban/a.ts -> ${F}/ban/b.ts`, `${F}/ban/b.ts -> ${F}/ban/a.ts`],
    legal: [`${F}/ban/c.ts -> ${F}/ban/d.ts`, `${F}/ban/e.ts -> ${F}/ban/d.ts`],
    reports: [`${F}/ban/a.ts -> ${F}/ban/b.ts`],
  },
  {
    rule: "no-folder-cycles",
    fault: [`${F}/ban/a.ts -> ${F}/guard/index.ts`, `${F}/guard/b.ts -> ${F}/ban/index.ts`],
    legal: [`${F}/heartbeat/a.ts -> ${F}/record/index.ts`, `${F}/heartbeat/a.ts -> ${F}/record/line.ts`],
    reports: [`${F}/ban -> ${F}/guard`, `${F}/guard -> ${F}/ban`],
  },
  {
    rule: "no-dead-files",
    fault: [`${F}/ban/forgotten.ts -> src/platform/git/index.ts`],
    legal: [
      `src/entrypoints/cli/main.ts -lazy> ${F}/ban/commands.ts`,
      `${F}/ban/commands.ts -> src/platform/git/index.ts`,
      `${F}/ban/scan.test.ts -> src/platform/git/index.ts`,
      `src/entrypoints/library/index.ts -> src/entrypoints/library/scan-ban.ts`,
    ],
    reports: [`${F}/ban/forgotten.ts -> ${F}/ban/forgotten.ts`],
  },
  {
    rule: "every-import-resolves",
    fault: [`${F}/ban/scan.ts -> src/platform/git/?absent.ts`],
    legal: [`${F}/ban/scan.ts -> src/platform/git/index.ts`],
  },
  {
    rule: "only-declared-packages",
    fault: [`${F}/ban/scan.ts -> undeclared`],
    legal: [`${F}/guard/judge.ts -> picomatch`],
  },
];

/** One row for each rule, in the order of `.dependency-cruiser.mjs`. */
export const PLANTED_FAULTS: readonly PlantedFault[] = [
  ...layers,
  ...features,
  ...purity,
  ...worlds,
  ...hygiene,
];
