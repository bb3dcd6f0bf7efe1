import pg from "pg";
import type { House } from "../house.ts";
import { inFlight } from "../load.ts";
import { figuresOf, print, type Row } from "../table.ts";
import { paymentsAtRate } from "./payments.ts";

/** What the server is set to. */
const CALLS_PER_SECOND = 50;
/** How many customers pay in a second beside the plans, and for how long they are measured without. */
const CUSTOMERS_PER_SECOND = 2;
const ALONE_SECONDS = 20;
/** A charge: its checkout, the charge itself, the question how it stands. A payment by MB WAY is as many. */
const CALLS_EACH = 3;
/** How many plans are made at once. */
const MADE_AT_ONCE = 16;
/** How long before nine the server is set to its limit: time enough for it to start again, in milliseconds. */
const BEFORE_NINE_MS = 10_000;
const DAY_MS = 86_400_000;

/**
 * So many plans due at once, each of a customer of its own: how long until all are charged, and how long customers at
 * the phone wait meanwhile, from their approval until the shop is told, beside how long they wait without.
 */
export async function measurePlans(house: House, plans: number): Promise<object> {
  await house.shop.open();
  console.log("measuring customers alone…");
  const customers = (seconds: number) => paymentsAtRate(house, CUSTOMERS_PER_SECOND, { payments: Infinity, seconds });
  const alone = await customers(ALONE_SECONDS);
  console.log(`making ${plans} plans…`);
  const nine = await makePlans(house, plans);
  await passTo(house, nine - BEFORE_NINE_MS);
  await house.resetServer({ SIBS_CALLS_PER_SECOND: `${CALLS_PER_SECOND}` });
  await pause(nine - (await now(house)));
  console.log("measuring customers beside the plans…");
  const expected = (plans * CALLS_EACH) / (CALLS_PER_SECOND - CUSTOMERS_PER_SECOND * CALLS_EACH);
  const [through, beside] = await Promise.all([untilCharged(house, plans), customers(Math.max(1, expected))]);
  const calls = (await callsToSibs(house)) - beside.done * CALLS_EACH;
  const rows: Row[] = [
    { what: "approval to event, customers alone", key: "customersAlone", timings: alone.steps.told },
    { what: `the same beside ${plans} plans`, key: "customersBesidePlans", timings: beside.steps.told },
    { what: "plans charged", key: "plans", perSecond: plans / through },
  ];
  print(rows);
  console.log(
    `\n${plans} plans were charged in ${through.toFixed(1)} s, by ${(calls / plans).toFixed(2)} calls each, at ${CALLS_PER_SECOND} calls a second of which ${beside.done} customers had theirs`,
  );
  return { ...figuresOf(rows, {}), plansThroughSeconds: through, callsEach: calls / plans };
}

/** Makes plans that are all due at the same moment, and gives it. */
async function makePlans({ server, gateway, headers }: House, count: number): Promise<number> {
  const firstDate = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Lisbon" }).format(Date.now() + DAY_MS);
  let nine = 0;
  await inFlight(MADE_AT_ONCE, { count, seconds: Infinity }, async (place) => {
    const phone = `9135${String(place).padStart(5, "0")}`;
    const wanted = { phone, customer: { name: "Ana Sousa" }, type: "subscription", description: "A box each month" };
    const { id } = await server.json<{ id: string }>("POST", "/v1/mandates", wanted, headers());
    const terms = { limit: "100.00", validUntil: "2099-12-31" };
    await gateway.json("POST", `/sandbox/phones/351%23${phone}/approve`, terms);
    const isActive = async () =>
      (await server.json<{ status: string }>("GET", `/v1/mandates/${id}`, undefined, headers())).status === "active";
    while (!(await isActive())) await pause(20);
    const plan = { amount: 990, currency: "EUR", every: "month", firstDate };
    const made = await server.json<{ nextCharge: { at: string } }>("POST", `/v1/mandates/${id}/plans`, plan, headers());
    nine = Date.parse(made.nextCharge.at);
  });
  return nine;
}

async function now({ gateway }: House): Promise<number> {
  return Date.parse((await gateway.json<{ now: string }>("GET", "/sandbox/clock")).now);
}

/**
 * Lets time pass; where much is due on the way, the clock stands still after a minute, and goes on when asked again.
 */
async function passTo(house: House, at: number): Promise<void> {
  for (;;) {
    const seconds = Math.floor((at - (await now(house))) / 1_000);
    if (seconds <= 0) return;
    await house.gateway.send("POST", "/sandbox/clock/advance", JSON.stringify({ seconds }));
  }
}

/** How many seconds pass until all plans are charged and their payments paid. */
async function untilCharged({ databaseUrl }: House, plans: number): Promise<number> {
  const database = new pg.Client({ connectionString: databaseUrl, application_name: "bench" });
  await database.connect();
  const begun = performance.now();
  const paid = "select count(*)::integer as paid from caravela.payment where plan_id is not null and status = 'paid'";
  while ((await database.query<{ paid: number }>(paid)).rows[0]?.paid !== plans) await pause(200);
  await database.end();
  return (performance.now() - begun) / 1_000;
}

/** How many calls the server has made since it was started. */
async function callsToSibs({ server }: House): Promise<number> {
  const { body } = await server.send("GET", "/metrics");
  return [...body.matchAll(/^caravela_sibs_seconds_count\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
