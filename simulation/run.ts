import { createHash } from "node:crypto";
import { addDays, lisbonDate } from "@caravela/platform/lisbon";
import type { ServerSettings } from "@caravela/server";
import { NOTIFICATIONS_PATH } from "@caravela/server";
import { chargeTime } from "../packages/server/src/domain/plan/calendar.ts";
import { Dice } from "./dice.ts";
import { CrashPoints } from "./life.ts";
import { WayToSibs } from "./network.ts";
import { Node, type Surroundings } from "./node.ts";
import { WayFromSibs } from "./notifying.ts";
import { clearsUp, endsPlans } from "./people/closing.ts";
import { crowdOf } from "./people/crowd.ts";
import { Desk } from "./people/desk.ts";
import { EVENTS_URL, Technicians } from "./people/technicians.ts";
import { type Answer, Town } from "./people/town.ts";
import { EachAnswer } from "./properties/answers.ts";
import { balance, readBooks } from "./properties/books.ts";
import { EachCommit } from "./properties/commits.ts";
import { Consent } from "./properties/consent.ts";
import { balanceMandates, readMandates } from "./properties/mandates.ts";
import { EachNotice } from "./properties/notices.ts";
import type { WrongBy } from "./properties/property.ts";
import { leftToPersons, sibsWasThere, WhatIsOver } from "./properties/quiet.ts";
import { EachWait } from "./properties/waits.ts";
import { WhatIsWished } from "./properties/wishes.ts";
import { Reminder } from "./reminder.ts";
import { LOOK_AT_LATEST_MS, LOOK_SELDOM_MS, settingsOf } from "./server.ts";
import { Shop } from "./shop.ts";
import { type Sibs, startSibs } from "./sibs.ts";
import { MemoryDatabase } from "./store/database.ts";
import { gatewayShapes, knowsOfGateway } from "./store/gateway/index.ts";
import { knowsOfServer, serverShapes } from "./store/server/index.ts";
import { Stories, type Violation } from "./story.ts";
import type { VirtualTime } from "./virtual-time.ts";
import { FAULT_KINDS, type FaultKind, leaving, swarm, Weather } from "./weather.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
/** So many payments begin within a second on average. */
const PAYMENTS_A_SECOND = 0.5;

/** Plans charge for so long at most: two monthly charges, and what comes of them. */
const LONGEST_PLANS = 65 * DAY;

/**
 * A run that takes longer waits for ever: whoever has a plan stays twice as long at most, and then all is over in
 * weeks.
 */
const LONGEST = 2 * LONGEST_PLANS + 90 * DAY;

/** What a run came to. */
export interface Verdict {
  readonly seed: number;
  /** How many were begun. */
  readonly payments: number;
  /** How many were made in the end, with those of people who come again and those of plans. */
  readonly made: number;
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
  /** The kinds of faults that happen; all, unless it is said. */
  readonly only?: readonly FaultKind[];
  /** Whether it ends with the first that is wrong. */
  readonly untilWrong?: boolean;
  /** Is told each line of the trace. */
  readonly traced?: (line: string) => void;
}

/** Lives of many payments in one bad world, from their orders until all is over. */
export async function run(time: VirtualTime, options: RunOptions): Promise<Verdict> {
  const world = await begin(time, options);
  const { stories, weather, points } = world;
  const begun = { payments: 0 };
  const whole = live(world, options.payments, begun);
  const tooLong = time.pass(LONGEST).then(() => world.wrong("end")("the run", "has not come to its end"));
  await Promise.race([whole, tooLong, ...(options.untilWrong === true ? [stories.firstWrong] : [])]);
  return {
    seed: options.seed,
    payments: begun.payments,
    made: world.database.of("caravela.payment").size,
    violations: stories.violations,
    faults: weather.happenings,
    points: points.counts,
    trace: stories.digest(),
    stories,
  };
}

