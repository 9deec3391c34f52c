import { Refusal } from "../../platform/errors/index.ts";
import { Segment } from "./contract.ts";

/** A file's lines as they came: what they follow, and the text between two line ends. */
export interface GivenSegment extends Segment {
  texts: string[];
}

function refuse(line: number, why: string): Refusal {
  return new Refusal("INPUT_INVALID", `line ${line}: ${why}`, {
    hint: "growth-engine sync brings them in the right form",
  });
}

function parseHead(text: string, line: number): Segment {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(line, "is no JSON that says which file follows");
  }
  const result = Segment.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refuse(line, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

/** Takes a body apart. @throws Refusal INPUT_INVALID */
export function splitSegments(body: unknown): GivenSegment[] {
  if (typeof body !== "string")
    throw new Refusal("INPUT_INVALID", "the body is not lines", {
      hint: "Content-Type: application/x-ndjson",
    });
  const texts = body.split("\n");
  if (texts.at(-1) === "") texts.pop();
  const segments: GivenSegment[] = [];
  for (let at = 0; at < texts.length; ) {
    const head = parseHead(texts[at] ?? "", at + 1);
    const from = at + 1;
    if (from + head.lines > texts.length)
      throw refuse(at + 1, `${head.lines} lines are to follow, and do not`);
    if (segments.some(({ file }) => file === head.file))
      throw refuse(at + 1, `${head.file} stands here twice`);
    segments.push({ ...head, texts: texts.slice(from, from + head.lines) });
    at = from + head.lines;
  }
  return segments;
}
