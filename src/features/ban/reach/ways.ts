import type { Tree } from "../../../platform/git/index.ts";
import type { BannedPackages } from "../banned-packages.ts";
import type { Production } from "../production.ts";
import { readResolver } from "../resolve/read-resolver.ts";
import type { Resolver } from "../resolve/resolver.ts";
import { Importers } from "./importers.ts";
import { findOutside, type Outside } from "./outside-production.ts";
import { SourceFiles } from "./source-files.ts";

/** What following imports backwards needs. Each part is made once, when it is first asked for. */
export class Ways {
  readonly #tree: Tree;
  readonly #production: Production;
  readonly sources: SourceFiles;
  #outside: Promise<Outside | null> | undefined;
  #resolver: Promise<Resolver> | undefined;
  #importers: Promise<Importers> | undefined;

  constructor(tree: Tree, banned: BannedPackages, production: Production) {
    this.#tree = tree;
    this.#production = production;
    this.sources = new SourceFiles(banned);
  }

  outside(): Promise<Outside | null> {
    this.#outside ??= findOutside(this.#tree, this.#production.isGoal);
    return this.#outside;
  }

  resolver(): Promise<Resolver> {
    this.#resolver ??= readResolver(this.#tree, this.#production.matchPaths);
    return this.#resolver;
  }

  importers(): Promise<Importers> {
    this.#importers ??= this.#openImporters();
    return this.#importers;
  }

  async #openImporters(): Promise<Importers> {
    return new Importers(this.#tree, await this.resolver(), await this.outside(), this.sources);
  }
}
