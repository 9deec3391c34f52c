import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Fault, messageOf, systemCode } from "../../../platform/errors/index.ts";
import { writeWhole } from "../../../platform/files/index.ts";

/** Whose claims are meant: several agents may work in one checkout, and one agent for several fleets. */
export interface Holder {
  url: string;
  fleet: string;
  agent: string;
}

/** A claim that this checkout made. */
export interface HeldClaim {
  /** What is held: a task, or the number of a reservation. */
  task: string;
  fence: number;
}

const sumOf = (texts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 32);

function parseClaim(text: string): HeldClaim[] {
  try {
    const { task, fence } = JSON.parse(text) as Record<string, unknown>;
    return typeof task === "string" && Number.isSafeInteger(fence) ? [{ task, fence: fence as number }] : [];
  } catch {
    // Cut short by a full disk or a crash: as if it had not been remembered, which the server can mend.
    return [];
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return null;
    throw new Fault("FILE_FAILED", `${path} could not be read: ${messageOf(cause)}`, { cause });
  }
}

/**
 * What this working tree's claims are called by, so that later commands carry the fence by themselves. One file for
 * each holder and task: writers cannot meet, and one agent never reads another's.
 */
export class HeldClaims {
  readonly #folder: string;

  /**
   * @param gitDirectory of the working tree itself: another tree of the repository holds other claims
   * @param kind what they are claims on
   */
  constructor(
    gitDirectory: string,
    { url, fleet, agent }: Holder,
    kind: "claims" | "reservations" = "claims",
  ) {
    this.#folder = join(gitDirectory, "growth-engine", kind, sumOf([url, fleet, agent]));
  }

  #file(task: string): string {
    return join(this.#folder, `${sumOf([task])}.json`);
  }

  remember(claim: HeldClaim): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeWhole(this.#file(claim.task), Buffer.from(`${JSON.stringify(claim)}\n`), 0o600);
  }

  forget(task: string): void {
    rmSync(this.#file(task), { force: true });
  }

  find(task: string): HeldClaim | null {
    const [claim] = parseClaim(readIfThere(this.#file(task)) ?? "");
    return claim?.task === task ? claim : null;
  }

  list(): HeldClaim[] {
    try {
      const names = readdirSync(this.#folder).filter((name) => name.endsWith(".json"));
      return names.flatMap((name) => parseClaim(readIfThere(join(this.#folder, name)) ?? ""));
    } catch (cause) {
      if (systemCode(cause) === "ENOENT") return [];
      throw cause;
    }
  }
}
