// Loaded with --require: writes the files that the process loaded to the file that LOADED_FILES names.
const { writeFileSync } = require("node:fs");
process.on("exit", () => writeFileSync(process.env.LOADED_FILES, JSON.stringify(Object.keys(require.cache))));
