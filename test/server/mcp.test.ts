import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

describe("/mcp", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.close());

  const connect = async (token: string) => {
    const client = new Client({ name: "test", version: "1.0.0" }, { versionNegotiation: { mode: "auto" } });
    const transport = new StreamableHTTPClientTransport(new URL(`${plane.url}/mcp`), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    });
    await client.connect(transport);
    return client;
  };

  it("lists", async () => {
    const client = await connect(await plane.token("agent", { agent: "ada" }));
    const { tools } = await client.listTools();
    console.log(tools.map((t) => t.name).join(" "));
    console.log(
      JSON.stringify(
        tools.find((t) => t.name === "task_list"),
        null,
        1,
      ),
    );
    console.log(JSON.stringify(await client.callTool({ name: "task_next", arguments: {} })));
    console.log(
      JSON.stringify(await client.callTool({ name: "task_add", arguments: { id: "A-1", title: "x" } })),
    );
    console.log(
      JSON.stringify(await client.callTool({ name: "task_add", arguments: { id: "A-1", titles: "x" } })),
    );
    console.log(JSON.stringify(await client.callTool({ name: "task_claim", arguments: { task: "A-1" } })));
    console.log(JSON.stringify(await client.callTool({ name: "agent_add", arguments: { name: "A-1" } })));
    console.log(JSON.stringify(await client.callTool({ name: "task_show", arguments: { task: ".." } })));
    console.log(client.getServerVersion(), client.getNegotiatedProtocolVersion?.());
    await client.close();
  });
});
