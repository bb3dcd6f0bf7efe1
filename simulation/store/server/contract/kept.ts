import { cents } from "@caravela/sibs/money";
import { expect, it } from "vitest";
import { failure } from "../../../../packages/server/src/domain/failure.ts";
import type { SavedCardId } from "../../../../packages/server/src/domain/identifiers.ts";
import type { Budget } from "../../../../packages/server/src/domain/limit.ts";
import { endUnsent } from "../../../../packages/server/src/domain/payment/begin.ts";
import type { Fact } from "../../../../packages/server/src/domain/payment/facts.ts";
import {
  approved,
  mbwayWaiting,
  newPayment,
  PHONE,
  phoneFrom,
  TERMS,
} from "../../../../packages/server/src/domain/payment/testing/builders.ts";
import { CardTries } from "../../../../packages/server/src/storage/card-tries.ts";
import { type SavedCard, SavedCards } from "../../../../packages/server/src/storage/cards.ts";
import { Continuations } from "../../../../packages/server/src/storage/continuations.ts";
import { PhoneRequests } from "../../../../packages/server/src/storage/phone-requests.ts";
import { RefundDays, spentOf } from "../../../../packages/server/src/storage/refund-days.ts";
import type { BothServers } from "../testing/both-servers.ts";
import { refusal } from "../testing/refusal.ts";
import type { Stores } from "../testing/stores.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

async function created({ payments }: Stores, name: string) {
  const id = `pay_${name}` as const;
  await payments.createOnce(() => newPayment({ id, payToken: `kept ${name}` }));
  return { id, terminal: "52221" } as const;
}

/** A payment with a refund of a euro that is to count in these days, and in one that has no row. */
async function refunding(stores: Stores, name: string, budgets: readonly Budget[]) {
  const { id } = await created(stores, name);
  const { payments, time } = stores;
  const [operation, attempt] = [`rfd_${name}`, `att_${name}`] as const;
  const refund = { operationKind: "refund", attempt, amount: cents(100), reason: "requested" } as const;
  const countsFor = [...budgets.map(({ key }) => key), "key_unknown"] as const;
  const facts = (at: number): readonly Fact[] => [
    ...mbwayWaiting(at, attempt),
    approved(at, attempt),
    { kind: "operation_requested", at, operation, ...refund, countsFor },
  ];
  // each at a moment of its own: what is due at the same moment has no order
  for (const [place] of facts(0).entries()) {
    time.now += 1_000;
    await payments.record(id, (_state, { now }) => facts(now).slice(place, place + 1));
  }
  return id;
}

