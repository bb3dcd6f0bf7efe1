import type { components } from "./api.d.ts";
import { answered, caravela, once, sandbox, untilPaid } from "./client.ts";

type AnyEvent = components["schemas"]["AnyEvent"];

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
const { id } = answered(
  await caravela.POST("/v1/payments", {
    params: { header: once() },
    body: { amount: 550, currency: "EUR", reference, description: "Two mugs" },
  }),
);

const started = answered(
  await caravela.POST("/v1/payments/{id}/attempts", {
    params: { header: once(), path: { id } },
    body: { method: "mbway", phone: "919 999 999" },
  }),
);
console.log(`${started.mbway?.phone} is asked for ${started.amount} cents`);
await sandbox("POST", "/phones/351%23919999999/approve");
await untilPaid(id);
console.log("paid");

const found = answered(await caravela.GET("/v1/payments", { params: { query: { q: reference } } }));
console.log(`found by its order: ${found.data.map((payment) => payment.id === id)}`);

const journal = answered(await caravela.GET("/v1/payments/{id}/journal", { params: { path: { id } } }));
console.log(journal.data.map(({ kind }) => kind).join(" "));

const refund = (amount: number) =>
  caravela.POST("/v1/payments/{id}/refunds", { params: { header: once(), path: { id } }, body: { amount } });
const tooMuch = await refund(551);
if (tooMuch.error?.type === "/problems/refund_exceeds_captured") console.log(tooMuch.error.detail);
const refunded = answered(await refund(100));
console.log(`refunded: ${refunded.amount} cents, ${refunded.status}`);
