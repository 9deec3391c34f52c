import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { ReleaseOptions, RenewOptions, RevokeOptions } from "./verbs/keep-reservations.ts";
import type { EventOptions } from "./verbs/list-events.ts";
import type { ListOptions } from "./verbs/list-reservations.ts";
import type { WishOptions } from "./verbs/read-wishes.ts";
import type { TakeOptions } from "./verbs/take-reservation.ts";

function addWishes(command: Command): Command {
  return command
    .argument("[glob...]", "files, from the top of the repository: src/**, src/a/*.ts, src/{a,b}/x.ts")
    .option("--read <glob...>", "files that are only read: together with other readers")
    .option("--environment <name...>", "environments, such as staging")
    .option("--name <name...>", "anything else that only one may use, by its name")
    .option("--shared", "everything together with others who share it")
    .option("--repository <name>", "whose files (default: those of any repository of the fleet)");
}

function addTake(feature: Command, context: CommandContext): void {
  const take = addWishes(
    feature
      .command("take")
      .description(
        "reserve all of these or nothing, and remember the fence in this checkout; exit 1 when refused",
      ),
  )
    .option("--lease <duration>", "how long without a renewal, such as 30m (default: 15m)")
    .option("--task <task>", "end it with the claim of this task, whose lease beats renew")
    .option("--purpose <text>", "what for, for those who wait")
    .option("--wait <duration>", "stand in the queue for so long, such as 10m");
  runCommand<TakeOptions>(addServerOptions(take), async (options, globs) =>
    (await import("./verbs/take-reservation.ts")).takeReservation(globs, options, context),
  );
}

function addKeeping(feature: Command, context: CommandContext): void {
  const renew = feature
    .command("renew")
    .description("make reservations last longer; exit 1 when one is not held any more: then stop writing")
    .argument("[reservation...]", "which (default: all that this checkout holds)")
    .option("--lease <duration>", "how long from now on")
    .option("--fence <number>", "of one that was taken elsewhere");
  runCommand<RenewOptions>(addServerOptions(renew), async (options, ids) =>
    (await import("./verbs/keep-reservations.ts")).renewReservations(ids, options, context),
  );
  const release = feature
    .command("release")
    .description("give reservations back, or leave the queue; the next in it is granted at once")
    .argument("[reservation...]", "which (default: the only one that this checkout holds)")
    .option("--all", "all that this checkout holds")
    .option("--fence <number>", "of one that was taken elsewhere");
  runCommand<ReleaseOptions>(addServerOptions(release), async (options, ids) =>
    (await import("./verbs/keep-reservations.ts")).releaseReservations(ids, options, context),
  );
  const revoke = feature
    .command("revoke")
    .description("take a reservation away from whoever has it; for managers")
    .argument("<reservation>")
    .requiredOption("--reason <text>", "why");
  runCommand<RevokeOptions>(addServerOptions(revoke), async (options, [id = ""]) =>
    (await import("./verbs/keep-reservations.ts")).revokeReservation(id, options, context),
  );
}

function addLooks(feature: Command, context: CommandContext): void {
  const list = feature
    .command("list")
    .description("who holds and who waits for what, in the order of asking")
    .option("--agent <agent>", "only this agent's")
    .option("--task <task>", "only for this task")
    .option("--state <state>", "waiting, held, released, expired or revoked");
  runCommand<ListOptions>(addServerOptions(list), async (options) =>
    (await import("./verbs/list-reservations.ts")).listReservations(options, context),
  );
  const conflicts = addWishes(
    feature.command("conflicts").description("who has or waits for any of these; exit 1 when somebody does"),
  );
  runCommand<WishOptions>(addServerOptions(conflicts), async (options, globs) =>
    (await import("./verbs/list-conflicts.ts")).listConflicts(globs, options, context),
  );
  const events = feature
    .command("events")
    .description("who held what, when, and who waited for whom, oldest first")
    .option("--reservation <number>", "only this one")
    .option("--agent <agent>", "only this agent's");
  runCommand<EventOptions>(addServerOptions(events), async (options) =>
    (await import("./verbs/list-events.ts")).listEvents(options, context),
  );
  const circles = feature
    .command("circles")
    .description("agents that wait for each other and cannot go on; exit 1 when there are any");
  runCommand<ServerChoice>(addServerOptions(circles), async (options) =>
    (await import("./verbs/list-circles.ts")).listCircles(options, context),
  );
}

/** What agents and people ask of reservations. */
export function addReservationCommands(feature: Command, context: CommandContext): void {
  addTake(feature, context);
  addKeeping(feature, context);
  addLooks(feature, context);
}
