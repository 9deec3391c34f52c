import { Refusal } from "../../../platform/errors/index.ts";
import { type Product, readTemplate, readTool } from "../product.ts";
import { look, type Site } from "../site.ts";
import { TOOL_FOLDER } from "../tool-folder.ts";
import type { Wishes } from "../wishes.ts";
import type { PlannedFile } from "./planned-file.ts";
import { settleWhole } from "./settle-whole.ts";

const HOOK_FILE = "hooks/pre-receive";
/** Not hidden: whoever looks into the git folder should see what is there. */
const FOLDER = "growth-engine";

/** Plans the pre-receive hook of a bare repository, with the tool beside it. @throws Refusal for any other wish */
export function planBare(site: Site, product: Product, wishes: Wishes): PlannedFile[] {
  if (!wishes.hooks.has("pre-receive") && !site.manifest.files.has(HOOK_FILE)) {
    throw new Refusal(
      "USAGE",
      "this repository is bare: init sets up its pre-receive hook, and only when asked",
      {
        hint: "growth-engine init --hook pre-receive",
      },
    );
  }
  const settle = (path: string, says: string, text: string | Buffer, isTool: boolean) =>
    settleWhole(
      { path, says, text, isTool, isExecutable: !isTool },
      {
        current: look(site.root, path),
        entry: site.manifest.files.get(path),
        replace: wishes.replace.has(path),
      },
    );
  const tool = [...readTool(product)].map(([path, text]) =>
    settle(path.replace(TOOL_FOLDER, FOLDER), "the tool", text, true),
  );
  const hook = settle(
    HOOK_FILE,
    "refuses a push that the guards refuse",
    readTemplate(product, "pre-receive"),
    false,
  );
  return [...tool, hook];
}

/** What the owner of a pre-receive hook that is there adds to it. */
export const RECEIVE_LINE = `node "$(git rev-parse --absolute-git-dir)/${FOLDER}/cli.cjs" guard receive || exit $?`;
