import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

type Key = Awaited<ReturnType<typeof generateKeyPair>>;

/** An issuer of OpenID tokens on the loopback address, as a forge is one. */
export interface SmallIssuer {
  url: string;
  host: string;
  /** How often its keys were asked for. */
  asked(): number;
  /** A token as the forge's runner gets it; what is given is put over the usual claims. */
  token(
    claims: JWTPayload,
    options?: { now: number; kid?: string; alg?: string; key?: Key["privateKey"] | Uint8Array },
  ): Promise<string>;
  /** Signs with another key from now on, and publishes both or the new one alone. */
  rotate(): Promise<string>;
  publicKey(): Promise<string>;
  close(): void;
}

const DISCOVERY = "/.well-known/openid-configuration";
const MINUTES = 60;

/** Starts one. */
export async function smallIssuer(): Promise<SmallIssuer> {
  const keys = new Map<string, Key>();
  let current = "";
  let asked = 0;
  let minted = 0;
  let url = "";
  const rotate = async () => {
    current = `key-${keys.size + 1}`;
    keys.set(current, await generateKeyPair("RS256", { extractable: true }));
    return current;
  };
  await rotate();
  const jwks = async () =>
    Promise.all(
      [...keys].map(async ([kid, { publicKey }]) => ({
        ...(await exportJWK(publicKey)),
        kid,
        alg: "RS256",
        use: "sig",
      })),
    );
  const server: Server = createServer(async (request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.url === DISCOVERY) response.end(JSON.stringify({ issuer: url, jwks_uri: `${url}/jwks` }));
    else {
      asked += 1;
      response.end(JSON.stringify({ keys: await jwks() }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  url = `http://${host}`;
  return {
    url,
    host,
    asked: () => asked,
    rotate,
    publicKey: async () => JSON.stringify(await exportJWK((keys.get(current) as Key).publicKey)),
    token: async (
      claims,
      { now, kid = current, alg = "RS256", key = (keys.get(current) as Key).privateKey } = {
        now: Date.now(),
      },
    ) => {
      minted += 1;
      const seconds = Math.floor(now / 1_000);
      return new SignJWT({
        iss: url,
        jti: `token-${minted}-${seconds}`,
        iat: seconds,
        nbf: seconds - MINUTES,
        exp: seconds + 5 * MINUTES,
        ...claims,
      })
        .setProtectedHeader({ alg, kid, typ: "JWT" })
        .sign(key);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
