import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchOutside } from "./fetch-outside.ts";

describe("an address that a user set", () => {
  let server: Server;
  let url = "";
  let asked = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      if (request.url === "/moved") response.writeHead(302, { location: "/secret" }).end();
      else if (request.url === "/endless") {
        response.writeHead(200);
        const pour = () =>
          response.write("x".repeat(65_536)) ? setImmediate(pour) : response.once("drain", pour);
        response.on("close", () => response.removeAllListeners("drain"));
        pour();
      } else if (request.url === "/silent") request.socket.pause();
      else response.end(`{"at":"${request.url}"}`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const limits = { maxBytes: 1_000, timeout: 2_000 };
  const here = () => ({ privateHosts: [new URL(url).host] });
  const nowhere = { privateHosts: [] };

  it.each([
    ...[
      "https://127.0.0.1/",
      "https://[::1]/",
      "https://localhost/",
      "https://169.254.169.254/latest/meta-data",
    ],
    ...["https://[::ffff:127.0.0.1]/", "https://2130706433/", "https://0x7f.1/", "https://10.0.0.8:8443/"],
    ...[
      "http://140.82.121.3/",
      "file:///etc/passwd",
      "gopher://x/",
      "not an address",
      "https://user:pass@140.82.121.3/",
    ],
  ])("is refused when it is %s", async (wrong) => {
    await expect(fetchOutside({ url: wrong, ...limits }, nowhere)).rejects.toMatchObject({
      code: "OUTSIDE_REFUSED",
    });
  });

  it("is refused before anything is sent", async () => {
    const before = asked;
    await expect(fetchOutside({ url: `${url}/x`, ...limits }, nowhere)).rejects.toMatchObject({
      code: "OUTSIDE_REFUSED",
    });
    const otherPort = { privateHosts: ["127.0.0.1:1"] };
    await expect(fetchOutside({ url: `${url}/x`, ...limits }, otherPort)).rejects.toMatchObject({
      code: "OUTSIDE_REFUSED",
    });
    expect(asked).toBe(before);
  });

  it("is asked when the server's own configuration names it", async () => {
    const { status, body } = await fetchOutside({ url: `${url}/x`, ...limits }, here());
    expect([status, body.toString()]).toEqual([200, '{"at":"/x"}']);
  });

  it("leads nowhere else", async () => {
    expect((await fetchOutside({ url: `${url}/moved`, ...limits }, here())).status).toBe(302);
  });

  it("is left when it answers without end, or not at all", async () => {
    await expect(fetchOutside({ url: `${url}/endless`, ...limits }, here())).rejects.toThrow(
      /over 1000 bytes/,
    );
    const brief = { maxBytes: 1_000, timeout: 100 };
    await expect(fetchOutside({ url: `${url}/silent`, ...brief }, here())).rejects.toMatchObject({
      code: "OUTSIDE_UNAVAILABLE",
    });
  });
});
