import { EXIT } from "../../vocabulary/exit-code.ts";
import { ERROR_CODES, type ErrorCode, Fault, Refusal } from "../errors/index.ts";

/** The refusal or fault that a problem document (RFC 9457) of the control plane tells of. */
export function readProblem(status: number, text: string): Refusal | Fault {
  let problem: { code?: unknown; detail?: unknown; hint?: unknown } = {};
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    return new Fault("SERVER_UNAVAILABLE", `the server answered ${status} and no problem document`);
  }
  const known = typeof problem.code === "string" && problem.code in ERROR_CODES;
  const code = known ? (problem.code as ErrorCode) : "REFUSED";
  const detail = String(problem.detail ?? "the server refused");
  const hint = typeof problem.hint === "string" ? { hint: problem.hint } : {};
  if (status >= 500) return new Fault(code, detail, hint);
  return new Refusal(code, detail, { ...hint, exit: status === 400 ? EXIT.usage : EXIT.no });
}
