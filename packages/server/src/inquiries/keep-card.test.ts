import { systemChance } from "@caravela/platform/chance";
import { expect, it } from "vitest";
import { CLOCK } from "../domain/by.ts";
import type { PaymentId } from "../domain/identifiers.ts";
import { newPayment, TEN, TERMS } from "../domain/payment/testing/builders.ts";
import { SavedCards } from "../storage/cards.ts";
import { PaymentStore } from "../storage/payments.ts";
import { dyingPool, testPool } from "../testing/pool.ts";
import { keepToken } from "./keep-card.ts";

const TOKEN = { value: "token of SIBS", maskedPan: "401200******1112" };
const CARD = { firstSix: "401200", brand: "VISA", lastFour: "1112", expiry: "2030-12" };

const ANA = { name: "Ana", email: null, phone: null, billingAddress: null, shippingAddress: null, signedIn: true };

const pool = await testPool({ max: 4 });

/** A process that dies once it has asked for so many statements. */
function server(statements = Number.POSITIVE_INFINITY) {
  const dying = dyingPool(pool, statements);
  const payments = new PaymentStore({
    pool: dying,
    given: () => ({ now: TEN, id: systemChance.id }),
    by: CLOCK,
    before: "52221",
    eventsOf: () => [],
    changed: () => undefined,
  });
  return { payments, savedCards: new SavedCards(dying) };
}

/** A payment by a card that its customer wants kept, whose transaction SIBS has done. */
async function paid(id: PaymentId): Promise<void> {
  const { payments } = server();
  const [attempt, transactionId] = [`att_${id}`, `s2_${id}`] as const;
  await payments.createOnce(() =>
    newPayment({ id, payToken: id, methods: ["card"], saveCard: true, customer: { ...ANA, id } }),
  );
  await payments.record(id, (_payment, { now: at }) => [
    { kind: "attempt_prepared", at, attempt, ...TERMS, method: "card", card: CARD },
    {
      kind: "attempt_submitted",
      at,
      attempt,
      transactionId,
      merchantTransactionId: attempt,
      checkoutExpiresAt: TEN,
      expiresAt: TEN,
    },
  ]);
}

const keep = (ports: ReturnType<typeof server>, id: PaymentId) => keepToken(ports, id, `att_${id}`, TOKEN);

it("a card is kept with the fact that says so: it does not come back, wherever whoever kept it died", async () => {
  const { payments, savedCards } = server();
  for (let statements = 1, isWhole = false; !isWhole; statements += 1) {
    const id: PaymentId = `pay_${statements}`;
    await paid(id);
    isWhole = await keep(server(statements), id).then(
      () => true,
      () => false,
    );
    const listed = await savedCards.of(id);
    const said = (await payments.load(id))?.savedCard?.id;
    expect(listed.map((one) => one.id)).toEqual(said === undefined ? [] : [said]);
    for (const one of listed) await savedCards.forget(one.id);
    await keep(server(), id);
    expect(await savedCards.of(id)).toHaveLength(1 - listed.length);
  }
});

it("a card that an earlier version kept, and died before it said so, is that of the fact", async () => {
  const { payments, savedCards } = server();
  await paid("pay_before");
  await pool.query(`
    insert into caravela.saved_card (id, terminal, customer_id, value, payment_id, transaction_id, consented_at, created_at)
    values ('tok_before', '52221', 'pay_before', 'token of SIBS', 'pay_before', 's2_pay_before', now(), now())`);
  await keep(server(), "pay_before");
  const said = (await payments.load("pay_before"))?.savedCard?.id;
  expect((await savedCards.of("pay_before")).map((one) => one.id)).toEqual([said]);
});

it("of a customer who was erased none is kept", async () => {
  const { payments, savedCards } = server();
  await paid("pay_erased");
  // it has the payment in mind as it was before
  const here = server();
  await here.payments.load("pay_erased");
  await payments.record("pay_erased", (_payment, { now: at }) => [{ kind: "customer_erased", at }]);
  await keep(here, "pay_erased");
  expect(await savedCards.of("pay_erased")).toEqual([]);
});
