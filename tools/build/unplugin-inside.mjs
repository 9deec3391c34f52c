// unplugin is written as an ES module that looks for its neighbours on disk. Inside a CommonJS bundle it is told where
// it lies, and takes the one neighbour that it needs along.
import { readFile } from "node:fs/promises";

const NEIGHBOUR = '__require("webpack-virtual-modules")';

function inside(code, path) {
  if (path.endsWith("/index.mjs") && !code.includes(NEIGHBOUR))
    throw new Error(`unplugin no longer says ${NEIGHBOUR}: look at tools/build/unplugin-inside.mjs`);
  return code
    .replaceAll("import.meta.url", "__filename")
    .replaceAll("import.meta.dirname", "__dirname")
    .replaceAll(NEIGHBOUR, NEIGHBOUR.replace("__", ""));
}

export const unpluginInside = {
  name: "unplugin-inside",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]unplugin[\\/]dist[\\/][^\\/]+\.mjs$/ }, async ({ path }) => ({
      contents: inside(await readFile(path, "utf8"), path.replaceAll("\\", "/")),
    }));
  },
};
