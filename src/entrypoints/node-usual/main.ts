import { spec, tap } from "node:test/reporters";

/** Since this version Node prints its `spec` report wherever it goes; before, only on a terminal. */
const SPEC_EVERYWHERE = 23;

const major = Number(process.versions.node.split(".")[0]);
const usual = major >= SPEC_EVERYWHERE || process.stdout.isTTY ? spec : tap;

/** What this Node would print if nobody named a reporter. Named beside ours, it keeps the output as it was. */
export { usual as default };
