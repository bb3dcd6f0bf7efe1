import type { Extent } from "./extent.ts";
import type { House } from "./house.ts";
import { checkouts, checkoutsWith, statuses } from "./measures/checkouts.ts";
import { createsAtRate, createsInFlight } from "./measures/creates.ts";
import { importOfClient, importOfNothing } from "./measures/import.ts";
import { lookUps } from "./measures/look-ups.ts";
import { notificationsAtRate, notificationsInFlight, sealMany } from "./measures/notifications.ts";
import { PAYMENTS_IN_FLIGHT, paymentsAtRate, paymentsInFlight } from "./measures/payments.ts";
import { approvalToScreen } from "./measures/screen.ts";
import { bareAnswers, bareCommits } from "./measures/yardsticks.ts";
import type { Cost } from "./processors.ts";
import type { Row } from "./table.ts";

/** A steady load is so much of what could be done at most. */
const STEADY = 0.5;

/** The table, and what one payment costs, by the names of their lines. */
export interface Measured {
  readonly rows: readonly Row[];
  readonly costs: Readonly<Record<string, Cost>>;
}

/** Measures every line of the table, one after the other. @param stored how many payments were stored before */
export async function measureAll(house: House, extent: Extent, stored: number): Promise<Measured> {
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
  // what is stored is not thrown away
  const checkoutsOnFew =
    stored === 0 ? await checkoutsWith(house, few, extent) : await checkouts(house, { count: few, first: 0 }, extent);
  const checkoutsOnMany =
    stored === 0
      ? await checkoutsWith(house, many, extent)
      : await checkouts(house, { count: many, first: few }, extent);

  const statusAnswers = await statuses(house, extent);

  say("what is looked up");
  const lookedUp = await lookUps(house, extent);

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
    {
      what: "  from the press on the phone to the event",
      key: "steadyPressed",
      timings: steadyPayments.steps.pressed,
    },
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
    ...lookedUp.map(({ what, key, timings }) => ({ what: `look-up: ${what}`, key, timings })),
    { what: "yardstick: import of an empty module", timings: nothing },
    { what: "import of @caravela/sibs", timings: client },
  ];
  return { rows, costs: { payments: payments.cost, floor: floor.cost } };
}
