import type { MarkdownOptions } from "vitepress";

type Transformer = NonNullable<MarkdownOptions["codeTransformers"]>[number];

/** In a `console` block, lines that were typed begin with `$ ` (or `> `, going on); the others came back. */
export const tellOutput: Transformer = {
  name: "tell-output",
  line(node, number) {
    if (this.options.lang !== "console") return;
    const line = this.source.split("\n")[number - 1] ?? "";
    if (!/^[$>] /.test(line)) this.addClassToHast(node, "output");
  },
};
