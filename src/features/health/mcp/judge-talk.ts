import { formatBytes } from "../../../vocabulary/bytes.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { type Finding, fail, ok, warn } from "../../../vocabulary/health.ts";
import type { Talk } from "./mcp-server.ts";

const MAX_SAID = 160;
const short = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, MAX_SAID);

/** What a talk with a server says of it. @param file that names it, for the hint */
export function judgeTalk(talk: Talk, file: string): Finding {
  const mend = `mend the server, or take it out of ${file}`;
  const before = (noise: string | null) => (noise === null ? "" : `; it printed “${short(noise)}” instead`);
  switch (talk.kind) {
    case "spoke": {
      const { tools, server, protocol, took, noise } = talk;
      const facts = { tools, server, protocol, took_ms: took };
      const says = `${tools} ${tools === 1 ? "tool" : "tools"} of ${short(server)} in ${took} ms`;
      if (noise !== null)
        return warn(
          `${says}, but it prints to standard output what is no protocol: “${short(noise)}”`,
          "let it log to standard error: some clients give up on this",
          facts,
        );
      return tools === 0 ? warn(`${short(server)} offers no tools`, mend, facts) : ok(says, facts);
    }
    case "hung":
      return fail(`no answer within ${formatDuration(talk.after)}${before(talk.noise)}; it was ended`, mend);
    case "flooded":
      return fail(
        `it sent over ${formatBytes(talk.bytes)} and was ended: no list of tools is that long`,
        mend,
      );
    case "ended": {
      const why = talk.stderr === null ? before(talk.noise) : `: ${short(talk.stderr)}`;
      return fail(`it ended by itself (${talk.how})${why}`, mend);
    }
    case "refused":
      return fail(`it could not be reached: ${short(talk.why)}`, mend);
  }
}
