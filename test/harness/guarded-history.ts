import { EVIDENCE_FILE, evidenceLine } from "./governed-repository.ts";
import { type TemporaryRepository, temporaryRepository } from "./temporary-repository.ts";

/**
 * Three weeks of a shop on `main`, one past pull request after the other: squashed with evidence; merged after it
 * was corrected; merged in spite of a finding; pushed directly with a banned package; reverted; a new ban by a new
 * config; and last one that rewrites what the first recorded.
 */
export function guardedHistory(): TemporaryRepository {
  const repository = temporaryRepository({
    "package.json": '{ "name": "shop" }\n',
    "app/cart.ts": "export const cart = [];\n",
  });
  const code = (path: string, text: string, message: string, time: string) => {
    repository.write(path, `${text}\n`);
    return repository.commit(message, { time });
  };

  repository.write(EVIDENCE_FILE, evidenceLine("r-1"));
  code("app/cart.ts", "export const cart = [1];", "Fill the cart (#1)", "2026-01-05T10:00:00Z");

  repository.branch("search");
  code("app/search.ts", "export const search = 1;", "Search", "2026-01-06T10:00:00Z");
  repository.write(
    "artifacts/eng/2026-01-06/mcp/search.jsonl",
    evidenceLine("r-2", { timestamp: "2026-01-06T10:20:00Z" }),
  );
  repository.commit("Record what was read", { time: "2026-01-06T10:30:00Z" });
  repository.move("main");
  repository.merge("search", {
    time: "2026-01-06T12:00:00Z",
    message: "Merge pull request #2 from shop/search\n\nSearch the shop",
  });

  repository.branch("hurry");
  code(
    "app/hurry.ts",
    'import pad from "left-pad";\nexport const hurry = pad;',
    "Hurry",
    "2026-01-07T10:00:00Z",
  );
  repository.move("main");
  repository.merge("hurry", { time: "2026-01-07T11:00:00Z" });

  repository.write(
    "artifacts/eng/2026-01-12/mcp/docs.jsonl",
    evidenceLine("r-3", { timestamp: "2026-01-12T09:00:00Z" }),
  );
  code("app/docs.ts", 'import "context7-mcp";', "Read the documentation", "2026-01-12T10:00:00Z");
  code("app/docs.ts", 'import "context7-mcp";\nexport {};', "Make it a module", "2026-01-12T10:05:00Z");

  repository.git("rm", "--quiet", "app/docs.ts");
  repository.write(
    "artifacts/eng/2026-01-14/mcp/docs.jsonl",
    evidenceLine("r-4", { timestamp: "2026-01-14T09:00:00Z" }),
  );
  repository.commit("Leave the documentation outside (#5)", { time: "2026-01-14T10:00:00Z" });

  repository.write("growth-engine.json", '{ "ban": { "packages": ["left-pad"] } }\n');
  repository.commit("Ban left-pad (#6)", { time: "2026-01-19T10:00:00Z" });

  repository.write(EVIDENCE_FILE, evidenceLine("r-1", { purpose: "something else" }));
  repository.commit("Tidy records (#7)", { time: "2026-01-20T10:00:00Z" });
  return repository;
}
