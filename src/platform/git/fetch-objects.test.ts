import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { temporaryFolder, temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { fetchObjects } from "./fetch-objects.ts";
import { openRepository } from "./repository.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A git server that lets nobody in, and hears who asks. */
async function listen() {
  const heard: (string | undefined)[] = [];
  const server = createServer(({ headers }, response) => {
    heard.push(headers.authorization);
    response.writeHead(401, { "www-authenticate": "Basic" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

describe("fetchObjects", () => {
  it("brings a commit that no branch holds, and leaves branches, files and FETCH_HEAD alone", async () => {
    const origin = temporaryRepository({ "a.txt": "1" });
    const clone = origin.clone();
    origin.branch("work");
    origin.write("a.txt", "2");
    const head = origin.commit("Two");
    origin.git("update-ref", "refs/pull/1/head", head);
    origin.move("main");
    origin.git("branch", "-D", "work");
    const before = clone.git("for-each-ref", "refs/heads", "refs/remotes", "refs/tags");
    const source = { server: "https://github.com", url: "unused", token: "secret" };
    await fetchObjects(await openRepository(clone.folder), source, [
      { what: head, as: "refs/growth-engine/head" },
    ]);
    expect(clone.git("show", `${head}:a.txt`)).toBe("2");
    expect(clone.git("for-each-ref", "refs/heads", "refs/remotes", "refs/tags")).toBe(before);
    expect(clone.git("status", "--porcelain")).toBe("");
    expect(existsSync(join(clone.folder, ".git/FETCH_HEAD"))).toBe(false);
  });

  it("sends the token to its server once, in the place of what an earlier step left", async () => {
    const { url, heard } = await listen();
    const clone = temporaryRepository({ "a.txt": "1" });
    clone.git("config", `http.${url}/.extraheader`, "AUTHORIZATION: basic b2xk");
    const source = { server: url, url: `${url}/shop/shop.git`, token: "secret" };
    const wanted = [{ what: "a".repeat(40), as: "refs/growth-engine/head" }];
    await expect(fetchObjects(await openRepository(clone.folder), source, wanted)).rejects.toMatchObject({
      code: "HISTORY_MISSING",
      message: expect.not.stringContaining("secret"),
    });
    const basic = Buffer.from("x-access-token:secret").toString("base64");
    expect(new Set(heard)).toEqual(new Set([`basic ${basic}`]));
  });

  it("sends the token to nobody else, and asks no helper for another", async () => {
    const { url, heard } = await listen();
    const clone = temporaryRepository({ "a.txt": "1" });
    const witness = join(temporaryFolder(), "started");
    clone.git("config", "credential.helper", `!touch ${witness};`);
    const source = { server: "https://github.com", url: `${url}/shop/shop.git`, token: "secret" };
    const wanted = [{ what: "a".repeat(40), as: "refs/growth-engine/head" }];
    await expect(fetchObjects(await openRepository(clone.folder), source, wanted)).rejects.toThrow();
    expect(heard.filter(Boolean)).toEqual([]);
    expect(heard).not.toEqual([]);
    expect(existsSync(witness)).toBe(false);
  });

  it("starts no hook that the clone has", async () => {
    const origin = temporaryRepository({ "a.txt": "1" });
    const clone = origin.clone();
    const witness = join(temporaryFolder(), "started");
    for (const hook of ["reference-transaction", "post-merge"]) {
      writeFileSync(join(clone.folder, ".git/hooks", hook), `#!/bin/sh\ntouch ${witness}\n`, { mode: 0o755 });
    }
    origin.write("a.txt", "2");
    const head = origin.commit("Two");
    const source = { server: "https://github.com", url: "unused", token: null };
    await fetchObjects(await openRepository(clone.folder), source, [
      { what: head, as: "refs/growth-engine/head" },
    ]);
    expect(existsSync(witness)).toBe(false);
  });

  it("takes no ref name for an option, and follows no foreign transport", async () => {
    const clone = temporaryRepository({ "a.txt": "1" });
    const repository = await openRepository(clone.folder);
    const source = { server: "https://github.com", url: "ext::touch x", token: null };
    const wanted = [{ what: "refs/heads/--upload-pack=x", as: "refs/growth-engine/head" }];
    await expect(fetchObjects(repository, source, wanted)).rejects.toThrow(/transport 'ext' not allowed/);
  });
});
