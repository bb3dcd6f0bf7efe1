import { join } from "node:path";
import { openDataFolder, openLogFile } from "@caravela/development/data-folder";
import { startEmbeddedPostgres } from "@caravela/development/embedded";
import { CannotStart } from "@caravela/platform/cannot-start";
import { systemChance } from "@caravela/platform/chance";
import { checkDatabase } from "@caravela/platform/postgres/check";
import type { Environment } from "@caravela/platform/settings";
import { buildWebIfStale } from "@caravela/web/build";
import { BROUGHT_ALONG } from "./brought-along.ts";
import { Child, type Part } from "./child.ts";
import { type EndRequests, endRequests } from "./end-requests.ts";
import { type Output, PEOPLE } from "./output.ts";
import { claimPorts } from "./ports.ts";
import { readStartSettings, type StartSettings } from "./start-settings.ts";
import { type Addresses, wire } from "./wiring.ts";

/**
 * Starts everything on this machine, prints the addresses and then `ready`, and ends it all when asked, or when a part
 * of it ends. Sets the exit code: 0 when asked to end, 1 after a fault, which is told on stderr.
 */
export async function start(env: Environment, output: Output = PEOPLE): Promise<void> {
  const requests = endRequests();
  const parts: Part[] = [];
  try {
    const addresses = await bringUp(env, { parts, output }, requests.asked);
    output.result(addresses, [introduce(addresses), "ready"]);
    await untilSomethingEnds(parts, requests.asked);
  } catch (error) {
    if (!requests.asked.aborted) {
      output.fault(error);
      process.exitCode = 1;
    }
  }
  await endAll(parts, requests, output);
  process.exit();
}

/** What the link is made of by which whoever has this machine signs in to the dashboard: as hard to guess as a key. */
const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
const OWNERS_LENGTH = 50;

/** Each part is in `parts` as soon as it runs, so that whatever happens next, it is ended. */
async function bringUp(
  env: Environment,
  { parts, output }: { readonly parts: Part[]; readonly output: Output },
  asked: AbortSignal,
): Promise<Addresses> {
  const settings = readStartSettings(env);
  const ports = await portsOf(settings);
  const dataFolder = openDataFolder(settings.dataFolder);
  const databaseUrl = await bringUpDatabase(settings, dataFolder, { parts, output });
  output.note("preparing the pages…");
  await buildWebIfStale();
  const { addresses, programs } = wire(settings.databaseUrl === undefined ? { ...env, ...BROUGHT_ALONG } : env, {
    ...settings,
    ports,
    databaseUrl,
    localOwner: settings.localOwner ?? systemChance.text(LETTERS, OWNERS_LENGTH),
  });
  for (const { name, module, args, env } of programs) {
    asked.throwIfAborted();
    output.note(`starting the ${name}…`);
    const log = openLogFile(dataFolder, name);
    const child = new Child({ name, module, args, env, output: log, logFile: join(dataFolder, `${name}.log`) });
    parts.push(child);
    await child.ready();
  }
  asked.throwIfAborted();
  return addresses;
}

async function portsOf({ host, ports }: StartSettings): Promise<StartSettings["ports"]> {
  const [server, gateway, shop] = await claimPorts(host, [
    { port: ports.server, setting: "CARAVELA_PORT" },
    { port: ports.gateway, setting: "CARAVELA_GATEWAY_PORT" },
    { port: ports.shop, setting: "CARAVELA_SHOP_PORT" },
  ]);
  if (new Set([server, gateway, shop]).size < 3)
    throw new CannotStart("CARAVELA_PORT, CARAVELA_GATEWAY_PORT and CARAVELA_SHOP_PORT must be three different ports.");
  return { server, gateway, shop };
}

/** The database's address: the one given, where it can be used, or the embedded one's, started. */
async function bringUpDatabase(
  settings: StartSettings,
  dataFolder: string,
  { parts, output }: { readonly parts: Part[]; readonly output: Output },
): Promise<string> {
  if (settings.databaseUrl !== undefined) {
    output.note("using the PostgreSQL at DATABASE_URL…");
    await checkDatabase(settings.databaseUrl);
    return settings.databaseUrl;
  }
  output.note(`starting PostgreSQL (data and logs in ${dataFolder})…`);
  const postgres = await startEmbeddedPostgres({ dataFolder, mayFetch: true });
  parts.push({
    name: "PostgreSQL",
    ended: postgres.ended.then(() => "its process is gone"),
    end: () => postgres.stop(),
  });
  const { host } = new URL(postgres.url);
  // the password is no line of a terminal, which may be kept
  output.note(
    `PostgreSQL is at postgres://caravela:PASSWORD@${host}/caravela (password in ${dataFolder}/postgres.json)`,
  );
  return postgres.url;
}

function introduce({ shop, server, gateway, apiKey, dashboard }: Addresses): string {
  return [
    "",
    `  shop                      ${shop}`,
    ...(dashboard === null ? [] : [`  dashboard                 ${dashboard}`]),
    `  your phone (MB WAY)       ${gateway}/phone`,
    `  an ATM (Multibanco)       ${gateway}/atm`,
    `  API for the shop          ${server}/docs  (key ${apiKey})`,
    `  SIBS Gateway              ${gateway}/api/v2  (terminals: ${gateway}/sandbox/terminals)`,
    "",
    "  Ctrl-C ends everything; the next start goes on where this one was.",
    "",
  ].join("\n");
}

/**
 * Resolves when asked to end. @throws CannotStart when a part has ended by itself: nothing is left running by halves.
 */
async function untilSomethingEnds(parts: readonly Part[], asked: AbortSignal): Promise<void> {
  const { promise: isAsked, resolve } = Promise.withResolvers<void>();
  asked.addEventListener("abort", () => resolve(), { once: true });
  if (asked.aborted) resolve();
  const ends = parts.map(async ({ name, ended }) => {
    const how = await ended;
    if (!asked.aborted)
      throw new CannotStart(
        `The ${name} has ended unexpectedly (${how}): everything is being stopped. Start again to go on where it was.`,
      );
    await isAsked;
  });
  await Promise.race([isAsked, ...ends]);
}

/** In the reverse of the order in which they were started: each is there as long as something uses it. */
async function endAll(parts: readonly Part[], { asked, hurry }: EndRequests, output: Output): Promise<void> {
  if (asked.aborted) output.note("\nending everything, in order…");
  for (const part of parts.toReversed()) await part.end(hurry);
}
