// One process of claimers. Told `{ urls, tokens }`, then `{ task }` again and again; answers who of them won.
import { httpClient } from "./http-client.mjs";

let claimers = [];
process.on("message", async (message) => {
  if (message.tokens) {
    claimers = message.tokens.map((token, at) => httpClient(message.urls[at % message.urls.length], token));
    process.send?.({ ready: true });
    return;
  }
  const answers = await Promise.all(claimers.map((ask) => ask("POST", `/api/v1/task/${message.task}/claim`)));
  process.send?.({
    task: message.task,
    winners: answers.filter(({ status }) => status === 200).map(({ body }) => body.holder),
    strange: answers.filter(({ status }) => status !== 200 && status !== 409).map(({ status }) => status),
  });
});
process.on("disconnect", () => process.exit());
