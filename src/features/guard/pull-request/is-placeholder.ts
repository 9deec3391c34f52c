/** In code, `&lt;` stays as it is written. */
const MARKS = ["…", "...", "&lt;"];
/** `{agent}`; a glob's `{a,b}` is none. */
const BRACED = /\{[^{},]*\}/;
const DATE = /yyyy/i;
const STAND_INS = new Set(["TODO", "TBD", "FIXME", "XXX"]);

function hasAngled(path: string): boolean {
  const open = path.indexOf("<");
  return open !== -1 && path.indexOf(">", open) !== -1;
}

/** Whether part of a path is still to be filled in: `<agent>`, `…`, `YYYY-MM-DD`, `TODO`. */
export function isPlaceholder(path: string): boolean {
  if (hasAngled(path) || BRACED.test(path) || DATE.test(path)) return true;
  if (MARKS.some((mark) => path.includes(mark))) return true;
  return path.split(/[/\\.]/).some((part) => STAND_INS.has(part));
}
