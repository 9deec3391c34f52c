import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BuildGraph, BuildModule } from "./build-graph.ts";
import { findBuildChains } from "./find-build-chains.ts";

/** Modules by what they import; `*` marks an entry, `-` one that is not in the output. */
function graphOf(modules: Record<string, string[]>): BuildGraph {
  return new Map(
    Object.entries(modules).map(([written, imports]): [string, BuildModule] => {
      const id = written.replace(/^[*-]/, "");
      const marks = { isEntry: written.startsWith("*"), isIncluded: !written.startsWith("-") };
      return [id, { id, file: null, external: null, imports, ...marks }];
    }),
  );
}

/** Ids that begin with `banned` are of a package of that name. */
const packageOf = ({ id }: { id: string }) => /^banned\w?/.exec(id)?.[0] ?? null;
const ways = (graph: BuildGraph) =>
  findBuildChains(graph, packageOf).map(({ importers, target }) => [...importers, target].join(" "));

describe("the chains of a build", () => {
  it("are the shortest from an entry, one for each importing module", () => {
    const graph = graphOf({
      "*main": ["a", "b"],
      a: ["c"],
      c: ["b"],
      b: ["banned/x", "banned/y"],
      "banned/x": [],
      "banned/y": [],
    });
    expect(ways(graph)).toEqual(["main b banned/x"]);
    const both = graphOf({ "*main": ["a", "banned"], a: ["banned"], banned: [] });
    expect(ways(both)).toEqual(["main banned", "main a banned"]);
  });

  it("lead through modules that are not in the output to what is", () => {
    expect(ways(graphOf({ "*main": ["barrel"], "-barrel": ["banned"], banned: [] }))).toEqual([
      "main barrel banned",
    ]);
  });

  it("are none to what was dropped, and none to what nobody reaches but the dropped", () => {
    expect(ways(graphOf({ "*main": ["a"], a: ["banned"], "-banned": [] }))).toEqual([]);
  });

  it("end at the first banned package, since cutting it takes the rest along", () => {
    const graph = graphOf({ "*main": ["banneda"], banneda: ["x"], x: ["bannedb"], bannedb: [] });
    expect(ways(graph)).toEqual(["main banneda"]);
  });

  it("begin where a plugin put a module in, and name what nothing imports", () => {
    expect(ways(graphOf({ "*main": [], injected: ["banned"], banned: [] }))).toEqual(["injected banned"]);
    expect(ways(graphOf({ "*banned/cli": ["banned/x"], "banned/x": [] }))).toEqual(["banned/cli"]);
  });

  it("exist exactly when a banned module is in the output and reached, in any graph", () => {
    const ids = ["a", "b", "c", "d", "banned/1", "bannedb/2"];
    const module = fc.record({
      imports: fc.uniqueArray(fc.constantFrom(...ids)),
      isEntry: fc.boolean(),
      isIncluded: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(module, { minLength: ids.length, maxLength: ids.length }), (modules) => {
        const graph: BuildGraph = new Map(
          ids.map((id, at) => [
            id,
            { id, file: null, external: null, ...(modules[at] as (typeof modules)[0]) },
          ]),
        );
        const chains = findBuildChains(graph, packageOf);
        const isHeld = [...graph.values()].some((one) => one.isIncluded && packageOf(one) !== null);
        expect(chains.length > 0).toBe(isHeld);
        for (const { importers, target, package: name } of chains) {
          const way = [...importers, target];
          for (const [at, id] of way.slice(0, -1).entries())
            expect(graph.get(id)?.imports).toContain(way[at + 1]);
          expect(importers.filter((id) => id.startsWith("banned"))).toEqual([]);
          expect(target.startsWith(name)).toBe(true);
        }
      }),
    );
  });
});
