/** The address of an endpoint with its parameters filled in: `/api/v1/task/:task` → `/api/v1/task/ENG-1`. */
export function pathOf(template: string, params: Record<string, unknown>): string {
  return template.replaceAll(/:(\w+)/g, (_, name) => encodeURIComponent(String(params[name])));
}

/** `?limit=1`, or nothing; what is undefined is left out. */
export function queryOf(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(Object.fromEntries(given) as Record<string, string>).toString();
  return text === "" ? "" : `?${text}`;
}