async function live(world: World, payments: number, begun: { payments: number }): Promise<void> {
  const { time, dice, weather, town, stories, database, wrong } = world;
  const people = dice.more();
  const lifeOf = crowdOf(dice.more());
  const lives: Promise<void>[] = [];
  const stopsLooking = lookEachHour(world);
  world.desk.open();
  for (let one = 0; one < payments; one += 1) {
    const own = people.more();
    begun.payments += 1;
    lives.push(
      lifeOf(town, own, phoneOf(one)).catch((error) => wrong("end")(phoneOf(one), String(error?.stack ?? error))),
    );
    await time.pass(people.between(0, (2 * SECOND) / PAYMENTS_A_SECOND));
    world.storm(people);
  }
  await Promise.all(lives);
  stopsLooking();
  await plansGoOn(world, dice.more());
  await endIn(world, people);
  const isHeard = weather.happenings.notifications_never === undefined;
  const { askedAgain } = world.technicians;
  const known = { events: world.shop.events, askedAgain, now: time.now, isHeard };
  balance(database, known, wrong);
  balanceMandates(database, known, wrong);
  world.answers.countThings(database);
  for (const id of town.acknowledged)
    if (!world.isThere(id)) wrong("acknowledged")(id, "was acknowledged, and is not there");
  for (const statement of database.unknown) wrong("memory")("memory", `does not know the statement ${statement}`);
  stories.trace("all is over");
}

/** Looks each hour at what is over, until it is stopped. */
function lookEachHour({ time, database, wrong }: World): () => void {
  const over = new WhatIsOver(wrong);
  const wished = new WhatIsWished(wrong("wishes"));
  let isStopped = false;
  const look = () => {
    if (isStopped) return;
    const books = readBooks(database, time.now);
    over.look(books, time.now);
    wished.look(books.payments, time.now);
    time.at(time.now + HOUR, look);
  };
  time.at(time.now + HOUR, look);
  return () => {
    isStopped = true;
  };
}

/** Plans charge for days or months, when everybody else has done what they came for: one server is enough for it. */
async function plansGoOn(world: World, dice: Dice): Promise<void> {
  const { time, weather, town, quieten } = world;
  await time.pass(HOUR);
  weather.clear();
  await quieten();
  weather.turn();
  const isOnAgain = turnedOffNowAndThen(world, dice);
  await Promise.all(town.longLives);
  await isOnAgain();
}

/** Nobody looks after the shop's machine: it is off for hours or days now and then. What is given waits. */
function turnedOffNowAndThen({ time, weather, nodes }: World, dice: Dice): () => Promise<void> {
  let isOver = false;
  let onAt = 0;
  const look = () => {
    if (isOver) return;
    for (const node of nodes) {
      if (time.now < onAt || !weather.is("machine_off", node.name)) continue;
      const ms = dice.between(2 * HOUR, 2 * DAY);
      onAt = time.now + ms;
      node.shut(ms);
    }
    const inTheMidstOfCharges = chargeTimeAfter(time.now) + dice.between(0, 500);
    time.at(dice.happens(0.5) ? inTheMidstOfCharges : time.now + dice.between(DAY / 2, (3 * DAY) / 2), look);
  };
  time.at(time.now + DAY, look);
  return () => {
    isOver = true;
    return time.pass(Math.max(onAt - time.now, 0) + HOUR);
  };
}

/** All is fair from now on: what is left of all lives comes to its end, by itself or by a person. */
async function endIn(world: World, people: Dice): Promise<void> {
  const { time, weather, nodes, town, database, desk, technicians, wrong } = world;
  const books = () => readBooks(database, time.now);
  await time.pass(HOUR);
  weather.clear();
  desk.close();
  for (const node of nodes) node.setClockRight();
  await time.pass(3 * HOUR);
  sibsWasThere(books(), wrong);
  await endsPlans(town, people, readMandates(database));
  // until what a plan charged last has expired where nobody paid it
  await time.pass(11 * DAY);
  leftToPersons(books(), wrong);
  await clearsUp(town, people, books);
  await technicians.seeToIt();
  await time.pass(HOUR);
}

/** When plans charge next. */
function chargeTimeAfter(now: number): number {
  const today = lisbonDate(new Date(now));
  return [today, addDays(today, 1)].map(chargeTime).find((at) => at > now) ?? now;
}

type World = Awaited<ReturnType<typeof begin>>;

const phoneOf = (place: number): string => `91${String(place).padStart(7, "0")}`;

