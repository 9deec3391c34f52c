import { createPublicKey, type KeyObject } from "node:crypto";
import { existsSync, lstatSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Database } from "../../../platform/database/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { openPrivateKey } from "../private-key.ts";
import { rawKey } from "../verifier-key.ts";
import { countForeignLogs, giveKey } from "./log-store.ts";

/** Which key signs receipts. */
export interface ReceiptKeyWish {
  /** Absolute; null for the place beside the embedded database, else none. */
  file: string | null;
  /** Goes on with another key than logs were signed with before. */
  another: boolean;
  /** Folders of checkouts in which agents work on this machine. */
  checkouts: readonly string[];
}

/** The key, and what is to be said about the file that it lies in. */
export interface ReceiptKey {
  key: KeyObject;
  file: string;
  /** In sentence parts: why the agents that it is to be kept from may read it. */
  exposed: string[];
}

const OTHERS = 0o077;

function isInCheckout(file: string): boolean {
  for (let folder = dirname(realpathSync(file)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return true;
    if (folder === dirname(folder)) return false;
  }
}

/** Why agents may read a key. What no permission shows, whether they run as the same account, only checkouts tell. */
function whyExposed(file: string, checkouts: readonly string[]): string[] {
  const { mode, uid } = lstatSync(realpathSync(file));
  const isOwn = (folder: string) => lstatSync(folder, { throwIfNoEntry: false })?.uid === uid;
  const own = process.platform === "win32" ? [] : checkouts.filter(isOwn);
  return [
    ...((mode & OTHERS) !== 0 && process.platform !== "win32"
      ? ["other accounts may read it: chmod 600"]
      : []),
    ...(isInCheckout(file) ? ["it lies in a checkout"] : []),
    ...(own.length > 0 ? [`it belongs to the account that ${own[0]} belongs to`] : []),
  ];
}

async function refuseForeign(database: Database, key: KeyObject, { another }: ReceiptKeyWish, file: string) {
  const raw = rawKey(createPublicKey(key));
  const foreign = await database.inServer((transaction) => countForeignLogs(transaction, raw));
  if (foreign === 0) return;
  if (another) return database.inServer((transaction) => giveKey(transaction, raw));
  throw new Refusal("RECEIPT_KEY", `${foreign} logs here are signed by another key than the one in ${file}`, {
    hint: "name the file that holds it, or go on with this one: --new-receipt-key; readers then need both keys",
  });
}

/**
 * The key that signs receipts, made on first use; null where no file is named and the database is somebody else's.
 * @throws Refusal RECEIPT_KEY when logs were signed by another one; INPUT_INVALID, Fault FILE_FAILED
 */
export async function openReceiptKey(database: Database, wish: ReceiptKeyWish): Promise<ReceiptKey | null> {
  const beside = database.folder === null ? null : join(database.folder, "receipt-key");
  const file = wish.file ?? beside;
  if (file === null) return null;
  const { key } = openPrivateKey(file);
  await refuseForeign(database, key, wish, file);
  return { key, file, exposed: whyExposed(file, wish.checkouts) };
}
