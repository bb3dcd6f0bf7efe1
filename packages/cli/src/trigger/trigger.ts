import { setTimeout as pause } from "node:timers/promises";
import { connectGateway } from "@caravela/gateway/testing";
import { CannotStart } from "@caravela/platform/cannot-start";
import { systemChance } from "@caravela/platform/chance";
import { type Environment, isLoopback } from "@caravela/platform/settings";
import { connect, findGateway, readServer, type Server } from "../api/connect.ts";
import { columns } from "../api/words.ts";
import type { Output } from "../output.ts";
import { RECIPES } from "./recipes.ts";
import { World } from "./world.ts";

/** Says which events can be brought about, and how. */
export function listRecipes(output: Output): void {
  const all = Object.entries(RECIPES).map(([type, { says, advances = null }]) => ({ type, says, advances }));
  const rows = all.map(({ type, says, advances }) => [
    type,
    advances === null ? says : `${says} (moves the clock ahead by ${advances})`,
  ]);
  output.result({ data: all }, columns(rows));
}

/**
 * Brings an event about: with a real payment at the server, by the customer whom the local gateway simulates.
 * @throws CannotStart where it cannot be, or the server's SIBS is no local gateway
 */
export async function trigger(env: Environment, type: string, output: Output): Promise<void> {
  const recipe = RECIPES[type];
  if (recipe === undefined)
    throw new CannotStart(`${type} cannot be brought about: \`caravela trigger --list\` has those that can.`);
  const server = readServer(env);
  const gateway = await gatewayOf(server, await findGateway(env, server));
  const caravela = connect(server);
  const number = Number(systemChance.text("0123456789", 7));
  const world = new World(caravela, gateway, { number, pause: (ms) => pause(ms) });
  const subject = await recipe.run(world);
  const event = await world.until(
    async () => (await caravela.events.list({ ...subject, type })).data[0],
    (found) => found !== undefined,
    `the event ${type}`,
  );
  const { payment = null, mandate = null } = { ...subject } as { payment?: string; mandate?: string };
  output.result({ event: event?.id ?? null, type, payment, mandate }, `${type}  ${event?.id}  ${payment ?? mandate}`);
}

/** The gateway, where it is the one that notifies this server: with any other, a stranger's phone might ring. */
async function gatewayOf(server: Server, url: string) {
  const gateway = await connectGateway(url).catch((error: Error) => {
    throw new CannotStart(`${error.message.replace(": was it closed?", "")}. Start one with \`caravela start\`.`);
  });
  const notified = await gateway.notifiedAt();
  if (notified.some((address) => isSame(new URL(address), new URL(server.url)))) return gateway;
  const whom = notified.length === 0 ? "nobody" : notified.join(", ");
  throw new CannotStart(
    `The gateway at ${url} notifies ${whom}, and not ${server.url}: events are brought about only at a server that works with a local gateway. Set SIBS_BASE_URL to that gateway's address, or CARAVELA_URL to that server's.`,
  );
}

/** This machine has several names. */
function isSame(one: URL, other: URL): boolean {
  if (one.port !== other.port || one.protocol !== other.protocol) return false;
  return one.hostname === other.hostname || (isLoopback(one.href) && isLoopback(other.href));
}
