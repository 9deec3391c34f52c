import { createReadStream } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import sax from "sax";
import type { Counts } from "./totals.ts";

/** Elements inside a `testcase` that say how it went, as Ant's, pytest's, Node's and Surefire's writers use them. */
const FAILED = new Set(["failure", "error"]);
const ROOTS = new Set(["testsuites", "testsuite"]);

// One attribute may hold a whole failure message. The file's own limit bounds it.
(sax as { MAX_BUFFER_LENGTH?: number }).MAX_BUFFER_LENGTH = Number.POSITIVE_INFINITY;

const localName = (name: string) => name.slice(name.indexOf(":") + 1);

/** Counts test cases while the file goes by. Entities that a document declares stay unread: they are a mistake here. */
class JUnitCounter {
  readonly #parser = sax.parser(true);
  readonly #counts: Counts = { exist: 0, passed: 0, failed: 0, skipped: 0 };
  readonly #path: string[] = [];
  #state: keyof Counts = "passed";
  #mistake: string | null = null;
  #isClosed = false;

  constructor() {
    this.#parser.onopentag = ({ name }) => this.#open(localName(name));
    this.#parser.onclosetag = () => this.#close();
    this.#parser.onerror = (error) => {
      this.#mistake ??= error.message.split("\n")[0] ?? "it is no XML";
    };
  }

  #open(name: string): void {
    const parent = this.#path.at(-1);
    if (parent === undefined && !ROOTS.has(name)) this.#mistake ??= `its root is <${name.slice(0, 40)}>`;
    if (this.#isClosed) this.#mistake ??= "it has several roots";
    if (name === "testcase") this.#state = "passed";
    if (parent === "testcase" && FAILED.has(name)) this.#state = "failed";
    if (parent === "testcase" && name === "skipped" && this.#state === "passed") this.#state = "skipped";
    this.#path.push(name);
  }

  #close(): void {
    if (this.#path.pop() === "testcase") {
      this.#counts.exist += 1;
      this.#counts[this.#state] += 1;
    }
    this.#isClosed = this.#path.length === 0;
  }

  /** False when nothing that follows can mend it. */
  write(text: string): boolean {
    if (this.#mistake === null) this.#parser.write(text);
    return this.#mistake === null;
  }

  end(): Counts | string {
    if (this.#mistake === null) this.#parser.close();
    if (this.#mistake !== null) return `it is no JUnit XML: ${this.#mistake}`;
    return this.#isClosed ? this.#counts : "it is no JUnit XML: it ends in the middle";
  }
}

/** Test cases of a JUnit XML file, and how they went; a sentence where it cannot be read as one. */
export async function countJUnit(path: string): Promise<Counts | string> {
  const counter = new JUnitCounter();
  const decoder = new StringDecoder("utf8");
  for await (const chunk of createReadStream(path)) if (!counter.write(decoder.write(chunk as Buffer))) break;
  return counter.end();
}