/** What is kept beside payments. */
export function whatIsBesideIsKept(servers: BothServers): void {
  it("how a card's purchase goes on is kept, replaced, and forgotten after a day", async () => {
    await servers.same(async ({ pool, clock, chance, terminals, time }) => {
      const continuations = new Continuations({ pool, clock, chance, terminals: terminals as never });
      const of = { terminal: "52221" } as const;
      await continuations.keep(of, "att_c1", { transactionId: "s2_1", signature: "one" });
      await continuations.keep(of, "att_c1", { transactionId: "s2_2", signature: "two" });
      const found = [await continuations.find(of, "att_c1"), await continuations.find(of, "att_none")];
      time.now += 2 * DAY;
      await continuations.purge();
      return found;
    });
    await servers.sameRows("continuation");
  });

  it("tries by card are counted, by payment, address and terminal", async () => {
    const said = await servers.same(async (stores) => {
      const { pool, clock, time } = stores;
      const limits = { perPayment: 3, perAddress: 4, perTerminal: 6 };
      const tries = new CardTries({ pool, clock, limits, before: "52221" });
      const [one, other] = [await created(stores, "t1"), await created(stores, "t2")];
      const counted = [];
      for (const payment of [one, one, one, one, other]) counted.push(await tries.count(payment, "203.0.113.7"));
      for (const from of ["203.0.113.7", null, "2001:db8::1", null]) counted.push(await tries.count(other, from));
      time.now += 61 * MINUTE;
      counted.push(await tries.count(one, null));
      time.now += 2 * DAY;
      await tries.purge();
      return counted;
    });
    expect(said.filter((one) => one !== null)).not.toEqual([]);
    await servers.sameRows("card_try");
  });

  it("a card is saved once for each transaction, with the fact that says so", async () => {
    await servers.same(async (stores) => {
      const { pool, payments, clock } = stores;
      const cards = new SavedCards(pool);
      const { id: paymentId } = await created(stores, "s1");
      const card = (id: SavedCardId, transactionId: string, value = "v"): SavedCard => ({
        id,
        terminal: "52221",
        customerId: "maria",
        value,
        brand: "VISA",
        lastFour: "1111",
        expiry: null,
        paymentId,
        transactionId,
        consentedAt: clock.now(),
        createdAt: clock.now(),
      });
      const keep = (one: SavedCard | null) => payments.saveCard(one?.paymentId ?? paymentId, () => one);
      await keep(card("tok_1", "s2_card1"));
      await keep(card("tok_2", "s2_card1", "newer"));
      await keep(card("tok_3", "s2_card3"));
      await keep(null);
      const refused = [await refusal(keep(card("tok_3", "s2_card5")))];
      refused.push(await refusal(keep({ ...card("tok_4", "s2_card4"), paymentId: "pay_none" })));
      const of = await cards.of("maria");
      const ground = await cards.standingOn("tok_3");
      const on = await payments.decideOn(
        (await created(stores, "s2")).id,
        () => cards.standingOn("tok_3"),
        (_state, standing, { now: at }) =>
          standing === null
            ? { refused: "attempt_over" }
            : [{ kind: "attempt_prepared", at, attempt: "att_s2", ...TERMS, method: "token", token: "tok_3" }],
      );
      const forgotten = [await cards.forget("tok_3"), await cards.forget("tok_3"), await cards.find("tok_3")];
      return { refused, of, ground, on, forgotten };
    });
    await servers.sameRows();
  });

  it("a phone is left alone when it was asked too often, but by what its owner said yes to", async () => {
    const said = await servers.same(async (stores) => {
      const { pool, clock, payments, time } = stores;
      const requests = new PhoneRequests(pool, clock, { most: 2, withinMinutes: 30 });
      const { id: of } = await created(stores, "p1");
      const ask = (attempt: `att_${string}`, phone = PHONE) => requests.count(phone, { id: attempt, of });
      const counted = [await ask("att_p1"), await ask("att_p2"), await ask("att_p3")];
      counted.push(await ask("att_p1", phoneFrom("910000009")));
      await payments.decide(of, (_state, { now: at }) => [
        { kind: "attempt_prepared", at, attempt: "att_p1", ...TERMS, method: "mbway", phone: PHONE },
      ]);
      await payments.decide(of, (state, given) => endUnsent(state, "att_p1", given));
      counted.push(await ask("att_p4"), await ask("att_p5"));
      time.now += 31 * MINUTE;
      counted.push(await ask("att_p6"));
      time.now += 2 * DAY;
      await requests.purge();
      return counted;
    });
    expect(said.filter((one) => one !== null)).not.toEqual([]);
    await servers.sameRows("phone_request");
  });

  it("what is refunded in a day counts, is undone whole where it is too much, and counts no more where nothing came of it", async () => {
    const budgets: readonly Budget[] = [
      { key: "key_1", most: cents(1_000) },
      { key: "key_2", most: cents(500) },
    ];
    const said = await servers.same(async (stores) => {
      const { pool, clock, payments, time } = stores;
      const days = new RefundDays(pool, clock);
      const spend = async (name: string, amount: number) => {
        const { id } = await created(stores, name);
        const spent = spentOf(budgets, cents(amount), time.now);
        const decide = payments.decide(id, (_state, { now: at }) => [{ kind: "payment_canceled", at }], undefined, {
          spends: () => spent,
        });
        return {
          refused: await refusal(decide),
          status: (await payments.load(id))?.status,
          left: await days.left(budgets),
        };
      };
      const all = [await spend("r1", 300), await spend("r2", 201)];
      time.now += 1_000;
      const id = await refunding(stores, "r0", budgets);
      const left = () => days.left(budgets);
      all.push({ refused: null, status: "paid", left: await left() });
      time.now += 1_000;
      await payments.record(id, (_state, { now: at }) => [
        {
          kind: "operation_failed",
          at,
          operation: "rfd_r0",
          failure: failure("refund_refused"),
          transactionId: null,
        },
      ]);
      all.push({ refused: null, status: "paid", left: await left() });
      time.now += 1_000;
      all.push(await spend("r3", 200), await spend("r4", 2_000), await spend("r5", 99));
      time.now += DAY;
      all.push(await spend("r6", 500));
      time.now += 7 * DAY;
      await days.purge();
      return all;
    });
    expect(said.map(({ refused }) => refused !== null)).toEqual([false, true, false, false, false, true, false, false]);
    await servers.sameRows();
  });
}
