import { printable } from "../../platform/terminal/index.ts";

/** The runner splits at CR and LF and decodes these three; other control characters are shown, not sent. */
function escapeData(text: string): string {
  return printable(text.replaceAll("\r\n", "\n"))
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** `::name key=value::data` (docs.github.com "Workflow commands"), in which foreign text stays text. */
export function workflowCommand(
  name: string,
  properties: Record<string, string | number | undefined>,
  data: string,
): string {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${given.join(",")}::${escapeData(data)}`;
}
