import { join } from "node:path";
import ts from "typescript";

const PROJECT = join(import.meta.dirname, "../../..");
const INDEX = join(PROJECT, "src/entrypoints/library/index.ts");
/** A longer union says nothing to its reader. */
const MOST_MEMBERS = 12;
/** Nor does a longer type of a constant. */
const MOST_LETTERS = 120;

/** One thing that `growth-engine` exports, as its source documents it. */
export interface ApiExport {
  name: string;
  kind: "function" | "class" | "constant" | "type";
  /** File below `src/` that declares it. */
  file: string;
  /** Its declaration, without bodies. */
  code: string;
  says: string;
  params: { name: string; says: string }[];
  returns: string;
  throws: string;
}

function openIndex(): { checker: ts.TypeChecker; source: ts.SourceFile } {
  const { config } = ts.readConfigFile(join(PROJECT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, PROJECT);
  const program = ts.createProgram([INDEX], options);
  const source = program.getSourceFile(INDEX);
  if (source === undefined) throw new Error(`${INDEX} is not there`);
  return { checker: program.getTypeChecker(), source };
}

/** `{@link Refusal}` as code, references to the contract left out; lines as one paragraph. */
function plain(text: string): string {
  return text
    .replaceAll(/\{@link (\w+)\}/g, "`$1`")
    .replaceAll(/ \((contract|design) §[^)]*\)/g, "")
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
}

/** The declaration's own text, `export` and bodies left out. */
function codeOf(node: ts.Declaration, checker: ts.TypeChecker): string {
  const text = node.getText().replace(/^export (declare )?/, "");
  if (ts.isFunctionDeclaration(node)) {
    const body = node.body?.getText() ?? "";
    return text
      .slice(0, text.length - body.length)
      .replace(/^async /, "")
      .trim();
  }
  if (ts.isVariableDeclaration(node)) {
    const type = checker.typeToString(checker.getTypeAtLocation(node), node, ts.TypeFormatFlags.NoTruncation);
    const said = node.type?.getText() ?? type;
    return `const ${node.name.getText()}${said.length > MOST_LETTERS ? "" : `: ${said}`};`;
  }
  if (ts.isTypeAliasDeclaration(node) && node.type.getText().includes("typeof")) {
    const type = checker.getTypeAtLocation(node);
    if (!type.isUnion() || type.types.length > MOST_MEMBERS) return text;
    const members = type.types.map((member) => checker.typeToString(member));
    return `type ${node.name.text} = ${members.join(" | ")};`;
  }
  return text;
}

/** What a caller sees of a class: its fields and constructor. */
function classCode(node: ts.ClassDeclaration): string {
  const members = node.members.flatMap((member) => {
    if (ts.isConstructorDeclaration(member)) {
      const params = member.parameters.map((param) => param.getText().replaceAll(/\s+/g, " "));
      return [`  constructor(${params.join(", ")});`];
    }
    return ts.isPropertyDeclaration(member) ? [`  ${member.getText()}`] : [];
  });
  return `class ${node.name?.text} extends Error {\n${members.join("\n")}\n}`;
}

function kindOf(node: ts.Declaration): ApiExport["kind"] {
  if (ts.isFunctionDeclaration(node)) return "function";
  if (ts.isClassDeclaration(node)) return "class";
  return ts.isVariableDeclaration(node) ? "constant" : "type";
}

function textOf(parts: ts.SymbolDisplayPart[] | undefined): string {
  return plain(ts.displayPartsToString(parts));
}

function readExport(symbol: ts.Symbol, checker: ts.TypeChecker): ApiExport {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const [node] = target.declarations ?? [];
  if (node === undefined) throw new Error(`${symbol.name} is exported and declared nowhere`);
  const tags = target.getJsDocTags(checker);
  const tag = (name: string) => textOf(tags.find((each) => each.name === name)?.text);
  return {
    name: symbol.name,
    kind: kindOf(node),
    file: node.getSourceFile().fileName.slice(join(PROJECT, "src/").length),
    code: ts.isClassDeclaration(node) ? classCode(node) : codeOf(node, checker),
    says: textOf(target.getDocumentationComment(checker)),
    params: tags
      .filter(({ name }) => name === "param")
      .map(({ text }) => {
        const [name = "", ...says] = textOf(text).split(" ");
        return { name, says: says.join(" ") };
      }),
    returns: tag("returns"),
    throws: tag("throws"),
  };
}

/** Everything that the library's index exports, by name. */
export function readExports(): ApiExport[] {
  const { checker, source } = openIndex();
  const module = checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${INDEX} exports nothing`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => readExport(symbol, checker))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
