import { type Bindings, EACH, isOwnCode, keyName } from "../spawn/bindings.ts";
import { type Node, nameOf, unwrap } from "./syntax.ts";

/** A text that an expression can be; `open` when only its beginning is known. */
export interface Folded {
  text: string;
  open: boolean;
}

/** Enough for any honest choice between modules; bounds what nested conditions multiply. */
const MAX_CHOICES = 32;
const MAX_DEPTH = 1_000;
const MAX_TEXT = 4_096;
const HERE: Folded[] = [{ text: ".", open: false }];

function join(left: readonly Folded[], right: readonly Folded[], between = ""): Folded[] {
  const joined: Folded[] = [];
  for (const begin of left) {
    if (begin.open || begin.text.length > MAX_TEXT) joined.push({ text: begin.text, open: true });
    else if (right.length === 0) joined.push({ text: begin.text, open: true });
    else for (const end of right) joined.push({ text: begin.text + between + end.text, open: end.open });
  }
  return joined.slice(0, MAX_CHOICES);
}

function isRaw(tag: unknown): boolean {
  const node = unwrap(tag);
  return node?.type === "MemberExpression" && nameOf(node) === "raw" && nameOf(node.object) === "String";
}

/** The value of a member of an enumeration, or of a static one of a class. */
function memberOf(node: Node, key: string): Node | null {
  const body = node.body as Node;
  const members = (node.type === "ClassDeclaration" ? body.body : body.members) as Node[];
  const found = members.find((member) => {
    if (node.type === "ClassDeclaration") return member.static === true && nameOf(member.key) === key;
    const id = member.id as Node;
    return id.type === "Literal" ? id.value === key : nameOf(id) === key;
  });
  return ((node.type === "ClassDeclaration" ? found?.value : found?.initializer) as Node | undefined) ?? null;
}

/** Tells the texts that expressions of one file can be, as far as they can be told without running it. */
export class TextFolder {
  readonly #bindings: () => Bindings;
  /** What is being folded: `a = a + "x"` would never end. */
  readonly #active = new Set<Node>();
  readonly #known = new Map<Node, Folded[]>();

  constructor(bindings: () => Bindings) {
    this.#bindings = bindings;
  }

  fold(value: unknown): Folded[] {
    const node = unwrap(value);
    if (node === null || this.#active.has(node) || this.#active.size > MAX_DEPTH) return [];
    const known = this.#known.get(node);
    if (known) return known;
    this.#active.add(node);
    const folded = this.#fold(node).slice(0, MAX_CHOICES);
    this.#active.delete(node);
    this.#known.set(node, folded);
    return folded;
  }

  #fold(node: Node): Folded[] {
    switch (node.type) {
      case "Literal":
        return typeof node.value === "string" ? [{ text: node.value, open: false }] : [];
      case "TemplateLiteral":
        return this.#template(node);
      case "BinaryExpression":
        return node.operator === "+" ? this.#sum(node) : [];
      case "ConditionalExpression":
        return [...this.fold(node.consequent), ...this.fold(node.alternate)];
      case "LogicalExpression":
        return [...this.fold(node.left), ...this.fold(node.right)];
      case "AssignmentExpression":
        return this.fold(node.right);
      case "Identifier":
        return this.#name(node);
      case "MemberExpression":
        return this.#member(node);
      case "CallExpression":
        return this.#call(node);
      case "TaggedTemplateExpression":
        return isRaw(node.tag) ? this.#template(node.quasi as Node, "raw") : [];
      default:
        return [];
    }
  }

