import type { CommandContext } from "../../../platform/terminal/index.ts";
import { passSignals } from "../pass-signals.ts";
import type { ProxyOptions } from "../proxy-options.ts";
import type { Upstream } from "../upstream/spawn-upstream.ts";
import { AddressFront } from "./address-front.ts";
import { ChildFront } from "./child-front.ts";
import type { Front, FrontParts } from "./front.ts";
import { offer } from "./offer.ts";
import { readHeaders } from "./read-headers.ts";

/** What a front leans on, and how a server is started. */
export interface OfferParts extends FrontParts {
  open(): Promise<Upstream>;
}

function frontOf({ url, headers }: ProxyOptions, parts: OfferParts, env: NodeJS.ProcessEnv): Front {
  if (url === undefined) return new ChildFront(parts.open, parts);
  return new AddressFront(new URL(url), readHeaders(headers, env), parts);
}

/**
 * Offers a server over Streamable HTTP on this machine until this process is asked to end.
 * @throws Refusal INPUT_INVALID when the port cannot be had
 */
export async function overHttp(
  options: ProxyOptions & { listen: number },
  parts: OfferParts,
  context: CommandContext,
): Promise<void> {
  const front = frontOf(options, parts, context.env);
  const offered = await offer(options.listen, front, { env: context.env, note: parts.note });
  const { file } = offered.token;
  const where = file === null ? "$GROWTH_ENGINE_PROXY_TOKEN" : `in ${file}`;
  context.out(`${offered.url}\ntoken: ${where}\n`);
  await new Promise<void>((done) => {
    const takeBack = passSignals(() => {
      takeBack();
      done();
    });
  });
  await offered.close();
}
