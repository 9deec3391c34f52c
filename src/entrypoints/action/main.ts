import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { processContext } from "../cli/process-context.ts";
import { readInputs } from "./read-inputs.ts";
import { readSurroundings } from "./read-surroundings.ts";
import { runAction } from "./run-action.ts";
import { writeAnswer, writeFailure } from "./write-answer.ts";

const ofProcess = processContext();
const context = { ...ofProcess, cwd: ofProcess.env.GITHUB_WORKSPACE || ofProcess.cwd };

async function main(): Promise<ExitCode> {
  try {
    const inputs = readInputs(context.env);
    const answer = await runAction(inputs, readSurroundings(context.env), context);
    return await writeAnswer(answer, inputs, context);
  } catch (error) {
    return writeFailure(error, context);
  }
}

// Whatever ends the process before there is an answer must not look like one.
process.exitCode = EXIT.fault;
main().then((answer) => {
  process.exitCode = answer;
});
