import { pageAfter } from "@caravela/platform/page-mark";
import pg from "pg";
import type { Extent } from "../extent.ts";
import type { House } from "../house.ts";
import { Timings } from "../load.ts";

/** Something that is looked up: how long the answer takes, one at a time. */
export interface LookUp {
  readonly what: string;
  readonly key: string;
  readonly timings: Timings;
}

/** A payment, a mandate and a plan from the midst of all that is stored. */
interface Midst {
  readonly payment: string;
  readonly reference: string;
  readonly page: string;
  readonly event: string;
  /** Null: nothing of the kind is there. */
  readonly transaction: string | null;
  readonly multibanco: string | null;
  readonly mandate: string | null;
  readonly customer: string | null;
  readonly plan: string | null;
}

/** Lists, pages and what else is looked up among all that is stored, each answered alone. */
export async function lookUps(house: House, { lookUps: times }: Extent): Promise<LookUp[]> {
  const midst = await midstOf(house);
  const measured: LookUp[] = [];
  for (const [what, path] of Object.entries(pathsOf(midst))) {
    const timings = new Timings();
    for (let time = -1; time < times; time += 1) {
      const begun = performance.now();
      const { status, body } = await house.server.send("GET", path, "", house.headers());
      if (status !== 200) throw new Error(`GET ${path}: ${status} ${body.slice(0, 300)}`);
      // the first finds nothing in memory
      if (time >= 0) timings.record(performance.now() - begun);
    }
    measured.push({ what, key: `lookUp ${what}`, timings });
  }
  return measured;
}

function pathsOf(midst: Midst): Record<string, string> {
  const { payment, reference, transaction, multibanco, page, event, mandate, customer, plan } = midst;
  const deep = encodeURIComponent(pageAfter(payment));
  const list = "/v1/payments?limit=100";
  return {
    "a payment": `/v1/payments/${payment}`,
    "its page": `/pay/${page}`,
    "an event": `/v1/events/${event}`,
    "payments, newest": list,
    "payments, from the midst on": `${list}&after=${deep}`,
    "payments by status": `${list}&status=paid&after=${deep}`,
    "payments by a rare status": `${list}&status=authorized&after=${deep}`,
    "payments by reference": `${list}&reference=${reference}`,
    "payments by a common reference": `${list}&reference=order-17`,
    "payments by reference and status": `${list}&reference=order-17&status=authorized`,
    "payments by when money moved": `${list}&sort=paid`,
    "payments searched by the order's number": `${list}&q=${reference}`,
    "payments searched by our id": `${list}&q=${payment}`,
    "payments searched by an amount": `${list}&q=${encodeURIComponent("5,50")}`,
    "payments searched by a card's last digits": `${list}&q=1111`,
    "payments searched by an e-mail address": `${list}&q=${encodeURIComponent("ana@example.pt")}`,
    ...(transaction !== null && { "payments searched by SIBS's id": `${list}&q=${transaction}` }),
    ...(multibanco !== null && { "payments searched by a Multibanco reference": `${list}&q=${multibanco}` }),
    "sums of the last thirty days": "/v1/summaries/days",
    "refunds, newest": "/v1/refunds?limit=100",
    "captures by status": "/v1/captures?limit=100&status=failed",
    "what needs a person": "/v1/tasks?limit=100",
    "events, newest": "/v1/events?limit=100",
    "events of a type": "/v1/events?limit=100&type=payment.canceled",
    "events, from the midst on": `/v1/events?limit=100&after=${encodeURIComponent(pageAfter(event))}`,
    "plans, newest": "/v1/plans?limit=100",
    "mandates, newest": "/v1/mandates?limit=100",
    "mandates by status": "/v1/mandates?limit=100&status=suspended",
    ...(customer !== null && {
      "mandates by customer": `/v1/mandates?limit=100&customer=${customer}`,
      "mandates by customer and status": `/v1/mandates?limit=100&customer=${customer}&status=canceled`,
      "saved cards": `/v1/tokens?customer=${customer}`,
    }),
    ...(mandate !== null && {
      "payments by mandate": `${list}&mandate=${mandate}`,
      "payments by mandate and status": `${list}&mandate=${mandate}&status=open`,
    }),
    ...(plan !== null && { "payments by plan": `${list}&plan=${plan}` }),
    "whether it is ready": "/readyz",
    metrics: "/metrics",
  };
}

async function midstOf({ databaseUrl }: House): Promise<Midst> {
  const database = new pg.Client(databaseUrl);
  await database.connect();
  try {
    const middle = (table: string, moment: string) => `
      select * from caravela.${table}
       where ${moment} >= (select min(${moment}) + (max(${moment}) - min(${moment})) / 2 from caravela.${table})`;
    const { rows } = await database.query<Midst>(`
      select payment.id as payment, payment.reference, payment.state ->> 'payToken' as page, event.id as event,
             (select key from caravela.found_by where subject_id = payment.id and key like 's2%' limit 1) as transaction,
             (select substr(term, 12) from caravela.search_term where list = 'payment' and term > 'multibanco:' order by term limit 1) as multibanco,
             mandate.id as mandate, mandate.customer_id as customer, planned.plan_id as plan
        from (${middle("payment", "created_at")} order by created_at, id limit 1) as payment
             cross join (${middle("event", "at")} order by at, sequence, id limit 1) as event
             left join (${middle("mandate", "created_at")} order by created_at, id limit 1) as mandate on true
             left join (select plan_id from caravela.payment where plan_id > 'plan_' order by plan_id limit 1) as planned on true`);
    const [midst] = rows;
    if (midst === undefined) throw new Error("nothing is stored");
    return midst;
  } finally {
    await database.end();
  }
}
