import { expect, expectTypeOf, it } from "vitest";
import type { Caravela, CaravelaEvent, Payment, ProblemError, UnknownEvent } from "./index.ts";

/** Compiled with everything else, and never run: what must not compile says so. */
export async function compiled(caravela: Caravela, event: CaravelaEvent, error: ProblemError): Promise<void> {
  const input = { amount: 550, currency: "EUR", reference: "order-17" } as const;
  await caravela.payments.create({ ...input, methods: ["mbway", "multibanco"], description: undefined, items: null });
  // @ts-expect-error that is no way to pay
  await caravela.payments.create({ ...input, methods: ["MB WAY"] });
  // @ts-expect-error a member that there is not
  await caravela.payments.create({ ...input, refrence: "order-17" });
  // @ts-expect-error without an amount
  await caravela.payments.create({ currency: "EUR", reference: "order-17" });
  // @ts-expect-error amounts are whole cents, and no text
  await caravela.refunds.create("pay_1", { amount: "1.00" });
  // @ts-expect-error an attempt is made by a way that there is
  await caravela.attempts.start("pay_1", { method: "mb_way" });
  // @ts-expect-error a filter that there is not
  caravela.payments.list({ state: "paid" });
  // @ts-expect-error an event that there is not
  await caravela.endpoints.create({ url: "https://shop.example", types: ["payment.payed"] });
  // @ts-expect-error what only reads has no idempotency key
  await caravela.payments.retrieve("pay_1", { idempotencyKey: "order-17" });
  // @ts-expect-error saved cards are somebody's
  caravela.tokens.list();

  const payment: Payment = await caravela.payments.retrieve("pay_1");
  // @ts-expect-error a status is told apart by its own words
  if (payment.status === "payed") return;
  // @ts-expect-error an answer is not changed
  payment.amount = 1;
  const { data } = await caravela.payments.list({ limit: 1 });
  expectTypeOf(data).toEqualTypeOf<readonly Payment[]>();
  for await (const one of caravela.payments.list()) expectTypeOf(one).toEqualTypeOf<Payment>();

  switch (event.type) {
    case "payment.paid":
      expectTypeOf(event.data.payment).toEqualTypeOf<Payment>();
      // @ts-expect-error it tells of no refund
      event.data.refund;
      break;
    case "refund.succeeded":
      expectTypeOf(event.data.refund.amount).toEqualTypeOf<number>();
      break;
    case "mandate.activated":
      expectTypeOf(event.data.mandate.id).toEqualTypeOf<string>();
      break;
    case "plan.charge_upcoming":
      expectTypeOf(event.data.plan.id).toEqualTypeOf<string>();
      break;
    // @ts-expect-error there is no such event
    case "payment.payed":
      break;
    case "endpoint.ping":
      break;
    default:
      // a later server's, which must be let pass
      if (event.type !== "payment.pending" && event.type !== "payment.created") break;
  }
  const isLater = (one: CaravelaEvent): one is UnknownEvent => one.type.startsWith("voucher.");
  if (isLater(event)) expectTypeOf(event.data).toEqualTypeOf<Readonly<Record<string, unknown>>>();

  if (error.problem.type === "/problems/refund_limit") expectTypeOf(error.problem.left).toEqualTypeOf<number>();
  // @ts-expect-error only some problems have it
  error.problem.left;
  if (error.code === "refund_exceeds_captured") return;
  // @ts-expect-error there is no such problem
  if (error.code === "refund_exceeds") return;
}

it("is held to its types by the compiler", () => {
  expect(compiled).toBeTypeOf("function");
});
