import { type Finding, fail, ok, warn } from "../../../vocabulary/health.ts";

/** How git's hooks stand in a checkout. */
export interface HooksFacts {
  /** `core.hooksPath` as it is set; null when it is not. */
  hooksPath: string | null;
  /** The folder that git takes hooks from, and whether it is one. */
  folder: string;
  isFolder: boolean;
  /** The pre-push hook: its text as far as it matters. */
  prePush: { isExecutable: boolean; callsUs: boolean } | null;
  /** A hook runner's file that names us. */
  runner: string | null;
}

const ADD = "growth-engine init --hook pre-push";

/** Is a push judged on this machine before it leaves? */
export function judgeHooks({ hooksPath, folder, isFolder, prePush, runner }: HooksFacts): Finding {
  const facts = { hooks_path: hooksPath, folder, installed: prePush?.callsUs === true || runner !== null };
  if (hooksPath !== null && !isFolder)
    return fail(
      `core.hooksPath is ${hooksPath}, where no hooks are: none runs`,
      "git config --unset core.hooksPath; if the user's own config sets it: git config --global --unset core.hooksPath",
      { ...facts, installed: false },
    );
  if (prePush?.callsUs && !prePush.isExecutable)
    return fail("the pre-push hook is not executable, so git passes it by", `chmod +x ${folder}/pre-push`, {
      ...facts,
      installed: false,
    });
  if (prePush?.callsUs) return ok("pre-push judges what is pushed", facts);
  if (runner !== null && prePush !== null) return ok(`pre-push judges what is pushed, by ${runner}`, facts);
  if (runner !== null)
    return warn(
      `${runner} names Growth Engine, and its hooks are not installed`,
      "install them: lefthook install, or npm run prepare",
      { ...facts, installed: false },
    );
  return warn("no hook judges a push on this machine; CI still does", ADD, facts);
}
