/** Where the tool lies in a governed repository. */
export const TOOL_FOLDER = ".growth-engine";
