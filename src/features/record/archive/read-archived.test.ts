import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { describe, expect, it } from "vitest";
import { formatManifest, MANIFEST } from "./manifest.ts";
import { readArchived } from "./read-archived.ts";

const ARCHIVE = "artifacts/archive/2026-01.tar.gz";
const A = "artifacts/ada/2026-01-05/mcp/a.jsonl";
const B = "artifacts/bob/2026-01-06/mcp/b.jsonl";
const C = "artifacts/eve/2026-01-07/heartbeat.ndjson";

type Item = Partial<Header> & { name: string; content?: string };

const sumOf = (content: string) => createHash("sha256").update(content).digest("hex");

/** A tar of these entries behind a manifest of the files among them, or behind another one. */
async function tarOf(items: readonly Item[], manifest?: string | null): Promise<Buffer> {
  const tar = pack();
  const sums = new Map(items.map(({ name, content = "" }) => [name, sumOf(content)]));
  if (manifest !== null) tar.entry({ name: MANIFEST }, manifest ?? formatManifest(sums).toString());
  for (const { content, ...header } of items) tar.entry({ type: "file", ...header }, content ?? "");
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const part of tar) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function readAll(packed: Buffer, archive = ARCHIVE) {
  const problems: string[] = [];
  const files: string[] = [];
  const source = readArchived(
    archive,
    packed,
    () => true,
    (problem) => problems.push(problem),
  );
  for await (const { file, content } of source) files.push(`${file.path}=${content}`);
  return { files, problems };
}

const READ = [`${A}=a\n`, `${B}=b\n`];

/** Reads an archive with `hostile` between two whole files. */
async function readAround(...hostile: Item[]) {
  return readAll(
    gzipSync(await tarOf([{ name: A, content: "a\n" }, ...hostile, { name: B, content: "b\n" }])),
  );
}

describe("readArchived", () => {
  it("gives the files whose bytes the manifest names", async () => {
    expect(await readAround()).toEqual({ files: READ, problems: [] });
  });

  it.each<[string, Item, string]>([
    [
      "a name that leads out",
      { name: "artifacts/../../etc/passwd", content: "x" },
      "leads out of the repository",
    ],
    ["an absolute name", { name: "/etc/passwd", content: "x" }, "is absolute"],
    ["a link", { name: C, type: "symlink", linkname: "/etc/passwd" }, "is a symlink, not a file"],
    ["a hard link", { name: C, type: "link", linkname: A }, "is a link, not a file"],
    ["a device", { name: C, type: "character-device" }, "is a character-device, not a file"],
    ["a file that is no record", { name: "src/index.ts", content: "x" }, "is no record file"],
    ["a record of another month", { name: "artifacts/ada/2026-02-05/mcp/a.jsonl" }, "is not of 2026-01"],
  ])("names %s and reads the others", async (_, item, said) => {
    const { files, problems } = await readAround(item);
    expect(files).toEqual(READ);
    expect(problems[0]).toBe(`entry ${JSON.stringify(item.name)} ${said}`);
  });

  it("names an entry that stands twice, and reads the first", async () => {
    const tar = await tarOf([
      { name: A, content: "a\n" },
      { name: A, content: "z\n" },
      { name: B, content: "b\n" },
    ]);
    const manifest = formatManifest(
      new Map([
        [A, sumOf("a\n")],
        [B, sumOf("b\n")],
      ]),
    ).toString();
    expect(manifest).not.toBe("");
    const packed = gzipSync(
      await tarOf(
        [
          { name: A, content: "a\n" },
          { name: A, content: "z\n" },
          { name: B, content: "b\n" },
        ],
        manifest,
      ),
    );
    expect(await readAll(packed)).toEqual({
      files: READ,
      problems: [`entry "${A}" stands in it twice; the later one was not read`],
    });
    expect((await readAll(gzipSync(tar))).files).toEqual([READ[1]]);
  });

  it("names entries whose sum is another, which the manifest lacks, and which it alone names", async () => {
    const manifest = formatManifest(
      new Map([
        [A, sumOf("other")],
        [C, sumOf("c")],
      ]),
    ).toString();
    const items = [
      { name: A, content: "a\n" },
      { name: B, content: "b\n" },
    ];
    expect(await readAll(gzipSync(await tarOf(items, manifest)))).toEqual({
      files: [],
      problems: [
        `entry "${A}" has another SHA-256 than SHA256SUMS names; it was not read`,
        `entry "${B}" is not in SHA256SUMS`,
        `does not hold "${C}", which its SHA256SUMS names`,
      ],
    });
  });

  it("reads an archive without a manifest, and says that no sum was compared", async () => {
    const items = [
      { name: A, content: "a\n" },
      { name: B, content: "b\n" },
    ];
    expect(await readAll(gzipSync(await tarOf(items, null)))).toEqual({
      files: READ,
      problems: ["its first entry is no SHA256SUMS, so no sum can be compared"],
    });
    const { files, problems } = await readAll(gzipSync(await tarOf(items, "not a manifest\n")));
    expect({ files, problems }).toEqual({
      files: READ,
      problems: ["its SHA256SUMS cannot be read, so no sum can be compared"],
    });
  });

  it("reads what stands before the damage of a truncated archive, and names the place", async () => {
    const noise = Array.from({ length: 20_000 }, (_, at) => sumOf(String(at))).join("\n");
    const packed = gzipSync(
      await tarOf([
        { name: A, content: "a\n" },
        { name: C, content: noise },
      ]),
    );
    const { files, problems } = await readAll(packed.subarray(0, packed.length - 5_000));
    expect(files).toEqual([READ[0]]);
    expect(problems).toEqual([
      expect.stringMatching(/^is damaged in or after entry ".*heartbeat.ndjson": .* the rest was not read$/),
    ]);
  });

  it.each([
    ["empty", Buffer.alloc(0)],
    ["no gzip", Buffer.from("hello")],
    ["gzip of no tar", gzipSync(Buffer.from("hello ".repeat(200)))],
  ])("names an archive that is %s", async (_, packed) => {
    const { files, problems } = await readAll(packed);
    expect(files).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  it("stops at an archive that unpacks without end", async () => {
    const tar = await tarOf([{ name: A, content: "a\n" }]);
    const { files, problems } = await readAll(gzipSync(Buffer.concat([tar, Buffer.alloc(24 << 20)])));
    expect(files).toEqual([READ[0]]);
    expect(problems).toEqual([expect.stringContaining("unpacks to more than fifty times its size")]);
  });
});
