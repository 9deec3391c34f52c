import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { generateOther, generateSource } from "./generate-source.mjs";
import { randomFrom } from "./random.mjs";
import { workFolder } from "./work-folder.mjs";

/** Raised whenever generated files change, so that trees of an older generator are made anew. */
const GENERATION = "5";
const WORKSPACES = ["ui", "core", "data", "auth", "billing", "search", "mail", "theme"];
const OUTSIDE = ["react", "zod", "node:path", "node:fs/promises", "date-fns", "node:crypto"];
const FILES_PER_FOLDER = 25;
const BANNED = "context7-mcp";

/** Where file `at` of a part lies: `app/routes/f012/m0003.tsx`. */
function pathOf(part, at, isMarkup) {
  const folder = `f${String(Math.floor(at / FILES_PER_FOLDER)).padStart(4, "0")}`;
  return `${part}/${folder}/m${String(at).padStart(5, "0")}.${isMarkup ? "tsx" : "ts"}`;
}

/** The code of a tree: six parts in ten are the application, the rest workspace packages, scripts and tests. */
function layOut(count) {
  const parts = [
    ...["routes", "components", "lib"].map((name) => ({ root: `app/${name}`, share: 0.2 })),
    ...WORKSPACES.map((name) => ({ root: `packages/${name}/src`, share: 0.32 / WORKSPACES.length })),
    { root: "scripts", share: 0.03 },
    { root: "tests", share: 0.05 },
  ];
  const files = [];
  for (const { root, share } of parts) {
    const own = Math.round(count * share);
    for (let at = 0; at < own && files.length < count; at += 1)
      files.push({
        path: pathOf(root, at, /^app\/(routes|components)$|ui\/src$/.test(root) && at % 3 !== 0),
        root,
        at,
      });
  }
  return files;
}

function relativeTo(from, to) {
  const path = posix.relative(posix.dirname(from), to).replace(/\.tsx?$/, "");
  return path.startsWith(".") ? path : `./${path}`;
}

/** About eight imports: neighbours by relative path, the application by alias, packages by name, some from outside. */
function chooseImports(random, file, byRoot) {
  const own = byRoot.get(file.root);
  const isApp = file.root.startsWith("app/");
  const specifiers = new Set();
  const wanted = 5 + random.below(7);
  for (let tries = 0; specifiers.size < wanted && tries < 40; tries += 1) {
    const kind = random.next();
    if (kind < 0.4 && own.length > 1) {
      const near = own[Math.max(0, Math.min(own.length - 1, file.at + random.below(60) - 30))];
      if (near.path !== file.path) specifiers.add(relativeTo(file.path, near.path));
    } else if (kind < 0.65 && isApp) {
      const target = random.pick(byRoot.get(random.pick(["app/components", "app/lib"])));
      if (target.path !== file.path)
        specifiers.add(`@/${target.path.slice("app/".length).replace(/\.tsx?$/, "")}`);
    } else if (kind < 0.8) {
      specifiers.add(`@acme/${random.pick(WORKSPACES)}`);
    } else specifiers.add(random.pick(OUTSIDE));
  }
  return [...specifiers].map((specifier, at) => ({ specifier, name: `m${at}` }));
}

function manifests() {
  const files = {
    "package.json": {
      name: "acme-shop",
      private: true,
      workspaces: ["packages/*"],
      dependencies: { react: "19.0.0", zod: "4.0.0", "date-fns": "4.0.0" },
      devDependencies: { [BANNED]: "1.0.0", typescript: "6.0.0" },
    },
    "tsconfig.json": {
      compilerOptions: {
        module: "ESNext",
        moduleResolution: "bundler",
        jsx: "react-jsx",
        baseUrl: ".",
        paths: { "@/*": ["app/*"] },
      },
    },
    ".cursor/mcp.json": { mcpServers: { docs: { command: "npx", args: ["-y", `${BANNED}@latest`] } } },
    "rev-dep.config.json": {
      configVersion: "1.10",
      rules: [
        {
          path: ".",
          followMonorepoPackages: true,
          restrictedImportsDetection: {
            enabled: true,
            entryPoints: ["app/**/*.ts", "app/**/*.tsx", "packages/*/src/**/*.ts", "packages/*/src/**/*.tsx"],
            denyModules: [
              BANNED,
              "@upstash/context7-mcp",
              "@shopify/dev-mcp",
              "@shopify/mcp-server-dev",
              "chrome-devtools-mcp",
            ],
          },
        },
      ],
    },
  };
  for (const name of WORKSPACES)
    files[`packages/${name}/package.json`] = {
      name: `@acme/${name}`,
      version: "1.0.0",
      exports: { ".": "./src/index.ts" },
      dependencies: { zod: "4.0.0" },
    };
  return files;
}

