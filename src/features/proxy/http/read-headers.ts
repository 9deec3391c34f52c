import { Refusal } from "../../../platform/errors/index.ts";

/**
 * Headers for the server, as they were given: `Name: value`. `${NAME}` in a value is that variable of the environment,
 * so that a secret need not stand among the words of a command, which others can list.
 * @throws Refusal INPUT_INVALID
 */
export function readHeaders(given: readonly string[], env: NodeJS.ProcessEnv): Record<string, string> {
  const pairs = given.map((text) => {
    const at = text.indexOf(":");
    const value = text.slice(at + 1).trim();
    const filled = value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const held = env[name];
      if (held !== undefined && !/[^\t\x20-\xff]/.test(held)) return held;
      throw new Refusal(
        "INPUT_INVALID",
        `the header ${text.slice(0, at)} names \${${name}}, which is not set`,
        {
          hint: `set ${name} where the proxy is started`,
        },
      );
    });
    return [text.slice(0, at).toLowerCase(), filled];
  });
  return Object.fromEntries(pairs);
}
