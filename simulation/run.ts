import { createHash } from "node:crypto";
import type { ServerSettings } from "@caravela/server";
import { NOTIFICATIONS_PATH } from "@caravela/server";
import { Dice } from "./dice.ts";
import { CrashPoints } from "./life.ts";
import { WayToSibs } from "./network.ts";
import { Node, type Surroundings } from "./node.ts";
import { WayFromSibs } from "./notifying.ts";
import { givesUp, settles } from "./people/operators.ts";
import { order } from "./people/shops.ts";
import { type Answer, Town } from "./people/town.ts";
import { balance, readBooks } from "./properties/books.ts";
import { settingsOf } from "./server.ts";
import { Shop } from "./shop.ts";
import { type Sibs, startSibs } from "./sibs.ts";
import { MemoryDatabase } from "./store/database.ts";
import { gatewayShapes, knowsOfGateway } from "./store/gateway/index.ts";
import { knowsOfServer, serverShapes } from "./store/server/index.ts";
import { Stories, type Violation } from "./story.ts";
import type { VirtualTime } from "./virtual-time.ts";
import { type FaultKind, type Rates, swarm, Weather } from "./weather.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
/** So many payments begin within a second on average. */
const PAYMENTS_A_SECOND = 0.5;

/** What a run came to. */
export interface Verdict {
  readonly seed: number;
  readonly payments: number;
  readonly violations: readonly Violation[];
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly points: Readonly<Record<string, { readonly passed: number; readonly killed: number }>>;
  /** The digest of all that happened, in its order. */
  readonly trace: string;
  readonly stories: Stories;
}

/** What is run: one seed is one run, to the byte. */
export interface RunOptions {
  readonly seed: number;
  readonly payments: number;
  /** In place of those that the seed draws. */
  readonly rates?: Rates;
  /** Is told each line of the trace. */
  readonly traced?: (line: string) => void;
}

/** Lives of many payments in one bad world, from their orders until all is over. */
export async function run(time: VirtualTime, options: RunOptions): Promise<Verdict> {
  const world = await begin(time, options);
  const { dice, town, weather, stories } = world;
  const people = dice.more();
  const lives: Promise<void>[] = [];
  for (let one = 0; one < options.payments; one += 1) {
    const own = people.more();
    lives.push(
      order(town, own, phoneOf(one)).catch((error) => stories.wrong(phoneOf(one), String(error?.stack ?? error))),
    );
    await time.pass(people.between(0, (2 * SECOND) / PAYMENTS_A_SECOND));
    world.storm(people);
  }
  await Promise.all(lives);
  await time.pass(HOUR);
  weather.clear();
  for (const node of world.nodes) node.setClockRight();
  await time.pass(HOUR);
  // one server is enough for what comes round in days
  await Promise.all(world.nodes.splice(1).map((node) => node.stop()));
  await time.pass(4 * DAY);
  const { payments: all, byOurId } = readBooks(world.database, time.now);
  const isDone = (ourId: string) => (byOurId.get(ourId) ?? []).some(({ outcome }) => outcome === "approved");
  const inDoubt = all.filter(({ operations }) => operations.some(({ status }) => status === "in_doubt"));
  const held = all.filter(({ status }) => status === "authorized");
  await settles(
    town,
    people,
    inDoubt.map(({ id }) => id),
    isDone,
  );
  await givesUp(
    town,
    people,
    held.map(({ id }) => id),
  );
  await time.pass(HOUR);
  balance(world.database, { events: world.shop.events, now: time.now }, (subject, what) =>
    stories.wrong(subject, what),
  );
  for (const id of town.acknowledged) if (!world.isThere(id)) stories.wrong(id, "was acknowledged, and is not there");
  for (const statement of world.database.unknown) stories.wrong("memory", `does not know the statement ${statement}`);
  return {
    seed: options.seed,
    payments: options.payments,
    violations: stories.violations,
    faults: weather.happenings,
    points: world.points.counts,
    trace: stories.digest(),
    stories,
  };
}

const phoneOf = (place: number): string => `91${String(place).padStart(7, "0")}`;

/** Builds the world of a run: SIBS, servers, shop and town. */
async function begin(time: VirtualTime, { seed, rates, traced }: RunOptions) {
  const dice = new Dice(seed);
  const stories = new Stories(time, createHash("sha256"), traced);
  const weather = new Weather(rates ?? swarm(dice.more()), dice.more(), (kind, what) =>
    stories.trace(`${kind}: ${what}`),
  );
  const points = new CrashPoints(weather, dice.more());
  const database = new MemoryDatabase({
    shapes: { ...serverShapes, ...gatewayShapes },
    knows: { caravela: knowsOfServer, sibs_gateway: knowsOfGateway },
    now: () => time.now,
  });
  const nodes: Node[] = [];
  const notifying = new WayFromSibs(time, weather, dice.more(), nodes);
  const sibs: Sibs = await startSibs(time, database, dice.more(), (_url, headers, body) =>
    notifying.post(headers, body),
  );
  const settings: ServerSettings = settingsOf(await sibs.terminal(`http://127.0.0.1:3000${NOTIFICATIONS_PATH}`));
  const secret = `whsec_${Buffer.from(dice.uuid()).toString("base64")}`;
  const shop = new Shop(time, weather, dice.more(), secret);
  const surroundings: Surroundings = {
    time,
    weather,
    points,
    database,
    sibs: new WayToSibs(time, weather, dice.more(), (request) => sibs.serve(request)),
    shop: (request, signal) => shop.take(request, signal),
    settings,
    writers: new Set(),
    told: (line) => stories.trace(line),
  };
  for (let one = 1; one <= dice.between(1, 4); one += 1)
    nodes.push(new Node(`server ${one}`, surroundings, dice.more()));
  registerShop(database, secret, time.now);
  await Promise.all(nodes.map((node) => node.start()));
  const sandbox = (method: string, path: string, body?: object): Promise<Answer> => sibs.sandbox(method, path, body);
  const town = new Town({
    time,
    weather,
    nodes,
    shop,
    sandbox,
    told: (subject, deed) => stories.tell(subject, deed),
    wrong: (subject, what) => stories.wrong(subject, what),
  });
  const isThere = (id: string) => isStored(database, id);
  const storm = (by: Dice) => {
    for (const node of nodes) {
      if (weather.is("node_frozen", node.name)) node.freeze(by.between(5, 40) * SECOND);
      if (weather.is("clock_jumped", node.name)) node.jump(by.between(-90, 90) * SECOND);
    }
  };
  return { dice, stories, weather, points, database, nodes, sibs, shop, town, isThere, storm };
}

/** The shop's address for events is known from the beginning. */
function registerShop(database: MemoryDatabase, secret: string, now: number): void {
  database.of("caravela.event_endpoint").insert({
    id: "ep_00000000000000000000",
    url: "http://127.0.0.1:4000/events",
    types: ["*"],
    secret,
    created_at: new Date(now),
    may_be_inside: true,
  });
}

function isStored(database: MemoryDatabase, id: string): boolean {
  if (database.of("caravela.payment").get(id) !== undefined) return true;
  if (database.of("caravela.mandate").get(id) !== undefined) return true;
  return database.of("caravela.found_by").get(id) !== undefined;
}
