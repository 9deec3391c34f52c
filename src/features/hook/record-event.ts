import { readFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../platform/errors/index.ts";
import {
  type Checkout,
  countUnrecorded,
  findCheckout,
  type RecorderSession,
  recordCalls,
  whoWorks,
} from "../recorder/index.ts";
import { beatSession } from "./beat-session.ts";
import type { Host, Meaning } from "./host.ts";
import { HOSTS } from "./hosts.ts";
import { isHookCommand } from "./is-hook-command.ts";
import { memberOf, textOf } from "./member-of.ts";
import { type HostEvent, readPayload } from "./read-payload.ts";
import { seeCall } from "./see-call.ts";

/** What surrounds one run of the hook. */
export interface HookWorld {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  version: string;
  /** Milliseconds since 1970. */
  now(): number;
}

/** What a run could not do: said on standard error, counted where there is a place for it. */
export type Complaint = (reason: string) => void;

const UNFIT = /[^A-Za-z0-9@._-]+/g;

/** A session's name as a part of a path, from whatever the host calls it. */
export function sessionName(host: string, id: string | null): string {
  const fit = (id ?? "unnamed").replaceAll(UNFIT, "-").slice(0, 80);
  return `${host}-${fit}`.replace(/\.+$/, "");
}

function foldersOf(host: Host, folders: readonly string[], { env, cwd }: HookWorld): string[] {
  const named = host.folderVariables.map((name) => env[name]).filter((each) => each !== undefined);
  return [...folders, ...named, cwd];
}

function checkoutAt(folders: readonly string[]): { checkout: Checkout; folder: string } | null {
  for (const folder of folders) {
    const checkout = folder.includes("\0") ? null : findCheckout(folder);
    if (checkout !== null) return { checkout, folder };
  }
  return null;
}

const STATUS: Readonly<Record<Meaning, "doing" | "blocked">> = {
  start: "doing",
  activity: "doing",
  call: "doing",
  failure: "doing",
  denial: "doing",
  pause: "blocked",
  end: "blocked",
};
/** The end of a session, or of a turn, is no end of the task: the work waits, for its person or its next session. */
const WAITS: Partial<Record<Meaning, string>> = {
  pause: "waits for its person",
  end: "the session ended",
};

/** Hosts read each other's settings: the host that really runs leaves its own hooks to record it. */
function isLeftToStranger(host: Host, payload: unknown, { checkout, complain }: HookPlace): boolean {
  const mark = Object.keys(host.strangers ?? {}).find((member) => memberOf(payload, member) !== undefined);
  const stranger = mark === undefined ? undefined : host.strangers?.[mark];
  if (stranger === undefined) return false;
  const { title, settings } = HOSTS[stranger];
  let own = "";
  try {
    own = readFileSync(join(checkout.root, settings.file), "utf8");
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
  if (!isHookCommand(own))
    complain(
      `${title} ran the hook of ${host.title} and has none of its own: growth-engine init --agents ${stranger}`,
    );
  return true;
}

function write(host: Host, event: HostEvent, place: HookPlace, world: HookWorld): void {
  const { root, gitDir, head } = place.checkout;
  const { agent, task } = whoWorks(world.env, place.checkout);
  const session: RecorderSession = {
    root,
    agent: agent ?? host.name,
    session: sessionName(host.name, event.session),
    recorder: { kind: "hook", name: host.name, version: world.version },
    task: task ?? undefined,
    head: head ?? undefined,
  };
  const around = { root, folder: place.folder, env: world.env };
  const seen = event.call === null ? null : seeCall(host, event.call, around, world.now());
  if (seen !== null) recordCalls(session, [seen]);
  if (task === null) return;
  const status = STATUS[event.meaning];
  const file = seen?.action === "edit" && seen.docRef.startsWith("repo:") ? seen.docRef.slice(5) : undefined;
  beatSession(session, gitDir, { task, status, progress: WAITS[event.meaning], file }, world.now);
}

/** Where one run of the hook records, and where it says what it could not. */
export interface HookPlace {
  checkout: Checkout;
  folder: string;
  complain: Complaint;
}

/**
 * The checkout that a host works in: of the folders that its payload names, its variables name, and this process has,
 * the first that lies in one. Null where none does.
 */
export function findPlace(
  host: Host,
  payload: unknown,
  world: HookWorld,
  tell: (sentence: string) => void,
): HookPlace | null {
  const folders = host.folder.map((path) => textOf(payload, [path])).filter((each) => each !== null);
  const found = checkoutAt(foldersOf(host, folders, world));
  if (found === null) {
    tell("nothing was recorded: this folder is in no git checkout");
    return null;
  }
  const complain: Complaint = (reason) => {
    countUnrecorded(found.checkout, { recorder: host.name, reason, at: world.now() });
    tell(`not recorded: ${reason}`);
  };
  return { ...found, complain };
}

/**
 * Records what one payload of a host tells: a tool call as an evidence line, activity as a heartbeat where it is known
 * on which task.
 * @param said the event, where the command line says it
 * @throws whatever keeps it from being written
 */
export function recordEvent(
  host: Host,
  payload: unknown,
  said: string | null,
  place: HookPlace,
  world: HookWorld,
): void {
  if (isLeftToStranger(host, payload, place)) return;
  const event = readPayload(host, payload, said);
  if (event === null) place.complain("the payload names no event that is known here");
  else if (event !== "elsewhere") write(host, event, place, world);
}