/** Production file → scripts → scripts → package, added to a clean tree. */
function violation(files) {
  const production = files.filter(({ root }) => root === "app/lib").at(-1);
  return {
    [production.path]: `import { bridge } from "${relativeTo(production.path, "scripts/tooling/bridge.ts")}";\nexport const tooling = bridge();\n`,
    "scripts/tooling/bridge.ts": `import { connect } from "./connect";\n\nexport const bridge = () => connect("docs");\n`,
    "scripts/tooling/connect.ts": `import { createServer } from "${BANNED}";\n\nexport const connect = (name: string) => createServer({ name });\n`,
  };
}

function writeTree(folder, count, isViolating) {
  const random = randomFrom(count);
  const files = layOut(count);
  const byRoot = Map.groupBy ? Map.groupBy(files, ({ root }) => root) : groupByRoot(files);
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const broken = isViolating ? violation(files) : {};
  for (const file of files) {
    const text = generateSource(random, chooseImports(random, file, byRoot), file.path.endsWith("x"));
    write(file.path, (broken[file.path] ?? "") + text);
    if (random.chance(0.1)) {
      const { kind, text: other } = generateOther(random);
      write(file.path.replace(/\.tsx?$/, `.${kind}`), other);
    }
  }
  for (const [path, text] of Object.entries(broken)) if (path.startsWith("scripts/")) write(path, text);
  for (const [path, json] of Object.entries(manifests())) write(path, `${JSON.stringify(json, null, 2)}\n`);
  for (const name of WORKSPACES) {
    const own = byRoot.get(`packages/${name}/src`).slice(0, 40);
    const lines = own.map(
      (file, at) => `export * as m${at} from "${relativeTo(`packages/${name}/src/index.ts`, file.path)}";`,
    );
    write(`packages/${name}/src/index.ts`, `${lines.join("\n")}\n`);
  }
  write(".gitignore", "node_modules/\n");
  write("docs/mcp.md", `# Tools\n\nRun \`npx -y ${BANNED}\` beside your editor.\n`);
}

function groupByRoot(files) {
  const groups = new Map();
  for (const file of files) groups.set(file.root, [...(groups.get(file.root) ?? []), file]);
  return groups;
}

function git(folder, ...args) {
  execFileSync(
    "git",
    ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "-c", "gc.auto=0", ...args],
    {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        GIT_AUTHOR_DATE: "2026-01-05T09:00:00Z",
        GIT_COMMITTER_DATE: "2026-01-05T09:00:00Z",
      },
    },
  );
}

/** What `npm install` does for workspaces: other tools find packages only through these links. */
function linkWorkspaces(folder) {
  mkdirSync(join(folder, "node_modules/@acme"), { recursive: true });
  for (const name of WORKSPACES)
    symlinkSync(`../../packages/${name}`, join(folder, `node_modules/@acme/${name}`));
}

/**
 * A committed application of `count` TypeScript files, the same on each machine; made once and kept.
 * @param {number} count
 * @param {"clean" | "violation"} kind with one chain of three imports from production to a banned package, or none
 * @returns {string} its folder
 */
export function generateTree(count, kind) {
  const folder = join(workFolder("trees"), `${count}-${kind}`);
  const stamp = `${folder}.generation`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === GENERATION) return folder;
  process.stderr.write(`  generating ${count} files (${kind})\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeTree(folder, count, kind === "violation");
  git(folder, "init", "--quiet", "--initial-branch=main");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "Everything");
  linkWorkspaces(folder);
  writeFileSync(stamp, GENERATION);
  return folder;
}
