/** Here begins no folder named `.` or `..`, as picomatch writes it. */
const NO_DOTS = "(?!\\.{1,2}(?:\\/|$))";
const ANY_DEPTH = "(?:(?:(?!(?:^|\\/)\\.{1,2}(?:\\/|$)).)*?)";
const ANY_NAME = "[^/]*?";

const WORD = "[.@]?[\\w-]+(?:[.][\\w-]+)*";
const NAME = `(?:${WORD}|[{]${WORD}(?:,${WORD})+[}])`;
/** Names and `*` between slashes, from any depth (`**` + `/`) on, and all that is below (`/**`). */
const SIMPLE = new RegExp(`^([*]{2}/)?(${NAME}|[*][.]${NAME}[.][*])((?:/(?:${NAME}|[*]))*)(/[*]{2})?$`);

function sourceOfName(name: string): string {
  return name.replaceAll(".", "\\.").replace("{", "(").replace("}", ")").replaceAll(",", "|");
}

function sourceOfSegment(segment: string): string {
  if (segment === "*") return `${NO_DOTS}(?=.)${ANY_NAME}`;
  const [, name] = /^[*][.](.+)[.][*]$/.exec(segment) ?? [];
  return name === undefined
    ? sourceOfName(segment)
    : `${NO_DOTS}(?=.)${ANY_NAME}\\.${sourceOfName(name)}\\.${ANY_NAME}`;
}

/**
 * The text of the expression that picomatch makes of a glob (with `dot`), for globs as most people write them; null
 * for all others. Loading picomatch, and its making of the default ones, takes longer than all matching.
 */
export function simpleGlob(glob: string): string | null {
  const [, anywhere = "", first = "", rest = "", below = ""] = SIMPLE.exec(glob) ?? [];
  const isPattern = first.startsWith("*");
  // These picomatch writes in other ways: one name alone, `*.x.*` in a folder or above one, `/*/**`.
  if (first === "" || glob === first || (isPattern && glob !== anywhere + first)) return null;
  if (below !== "" && rest.endsWith("*")) return null;
  const inside = [first, ...rest.split("/").slice(1)].map(sourceOfSegment).join("\\/");
  const before = anywhere === "" ? "" : `(?:^|\\/|${ANY_DEPTH}\\/)`;
  if (below !== "") return `^(?:${before}${inside}(?:\\/${NO_DOTS}${ANY_DEPTH}|$))$`;
  return `^(?:${before}${inside}${glob.endsWith("*") ? "\\/?" : ""})$`;
}

/**
 * The same for paths in which no folder is named `.` or `..`, as git has them: there what picomatch asks before each
 * character is always so, and to ask it takes most of the time. Only for what {@link simpleGlob} gave: there it is
 * asked where a folder begins.
 */
export function withoutDots(source: string): string {
  return source.replaceAll(ANY_DEPTH, "(?:.*?)").replaceAll(NO_DOTS, "");
}

/** May a folder of the path be named `.` or `..`? */
export function mayHaveDots(path: string): boolean {
  return path.includes("./") || path.endsWith(".");
}
