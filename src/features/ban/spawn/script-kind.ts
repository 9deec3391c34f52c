const SHELL = /\.(?:sh|bash|zsh|ksh|dash|ash|fish|command)$/i;
const WINDOWS = /\.(?:cmd|bat|ps1)$/i;
const SHEBANG = /^#!\s*\S*\b(?:env\s+(?:-\S+\s+)*)?(?:ba|z|k|da|a|fi)?sh\b/;
const DOCKERFILE =
  /(?:^|\/)(?:(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?|[\w.-]+\.(?:Dockerfile|Containerfile))$/i;
const PROCFILE = /(?:^|\/)Procfile(?:\.(?:prod|production))?$/;
const FOR_DEVELOPERS = /[.](?:dev|devel|development|local|test|tests|e2e|ci)(?:[.]|$)/i;

/** How a file lists commands, by its name or first line; null when it is no such file. */
export type ScriptKind = "shell" | "windows" | "image" | "processes";

export function scriptKind(path: string, text = ""): ScriptKind | null {
  if (SHELL.test(path) || SHEBANG.test(text)) return "shell";
  if (WINDOWS.test(path)) return "windows";
  if (DOCKERFILE.test(path)) return FOR_DEVELOPERS.test(path) ? null : "image";
  return PROCFILE.test(path) ? "processes" : null;
}

/** Does a file of this kind say by itself how its folder's package is deployed? */
export function isDeployment(kind: ScriptKind | null): boolean {
  return kind === "image" || kind === "processes";
}