  /** `a + b + c` nests to the left, once per plus: walked in a loop, since generated code adds thousands. */
  #sum(node: Node): Folded[] {
    const terms: Node[] = [];
    let rest: Node | null = node;
    while (rest?.type === "BinaryExpression" && rest.operator === "+") {
      terms.push(rest.right as Node);
      rest = unwrap(rest.left);
    }
    let folded = this.fold(rest);
    for (const term of terms.reverse()) {
      if (folded.length === 0) return [];
      folded = join(folded, this.fold(term));
    }
    return folded;
  }

  #template(node: Node, as: "cooked" | "raw" = "cooked"): Folded[] {
    const quasis = node.quasis as { value: { cooked: string | null; raw: string } }[];
    let folded: Folded[] = [{ text: quasis[0]?.value[as] ?? "", open: false }];
    for (const [index, expression] of (node.expressions as Node[]).entries()) {
      folded = join(folded, this.fold(expression));
      folded = join(folded, [{ text: quasis[index + 1]?.value[as] ?? "", open: false }]);
    }
    return folded;
  }

  #name(node: Node): Folded[] {
    const binding = this.#bindings().lookup(node.name as string, node.start);
    if (binding === null) return node.name === "__dirname" ? HERE : [];
    return binding.values.flatMap(({ node: value, key }) => {
      if (key === EACH) return this.#elements(value).flatMap((element) => this.fold(element));
      return this.fold(key === undefined ? value : this.#property(value, key));
    });
  }

  #member(node: Node): Folded[] {
    const key = nameOf(node);
    const object = unwrap(node.object);
    if (key === null || object === null) return [];
    if (object.type === "MetaProperty") return key === "dirname" || key === "dir" ? HERE : [];
    return this.fold(this.#property(object, key));
  }

  /** The elements of a list that is written out in this file. */
  #elements(value: unknown, depth = 0): Node[] {
    const node = unwrap(value);
    if (node?.type === "ArrayExpression")
      return (node.elements as (Node | null)[]).filter((element) => element !== null);
    if (node?.type !== "Identifier" || depth > 8) return [];
    const values = this.#bindings().lookup(node.name as string, node.start)?.values ?? [];
    return values.flatMap(({ node: list, key }) =>
      key === undefined ? this.#elements(list, depth + 1) : [],
    );
  }

  /** The texts that a list or a choice of names holds, for a function that is called with each. */
  foldEach(value: unknown): Folded[] {
    return this.#elements(value).flatMap((element) => this.fold(element));
  }

  /** What a function of this file answers, as far as that is written at its end. */
  #answer(callee: Node): Folded[] {
    const values = this.#bindings().lookup(callee.name as string, callee.start)?.values ?? [];
    return values.flatMap(({ node, key }) => {
      const body =
        key === undefined && isOwnCode(node)
          ? ((node as unknown as Node).body as Node | undefined)
          : undefined;
      if (body?.type !== "BlockStatement") return body && body.type !== "ClassBody" ? this.fold(body) : [];
      const returns = (body.body as Node[]).filter(({ type }) => type === "ReturnStatement");
      return returns.flatMap(({ argument }) => this.fold(argument));
    });
  }

  /** The value of a property, where the object is written out in this file. */
  #property(value: unknown, key: string, depth = 0): Node | null {
    const node = unwrap(value);
    if (node === null || depth > 8) return null;
    if (node.type === "ObjectExpression") {
      const found = (node.properties as Node[]).find(
        (property) =>
          property.type === "Property" && keyName(property.key as never, property.computed === true) === key,
      );
      return (found?.value as Node | undefined) ?? null;
    }
    if (node.type === "ArrayExpression") return (node.elements as (Node | null)[])[Number(key)] ?? null;
    if (node.type === "TSEnumDeclaration" || node.type === "ClassDeclaration") return memberOf(node, key);
    if (node.type === "MemberExpression") {
      const name = nameOf(node);
      return name === null
        ? null
        : this.#property(this.#property(node.object, name, depth + 1), key, depth + 1);
    }
    if (node.type === "CallExpression" && nameOf(node.callee) === "freeze")
      return this.#property((node.arguments as Node[])[0], key, depth + 1);
    if (node.type !== "Identifier") return null;
    const [bound] = this.#bindings().lookup(node.name as string, node.start)?.values ?? [];
    if (!bound) return null;
    const object = bound.key === undefined ? bound.node : this.#property(bound.node, bound.key, depth + 1);
    return this.#property(object, key, depth + 1);
  }

  /** `path.join(__dirname, "x")`, `["a", "b"].join("/")`, `"a".concat("b")`. */
  #call(node: Node): Folded[] {
    const given = node.arguments as Node[];
    const callee = unwrap(node.callee);
    const name = nameOf(callee);
    if (callee?.type === "Identifier" && name !== "join" && name !== "resolve" && name !== "String")
      return this.#answer(callee);
    if (name === "concat")
      return [callee?.object, ...given].map((piece) => this.fold(piece)).reduce((a, b) => join(a, b));
    if (name !== "join" && name !== "resolve") return name === "String" ? this.fold(given[0]) : [];
    const list = unwrap(callee?.object);
    if (list?.type === "ArrayExpression") {
      const [separator] = given.length === 0 ? [{ text: ",", open: false }] : this.fold(given[0]);
      return separator ? this.#joined(list.elements as Node[], separator.text) : [];
    }
    return given.length > 1 ? this.#joined(given, "/") : [];
  }

  #joined(pieces: readonly Node[], between: string): Folded[] {
    const [first = [], ...rest] = pieces.map((piece) => this.fold(piece));
    return rest.reduce((joined, piece) => (joined.length === 0 ? [] : join(joined, piece, between)), first);
  }
}
