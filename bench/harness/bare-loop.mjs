// The least that any reader of JSON lines must do: node bare-loop.mjs <folder>
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

let count = 0;
for (const entry of readdirSync(process.argv[2], { recursive: true })) {
  if (!entry.endsWith(".jsonl")) continue;
  for (const line of readFileSync(join(process.argv[2], entry), "utf8").split("\n")) {
    if (line === "") continue;
    JSON.parse(line);
    count += 1;
  }
}
console.log(count);
