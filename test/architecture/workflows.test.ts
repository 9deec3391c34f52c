import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const PROJECT = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(PROJECT, file), "utf8");
const own = readdirSync(join(PROJECT, ".github/workflows")).map((name) => `.github/workflows/${name}`);
const TEMPLATE = "templates/github-workflow.yml";
const GUARD = ".github/workflows/guard.yml";
const guarding = [TEMPLATE, GUARD];

const valuesOf = (text: string, key: string) =>
  [...text.matchAll(new RegExp(`^[ -]*${key}: (.+)$`, "gm"))].map(([, value]) => value ?? "");
const jobsOf = (text: string) => text.slice(text.indexOf("\njobs:\n"));

describe.each([...own, TEMPLATE])("%s", (file) => {
  it("pins every foreign action by its commit", () => {
    const loose = valuesOf(read(file), "uses").filter((uses) => !/^\.\/|@[0-9a-f]{40} # v\d/.test(uses));
    expect(loose).toEqual([]);
  });

  it("puts no text of an event into a shell", () => {
    const lines = read(file).split("\n");
    expect(lines.filter((line) => /^\s*(- )?run:.*\$\{\{/.test(line))).toEqual([]);
  });

  it("says what its token may do, and how long a job may take", () => {
    const text = read(file);
    expect(text).toMatch(/^permissions:/m);
    expect(valuesOf(text, "timeout-minutes")).toHaveLength(valuesOf(text, "runs-on").length);
  });
});

describe.each(guarding)("%s, as required checks", (file) => {
  const text = read(file);

  it("reads and never writes", () => {
    expect(text).not.toMatch(/:\s*write\b/);
  });

  it("is started by every event, whatever paths it touches", () => {
    expect(text).toMatch(/^ {2}pull_request_target:$/m);
    expect(text).toMatch(/^ {2}merge_group:$/m);
    expect(text).toMatch(/^ {2}push:$/m);
    expect(text).not.toMatch(/^ *paths(-ignore)?:/m);
  });

  it("checks out the side before the change", () => {
    expect(text).not.toContain("pull_request.head");
    expect(text).toContain("github.event_name == 'push' && !github.event.created && github.event.before");
    expect(text).toContain("persist-credentials: false");
  });

  it("answers for all guards also when one was skipped", () => {
    expect(text).toMatch(/^ *if: \$\{\{ always\(\) \}\}$/m);
    expect(text).toContain("join(needs.*.result, ' ') != 'success'");
  });
});

describe("this repository's own checks", () => {
  it("are the template's, but for the tool, which is built from the base", () => {
    const built = jobsOf(read(GUARD)).replace(
      / {6}- uses: actions\/setup-node@[\s\S]*?- uses: \.\/dist\/portable/,
      "      - uses: ./.growth-engine",
    );
    expect(built).toBe(jobsOf(read(TEMPLATE)));
  });
});
