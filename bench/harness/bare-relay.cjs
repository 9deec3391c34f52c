// What a relay costs in Node when it does nothing else: starts a program and passes its pipes on.
const { spawn } = require("node:child_process");
const [program, ...words] = process.argv.slice(2);
const child = spawn(program, words, { stdio: ["pipe", "pipe", "inherit"] });
process.stdin.pipe(child.stdin);
child.stdout.pipe(process.stdout);
child.on("close", (code) => process.exit(code ?? 1));
