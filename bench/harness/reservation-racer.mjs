// One process of takers. Told `{ urls, tokens }`, then `{ pattern }` again and again; answers who of them won.
import { httpClient } from "./http-client.mjs";

let takers = [];
process.on("message", async (message) => {
  if (message.tokens) {
    takers = message.tokens.map((token, at) => httpClient(message.urls[at % message.urls.length], token));
    process.send?.({ ready: true });
    return;
  }
  const body = { resources: [{ kind: "file", pattern: message.pattern }] };
  const answers = await Promise.all(takers.map((ask) => ask("POST", "/api/v1/reservation", body)));
  process.send?.({
    winners: answers.filter(({ status }) => status === 201).map(({ body: { id, agent } }) => ({ id, agent })),
    strange: answers.filter(({ status }) => status !== 201 && status !== 409).map(({ status }) => status),
  });
});
process.on("disconnect", () => process.exit());
