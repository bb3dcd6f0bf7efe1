import { writeFileSync } from "node:fs";
import { type Extent, QUICK, WHOLE } from "./extent.ts";
import { type House, openHouse } from "./house.ts";
import { checkoutsWith, statuses } from "./measures/checkouts.ts";
import { createsAtRate, createsInFlight } from "./measures/creates.ts";
import { importOfClient, importOfNothing } from "./measures/import.ts";
import { notificationsAtRate, notificationsInFlight, sealMany } from "./measures/notifications.ts";
import { PAYMENTS_IN_FLIGHT, paymentsAtRate, paymentsInFlight } from "./measures/payments.ts";
import { approvalToScreen } from "./measures/screen.ts";
import { bareAnswers, bareCommits } from "./measures/yardsticks.ts";
import type { Cost } from "./processors.ts";
import { figuresOf, print, printCosts, type Row } from "./table.ts";

/** A steady load is so much of what could be done at most. */
const STEADY = 0.5;

const extent = process.argv.includes("--quick") ? QUICK : WHOLE;
const begun = performance.now();
console.log("starting PostgreSQL, gateway and server…");
const house = await openHouse();
try {
  const { rows, costs } = await measureAll(house, extent);
  print(rows);
  printCosts(costs);
  const file = fileFor(process.argv);
  if (file !== null) writeFileSync(file, `${JSON.stringify(figuresOf(rows, costs), null, 2)}\n`);
} finally {
  await house.close();
}
console.log(`\nmeasured in ${Math.round((performance.now() - begun) / 1000)} s; bench/README.md says how to read it`);
process.exit();

/** Where the figures are written; null: nowhere. */
function fileFor(words: readonly string[]): string | null {
  const place = words.indexOf("--json");
  if (place < 0) return null;
  const file = words[place + 1];
  if (file === undefined || file.startsWith("--")) throw new Error("--json FILE: name the file");
  return file;
}

interface Measured {
  readonly rows: readonly Row[];
  /** What one payment costs, by the names of their lines. */
  readonly costs: Readonly<Record<string, Cost>>;
}

async function measureAll(house: House, extent: Extent): Promise<Measured> {
  const say = (what: string) => console.log(`measuring ${what}…`);

  say("the yardsticks");
  const http = await bareAnswers(extent);
  const [commits1, commits8, commits32] = [
    await bareCommits(house.databaseUrl, 1, extent),
    await bareCommits(house.databaseUrl, 8, extent),
    await bareCommits(house.databaseUrl, 32, extent),
  ];
  const [answers, commits] = [
    { name: "bare answers", perSecond: http.perSecond },
    { name: "bare commits", perSecond: commits32.perSecond },
  ];

  say("MB WAY payments");
  await house.shop.open();
  const payments = await paymentsInFlight(house, extent);
  const floor = await paymentsInFlight(house, extent, house.floor);
  const steadyRate = Math.max(1, Math.floor(payments.perSecond * STEADY));
  const steadyPayments = await paymentsAtRate(house, steadyRate, extent);

  const least = { name: "the floor", perSecond: floor.perSecond };

  say("the customer's page");
  const screen = await approvalToScreen(house, extent);
  await house.shop.leave();

  say("payments asked for");
  const creates = await createsInFlight(house, extent);
  const steadyCreates = await createsAtRate(house, Math.floor(creates.perSecond * STEADY), extent);

  say("the gateway's checkouts");
  const [few, many] = extent.stored;
  const checkoutsOnFew = await checkoutsWith(house, few, extent);
  const checkoutsOnMany = await checkoutsWith(house, many, extent);

  const statusAnswers = await statuses(house, extent);

  say("notifications");
  const sealed = await sealMany(house, extent.notifications);
  const half = Math.floor(sealed.length / 2);
  const notifications = await notificationsInFlight(house, sealed.slice(0, half), extent);
  const calmRate = Math.floor(notifications.perSecond * STEADY);
  const steadyNotifications = await notificationsAtRate(house, calmRate, sealed.slice(half), extent);

  say("the client's import");
  const [nothing, client] = [importOfNothing(extent), importOfClient(extent)];

  const rows: Row[] = [
    { what: "yardstick: bare HTTP answers, 32 in flight", key: "bareAnswers", ...http },
    { what: "yardstick: bare durable commits, 1 connection", ...commits1 },
    { what: "yardstick: bare durable commits, 8 connections", ...commits8 },
    { what: "yardstick: bare durable commits, 32 connections", key: "bareCommits", ...commits32 },
    { what: "yardstick: the floor, the same payments", key: "floor", ...floor },
    { what: `MB WAY payments, ${PAYMENTS_IN_FLIGHT} in flight`, key: "payments", ...payments, yardstick: least },
    { what: "  the shop creates the payment", timings: payments.steps.create },
    { what: "  the attempt: checkout and purchase", timings: payments.steps.attempt },
    { what: "  the phone approves", timings: payments.steps.approve },
    { what: "  notification, inquiry, event at the shop", timings: payments.steps.told },
    { what: "MB WAY payments, steady", key: "steadyPayments", ...steadyPayments },
    { what: "approval to paid on the customer's page", key: "approvalToPage", timings: screen },
    { what: "server: payments created, 32 in flight", key: "creates", ...creates, yardstick: commits },
    { what: "server: payments created, steady", ...steadyCreates },
    {
      what: `gateway: checkouts, on ${few.toLocaleString("en")} stored`,
      key: "checkouts",
      ...checkoutsOnFew,
      yardstick: commits,
    },
    {
      what: `gateway: checkouts, on ${many.toLocaleString("en")} stored`,
      key: "checkoutsOnMany",
      ...checkoutsOnMany,
      yardstick: commits,
    },
    { what: "gateway: status answers, 32 in flight", key: "statuses", ...statusAnswers, yardstick: answers },
    {
      what: "server: notifications taken in, 64 in flight",
      key: "notifications",
      ...notifications,
      yardstick: answers,
    },
    { what: "server: notifications taken in, steady", ...steadyNotifications },
    { what: "yardstick: import of an empty module", timings: nothing },
    { what: "import of @caravela/sibs", timings: client },
  ];
  return { rows, costs: { payments: payments.cost, floor: floor.cost } };
}
