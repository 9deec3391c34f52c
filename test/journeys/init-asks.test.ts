import { describe, expect, it } from "vitest";
import { adopt, changesIn, NPM_FILES, onGithub, readText } from "../harness/adopting-repository.ts";
import { answerOnTerminal, hasTerminal } from "../harness/answer-on-terminal.ts";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const ENTER = "\r";
const ESCAPE = "\u001b";
const answerInit = (
  repository: TemporaryRepository,
  answers: readonly (readonly [question: string, keys: string])[],
  words = "",
) => answerOnTerminal(repository.folder, `init ${words}`, answers);

describe.runIf(hasTerminal)("growth-engine init on a terminal", () => {
  it("shows the plan, asks, and writes after a yes", async () => {
    const repository = onGithub();
    const { code, out } = await answerInit(repository, [["Write this?", ENTER]]);
    expect(out).toContain("written");
    expect(code).toBe(0);
    expect(changesIn(repository)).toContain("?? growth-engine.json");
  });

  it.each([["n"], [ESCAPE]])("writes nothing after %j, exit 1", async (keys) => {
    const repository = onGithub();
    const { code, out } = await answerInit(repository, [["Write this?", keys]]);
    expect(out).toContain("nothing was written");
    expect(code).toBe(1);
    expect(changesIn(repository)).toEqual([]);
  });

  it("asks where pull requests are merged when nothing shows it", async () => {
    const repository = temporaryRepository(NPM_FILES);
    const answers = [
      ["Where are pull requests merged?", ENTER],
      ["Write this?", ENTER],
    ] as const;
    expect((await answerInit(repository, answers)).code).toBe(0);
    expect(readText(repository, ".github/workflows/growth-engine.yml")).toContain("growth-engine");
  });

  it("lets its user choose which of their files give way", async () => {
    const repository = onGithub({ ...NPM_FILES, ".github/workflows/growth-engine.yml": "name: ours\n" });
    const answers = [
      ["These are yours", ` ${ENTER}`],
      ["Write this?", ENTER],
    ] as const;
    expect((await answerInit(repository, answers)).code).toBe(0);
    expect(readText(repository, ".github/workflows/growth-engine.yml")).not.toBe("name: ours\n");
  });

  it("asks before it takes anything out again", async () => {
    const repository = onGithub();
    await adopt(repository);
    const left = changesIn(repository);
    expect((await answerInit(repository, [["Take this out again?", "n"]], "--undo")).code).toBe(1);
    expect(changesIn(repository)).toEqual(left);
    expect((await answerInit(repository, [["Take this out again?", ENTER]], "--undo")).code).toBe(0);
    expect(changesIn(repository)).toEqual([]);
  });
});
