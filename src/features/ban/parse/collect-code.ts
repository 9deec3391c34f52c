import { Bindings } from "../spawn/bindings.ts";
import { TextFolder } from "./fold-text.ts";
import { type Node, nameOf, unwrap, walkSyntax } from "./syntax.ts";

/** Text that a program runs as code, at the offset of the call that runs it. */
export interface InnerCode {
  code: string;
  start: number;
}

/** Without one of these a program runs no text. */
const MAY_RUN_TEXT =
  /\beval\b|\bFunction\b|\bruns?In\w*Context\b|\bScript\b|\bcompileFunction\b|\bSourceTextModule\b|\\u/;
const METHODS = /^(?:runIn(?:This|New)?Context|compileFunction)$/;
const CLASSES = /^(?:Script|SourceTextModule)$/;
/** Of text that names no module, nothing is to be known. */
const LOADS = /\b(?:require|import|export)\b/;

/** Is this an option `eval: true`, as `Worker` of Node takes it? */
function isEval(options: Node | undefined): boolean {
  const properties = (options?.type === "ObjectExpression" ? options.properties : []) as Node[];
  return properties.some(
    ({ key, value }) => nameOf(key) === "eval" && (value as Node | undefined)?.value === true,
  );
}

/** The argument that is run as code, or null. */
function codeArgument(node: Node): Node | null {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return null;
  const given = node.arguments as Node[];
  const name = nameOf(node.callee) ?? "";
  const isMember = unwrap(node.callee)?.type === "MemberExpression";
  if (name === "Function") return given.at(-1) ?? null;
  const isRun =
    name === "eval" ||
    (isMember && METHODS.test(name)) ||
    (node.type === "NewExpression" && CLASSES.test(name)) ||
    (node.type === "NewExpression" && name === "Worker" && isEval(given[1]));
  return isRun ? (given[0] ?? null) : null;
}

/** The texts that a program gives to `eval`, `Function`, `vm` and the like, as far as they are written out in it. */
export function collectCode(program: Node, code: string): InnerCode[] {
  if (!MAY_RUN_TEXT.test(code)) return [];
  let bindings: Bindings | undefined;
  const folder = new TextFolder(() => (bindings ??= new Bindings(program as never)));
  const found: InnerCode[] = [];
  walkSyntax(program, (node) => {
    const argument = codeArgument(node);
    for (const { text, open } of argument === null ? [] : folder.fold(argument))
      if (!open && LOADS.test(text)) found.push({ code: text, start: node.start });
    return false;
  });
  return found;
}
