import createClient from "openapi-fetch";
import type { components, paths } from "./api.d.ts";

type AnyEvent = components["schemas"]["AnyEvent"];

const { SERVER = "http://127.0.0.1:3000", GATEWAY = "http://127.0.0.1:4010", KEY = "sk_test_caravela" } = process.env;

const caravela = createClient<paths>({ baseUrl: SERVER, headers: { authorization: `Bearer ${KEY}` } });

/** Each request has a key of its own: sent again with it, it is answered as it was the first time. */
const once = () => ({ "Idempotency-Key": crypto.randomUUID() });

/** What the shop does with an event. Its type says what it holds. */
export function told(event: AnyEvent): string {
  switch (event.type) {
    case "payment.paid":
      return `${event.data.payment.reference}: ${event.data.payment.amountCaptured} cents were paid`;
    case "refund.succeeded":
      return `${event.data.payment.reference}: ${event.data.refund.amount} cents went back`;
    case "mandate.activated":
      return `${event.data.mandate.customer.name} agreed`;
    default:
      return event.type;
  }
}

const reference = `order-${crypto.randomUUID()}`;
const created = await caravela.POST("/v1/payments", {
  params: { header: once() },
  body: { amount: 550, currency: "EUR", reference, description: "Two mugs" },
});
if (created.error !== undefined) throw new Error(created.error.detail);
const { id } = created.data;

const started = await caravela.POST("/v1/payments/{id}/attempts", {
  params: { header: once(), path: { id } },
  body: { method: "mbway", phone: "919 999 999" },
});
if (started.error !== undefined) throw new Error(started.error.detail);
console.log(`${started.data.mbway?.phone} is asked for ${started.data.amount} cents`);
await fetch(`${GATEWAY}/sandbox/phones/351%23919999999/approve`, { method: "POST" });

for (let status = ""; status !== "paid"; await new Promise((resume) => setTimeout(resume, 100))) {
  const read = await caravela.GET("/v1/payments/{id}", { params: { path: { id } } });
  if (read.error !== undefined) throw new Error(read.error.detail);
  status = read.data.status;
}
console.log("paid");

const found = await caravela.GET("/v1/payments", { params: { query: { q: reference } } });
console.log(`found by its order: ${found.data?.data.map((payment) => payment.id === id)}`);

const journal = await caravela.GET("/v1/payments/{id}/journal", { params: { path: { id } } });
console.log(journal.data?.data.map(({ kind }) => kind).join(" "));

const refund = (amount: number) =>
  caravela.POST("/v1/payments/{id}/refunds", { params: { header: once(), path: { id } }, body: { amount } });
const tooMuch = await refund(551);
if (tooMuch.error?.type === "/problems/refund_exceeds_captured") console.log(tooMuch.error.detail);
const refunded = await refund(100);
console.log(`refunded: ${refunded.data?.amount} cents, ${refunded.data?.status}`);
