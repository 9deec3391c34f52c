// Load from a process of its own: `node send-load.mjs <file>`, where the file holds
// { url, seconds, clients: [{ headers, body, path? }] }, one connection for each client. Prints what came back as JSON.
import { readFileSync } from "node:fs";
import autocannon from "autocannon";

const { url, seconds, clients } = JSON.parse(readFileSync(process.argv[2], "utf8"));
/** A load that has not run warm measures its own compiler: what 64 first requests took was the 99th hundredth of 5 s. */
const WARM_SECONDS = 2;
const waiting = [...clients, ...clients];
const result = await autocannon({
  url,
  method: "POST",
  connections: clients.length,
  duration: seconds,
  warmup: { duration: WARM_SECONDS },
  setupClient: (client) => {
    const { headers, body, path } = waiting.shift();
    if (path === undefined) client.setHeadersAndBody(headers, body);
    else client.setRequest({ method: "POST", path, headers, body });
  },
});
const { requests, latency, errors, non2xx } = result;
process.stdout.write(
  JSON.stringify({
    rate: requests.average,
    p50: latency.p50,
    p99: latency.p99,
    failed: errors + non2xx,
  }),
);