/** Builds the world of a run: SIBS, servers, shop and town. */
async function begin(time: VirtualTime, { seed, payments, only = FAULT_KINDS, traced }: RunOptions) {
  const dice = new Dice(seed);
  const stories = new Stories(time, createHash("sha256"), traced);
  const wrong: WrongBy = (property) => (subject, what) => stories.wrong(property, subject, what);
  const weather = new Weather(leaving(swarm(dice.more()), only), dice.more(), (kind, what) =>
    stories.trace(`${kind}: ${what}`),
  );
  const points = new CrashPoints(weather, dice.more());
  const database = new MemoryDatabase({
    shapes: { ...serverShapes, ...gatewayShapes },
    knows: { caravela: knowsOfServer, sibs_gateway: knowsOfGateway },
    now: () => time.now,
  });
  const byTheClock = (property: "notices" | "waits") => (subject: string, what: string) => {
    if (clocksAgree(weather)) wrong(property)(subject, what);
  };
  const notices = new EachNotice(byTheClock("notices"));
  const waits = new EachWait(byTheClock("waits"));
  const commits = new EachCommit(database, () => time.now, { notices, waits }, wrong);
  const forgotten = new Set<string>();
  const consent = new Consent(database, forgotten, wrong("consent"));
  const answers = new EachAnswer(wrong);
  const nodes: Node[] = [];
  const isNotified = (id: string) => database.of("caravela.notification").get(id) !== undefined;
  const acknowledged = (id: string) => {
    if (!isNotified(id)) wrong("acknowledged")(id, "was acknowledged, and is not stored");
  };
  const notifying = new WayFromSibs({ time, weather, dice: dice.more(), nodes, acknowledged });
  const sibs: Sibs = await startSibs(time, database, dice.more(), (_url, headers, body) =>
    notifying.post(headers, body),
  );
  const settings: ServerSettings = settingsOf(await sibs.terminal(`http://127.0.0.1:3000${NOTIFICATIONS_PATH}`));
  const secret = `whsec_${Buffer.from(dice.uuid()).toString("base64")}`;
  const shop = new Shop(time, weather, dice.more(), secret);
  const reminder = new Reminder(time, database, dice.more(), (look) =>
    nodes.map((node) => node.remind(look)).includes(true),
  );
  const surroundings: Surroundings = {
    time,
    weather,
    points,
    database,
    sibs: new WayToSibs(
      time,
      weather,
      dice.more(),
      (request) => sibs.serve(request),
      (path) => notices.asked(path, time.now),
    ),
    shop: (request, signal) => shop.take(request, signal),
    settings,
    lookAtLatestMs: LOOK_AT_LATEST_MS,
    writers: new Set(),
    answers,
    committed: (statement, rows) => {
      reminder.look();
      commits.look(statement, rows);
      consent.look(statement, rows);
    },
    told: (line) => stories.trace(line),
    wrong: wrong("memory"),
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
    // the more people there are, the longer it is worth while to let time pass
    plansLive: Math.min(Math.round((DAY * Math.max(payments, 10) * dice.between(10, 200)) / 500), LONGEST_PLANS),
    forgotten,
    told: (subject, deed) => stories.tell(subject, deed),
    wrong: wrong("answers"),
  });
  const technicians = new Technicians(town, dice.more(), database);
  const desk = new Desk(town, dice.more(), () => readBooks(database, time.now));
  const isThere = (id: string) => isStored(database, id);
  const storm = (by: Dice) => {
    for (const node of nodes) {
      if (weather.is("node_frozen", node.name)) node.freeze(by.between(5, 40) * SECOND);
      if (weather.is("clock_jumped", node.name)) node.jump(by.between(-90, 90) * SECOND);
    }
  };
  /** One server takes over from all others. */
  const quieten = async () => {
    // whoever was killed is up again by then
    await time.pass(HOUR);
    const last = new Node("the last server", { ...surroundings, lookAtLatestMs: LOOK_SELDOM_MS }, dice.more());
    await last.start();
    await Promise.all(nodes.splice(0, nodes.length, last).map((node) => node.stop()));
  };
  const people = { shop, town, desk, technicians };
  return { time, dice, stories, wrong, weather, points, database, answers, nodes, ...people, isThere, storm, quieten };
}

/** Whether no server's clock was ever wrong: two that disagree by more cannot tell which came first, and ask later. */
function clocksAgree({ happenings }: Weather): boolean {
  return happenings.clock_skewed === undefined && happenings.clock_jumped === undefined;
}

/** The shop's address for events is known from the beginning. */
function registerShop(database: MemoryDatabase, secret: string, now: number): void {
  database.of("caravela.event_endpoint").insert({
    id: "ep_00000000000000000000",
    url: EVENTS_URL,
    types: ["*"],
    secret,
    created_at: new Date(now),
    may_be_inside: true,
  });
}

function isStored(database: MemoryDatabase, id: string): boolean {
  const tables = ["payment", "mandate", "event", "event_endpoint"];
  if (tables.some((table) => database.of(`caravela.${table}`).get(id) !== undefined)) return true;
  return database.of("caravela.found_by").get(id) !== undefined;
}
