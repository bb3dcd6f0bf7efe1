import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SibsEntry } from "../../tests/books/books.ts";
import { moneyOf, payableOf } from "../../tests/books/money.ts";
import { approve, askPhone, createPayment } from "../../tests/support/actions.ts";
import { createCardPayment, payByCard } from "../../tests/support/cards.ts";
import { type Stage, setStage } from "../../tests/support/stage.ts";
import { Diary } from "../town/diary.ts";
import type { Told } from "../town/shops.ts";
import { eventsOf } from "./events.ts";
import { keptOf } from "./promises.ts";
import { type Books, readBooks } from "./read.ts";

let stage: Stage;
let books: Books;
/** Paid by phone and refunded in part; held by card, captured in part, the rest given up. */
let [paid, held] = ["", ""];

beforeAll(async () => {
  stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
  paid = await createPayment(stage);
  await askPhone(stage, paid);
  await approve(stage);
  await stage.settle();
  await stage.api("POST", `/v1/payments/${paid}/refunds`, { amount: 200 });
  held = await createCardPayment(stage, { capture: "manual" });
  await payByCard(stage, held, "4111111111111111");
  await stage.api("POST", `/v1/payments/${held}/capture`, { amount: 300 });
  await stage.api("POST", `/v1/payments/${held}/cancel`);
  await stage.settle();
  const told = stage.events.map(
    ({ id, type, sequence, data: { payment } }): Told => ({
      id,
      type,
      sequence,
      subject: String(payment.id),
      status: String(payment.status),
      amountCaptured: Number(payment.amountCaptured),
      amountRefunded: Number(payment.amountRefunded),
    }),
  );
  books = await readBooks(stage.pool, [told], stage.now());
});
afterAll(() => stage.close());

const faultsOf = (one: Books) => [...moneyOf(one), ...payableOf(one), ...eventsOf(one)];

/** The books with SIBS's entries of a kind written otherwise. */
function sibsHas(kind: SibsEntry["kind"], change: Partial<SibsEntry> | null): Books {
  const changed = [...books.entries.values()].flatMap((entry) => {
    if (entry.kind !== kind) return [entry];
    return change === null ? [] : [{ ...entry, ...change }];
  });
  return withEntries(changed);
}

function withEntries(entries: readonly SibsEntry[]): Books {
  return {
    ...books,
    entries: new Map(entries.map((entry) => [entry.id, entry])),
    byOurId: Map.groupBy(entries, ({ merchantTransactionId }) => merchantTransactionId),
  };
}

describe("the books of a shop, of the server and of SIBS", () => {
  it("agree where nothing went wrong", () => {
    expect(books.payments.map(({ id }) => id).toSorted()).toEqual([paid, held].toSorted());
    expect(faultsOf(books)).toEqual([]);
  });

  it.each([
    ["money that SIBS took and nobody knows of", "payment", { id: "s2unknown" }, "loss"],
    ["a cent more taken", "payment", { captured: 551 }, "loss"],
    ["nothing taken of what is paid", "payment", { authorized: 0, captured: 0, refunded: 0, released: 0 }, "loss"],
    ["a refund that is not at SIBS", "refund", null, "loss"],
    ["a refund of another amount", "refund", { amount: 201 }, "double"],
    ["a refund that SIBS refused", "refund", { outcome: "not_possible" }, "loss"],
    ["a refund that is nobody's", "refund", { merchantTransactionId: "rfd_of_nobody" }, "loss"],
    ["a capture that is not at SIBS", "capture", null, "loss"],
    ["a release that is not at SIBS", "cancellation", null, "loss"],
    ["a reference that can be paid of what is over", "payment", { isPayable: true }, "double"],
  ] as const)("differ by %s", (_what, kind, change, found) => {
    expect(faultsOf(sibsHas(kind, change)).map((fault) => fault.kind)).toContain(found);
  });

  it("differ by a refund or a charge that is there twice", () => {
    for (const kind of ["refund", "payment"] as const) {
      const twice = [...books.entries.values()].flatMap((entry) =>
        entry.kind === kind ? [entry, { ...entry, id: `${entry.id}again` }] : [entry],
      );
      expect(faultsOf(withEntries(twice)).map((fault) => fault.kind)).toContain("double");
    }
  });

  it("differ by a second approval that did not go back", () => {
    const payments = books.payments.map((one) =>
      one.id === paid
        ? ({ ...one, fundedBy: null, status: "canceled", amountCaptured: 0 } as unknown as typeof one)
        : one,
    );
    expect(faultsOf({ ...books, payments }).map((fault) => fault.kind)).toContain("double");
  });

  it("differ by what is still under way, in doubt, or waits for a person", () => {
    const changed = (change: object) =>
      faultsOf({ ...books, payments: books.payments.map((one) => ({ ...one, ...change }) as typeof one) });
    const [attempt] = books.payments[0]?.attempts ?? [];
    expect(changed({ status: "authorized" })).not.toEqual([]);
    expect(changed({ attempts: [{ ...attempt, inDoubt: true }] })).not.toEqual([]);
    expect(changed({ attention: { reason: "in_doubt" } })).not.toEqual([]);
  });

  it("differ by what a plan charges no more once it has expired, and not before: it may be paid by another way", () => {
    const stopped = (expiresAt: number) => {
      const change = {
        status: "open",
        plan: {},
        charging: { isStopped: true },
        expiresAt,
        attempts: [],
        operations: [],
      };
      const payments = books.payments.map((one) =>
        one.id === paid ? ({ ...one, ...change } as unknown as typeof one) : one,
      );
      return moneyOf({ ...books, payments }).map(({ says }) => says);
    };
    expect(stopped(books.now + 1)).not.toContain("is open at the end");
    expect(stopped(books.now)).toContain("is open at the end");
  });

  it.each([
    ["an event that never came", (told: readonly Told[]) => told.slice(0, -1)],
    ["two events in the wrong order", (told: readonly Told[]) => told.toReversed()],
    [
      "a sum that the shop does not know",
      (told: readonly Told[]) => told.map((one) => ({ ...one, amountRefunded: 0 })),
    ],
  ])("differ by %s", (_what, change) => {
    const [told = []] = books.shops;
    expect(eventsOf({ ...books, shops: [change(told)] })).not.toEqual([]);
  });

  it("hold what was acknowledged, and say what is gone; what comes again may come late", () => {
    const diary = new Diary(() => 0);
    diary.acknowledged.set(paid, "payment");
    expect(keptOf(books, diary)).toEqual([]);
    diary.acknowledged.set("pay_gone", "payment");
    expect(keptOf(books, diary)).toMatchObject([{ kind: "loss", says: expect.stringContaining("pay_gone") }]);
    const [told = []] = books.shops;
    expect(eventsOf({ ...books, shops: [[...told, ...told.slice(0, 1)]] })).toEqual([]);
  });
});
