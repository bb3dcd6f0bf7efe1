import { describe, expect, it } from "vitest";
import { CLOCK } from "../by.ts";
import { isRefusal } from "../decision.ts";
import { failure } from "../failure.ts";
import { FACTS_VERSION } from "../stored.ts";
import { DAY, MINUTE, SECOND } from "../time.ts";
import { apply } from "./apply.ts";
import { endUnsent, startAttempt } from "./begin.ts";
import { after } from "./decision.ts";
import { nextDue, tasksOf } from "./due.ts";
import { bringUpFact } from "./earlier-facts.ts";
import { cancel } from "./end.ts";
import type { Fact } from "./facts.ts";
import { hear } from "./hear.ts";
import { liveIn } from "./live-in.ts";
import type { Payment } from "./state.ts";
import { asStored, bringUpPayment } from "./stored.ts";
import {
  at,
  mbwayWaiting,
  PHONE,
  paymentAfter,
  phoneFrom,
  referenceWaiting,
  said,
  TEN,
  TERMS,
} from "./testing/builders.ts";
import { dropWish, endLeft, giveUpWish, keepWhileWithdrawn, keepWish, type Wanted, wishAgain } from "./wish.ts";

const METHODS = ["mbway", "multibanco", "card"] as const;
const waiting = paymentAfter(mbwayWaiting(TEN), { methods: METHODS });
const soon = at(TEN + 30 * SECOND);
const SAME_PHONE = { method: "mbway", phone: PHONE } as const;
const OTHER_PHONE = { method: "mbway", phone: phoneFrom("912345678") } as const;
const REFERENCE = { method: "multibanco", phone: null } as const;
const CARD = { method: "card", phone: null } as const;

function wishing(payment: Payment, wanted: Wanted, given = soon): Payment {
  const decision = keepWish(payment, wanted, given);
  if (isRefusal(decision)) throw new Error(decision.refused);
  return after(payment, decision);
}

const begun = (payment: Payment, now: number) =>
  tasksOf(payment, at(now)).filter(({ do: what }) => what === "begin_wish");

const WAYS = [SAME_PHONE, OTHER_PHONE, REFERENCE] as const;

/** What a wish began, and nobody has sent. */
function left(wanted: Wanted) {
  const wished = wishing(waiting, wanted);
  const now = TEN + 61 * SECOND;
  const ended = after(wished, hear(wished, "att_1", said("Declined"), at(now)));
  const next = startAttempt(ended, { ...TERMS, ...wanted, id: "att_2", seen: 1, wished: true }, at(now));
  if (isRefusal(next)) throw new Error(next.refused);
  return { payment: after(ended, next), now: now + 30 * SECOND };
}

describe("a wish whose attempt whoever began it did not come to send", () => {
  it.each(WAYS)("is wished for again, and begun again: $method $phone", (wanted) => {
    const { payment, now } = left(wanted);
    expect(tasksOf(payment, at(now))).toEqual([{ do: "end_unsent", attempt: "att_2" }]);
    const ended = after(payment, endLeft(payment, "att_2", at(now)));
    expect(ended.attempts[1]).toMatchObject({ status: "expired", failure: { reason: "not_sent" } });
    expect(begun(ended, now)).toEqual([{ do: "begin_wish", wish: { ...wanted, at: now, seen: 2 } }]);
  });

  it("is not, where its customer has begun something else by then, or nobody can pay any more", () => {
    const { payment, now } = left(REFERENCE);
    const other = startAttempt(payment, { ...TERMS, ...OTHER_PHONE, id: "att_3" }, at(now));
    if (isRefusal(other)) throw new Error(other.refused);
    expect(endLeft(after(payment, other), "att_2", at(now))).toMatchObject([{ kind: "attempt_ended" }]);
    expect(endLeft(after(payment, other), "att_2", at(now))[0]).not.toHaveProperty("left");
    const canceled = cancel(payment, at(now));
    if (isRefusal(canceled)) throw new Error(canceled.refused);
    expect(endLeft(after(payment, canceled), "att_2", at(now))).toHaveLength(1);
  });

  it("is called back by its customer: by a wish for nothing, or for what can begin at once", () => {
    const { payment, now } = left(OTHER_PHONE);
    const dropped = after(payment, dropWish(payment, at(now - 20 * SECOND)));
    const carded = wishing(payment, CARD, at(now - 20 * SECOND));
    for (const one of [dropped, carded]) {
      expect(one).toMatchObject({ wish: null, attempts: [{}, { status: "expired" }] });
      expect(tasksOf(one, at(now)).filter(({ do: what }) => what !== "expire_payment")).toEqual([]);
    }
  });

  it("is wished for again where its submission met what passes", () => {
    const { payment, now } = left(REFERENCE);
    expect(wishAgain(payment, "att_2", at(now))).toHaveLength(2);
    expect(endUnsent(payment, "att_2", at(now))).toHaveLength(1);
  });

  it("is not, where a press of the customer had begun it: they see that nothing came of it", () => {
    const pressed = startAttempt(paymentAfter([]), { ...TERMS, ...SAME_PHONE, id: "att_1" }, at(TEN));
    if (isRefusal(pressed)) throw new Error(pressed.refused);
    expect(endLeft(paymentAfter(pressed), "att_1", at(TEN + 10 * MINUTE))).toMatchObject([{ left: true }]);
  });
});

describe("a press while a request is on a phone", () => {
  it.each(WAYS)("is kept, and begun when SIBS is done with it unpaid: $method $phone", (wanted) => {
    const wished = wishing(waiting, wanted);
    expect(wished.wish).toEqual({ ...wanted, at: soon.now, seen: 1 });
    expect(begun(wished, TEN + 60 * SECOND)).toEqual([]);
    const now = TEN + 61 * SECOND;
    const ended = after(wished, hear(wished, "att_1", said("Declined"), at(now)));
    expect(begun(ended, now)).toEqual([{ do: "begin_wish", wish: wished.wish }]);
    const next = startAttempt(ended, { ...TERMS, ...wanted, id: "att_2", seen: 1 }, at(now));
    if (isRefusal(next)) throw new Error(next.refused);
    expect(after(ended, next)).toMatchObject({ wish: null, attempts: [{}, { method: wanted.method }] });
  });

  it.each(WAYS)("is begun at 5:30 at the latest, when SIBS still does not know: $method $phone", (wanted) => {
    const wished = wishing(waiting, wanted);
    expect(hear(wished, "att_1", said("Pending"), at(TEN + 329 * SECOND))).toMatchObject([{ kind: "attempt_asked" }]);
    const now = TEN + 330 * SECOND;
    const facts = hear(wished, "att_1", said("Pending"), at(now));
    expect(facts).toMatchObject([{ kind: "attempt_ended", by: CLOCK }]);
    expect(begun(after(wished, facts), now)).toHaveLength(1);
  });

  it("is one however often it is pressed, makes way for another, and can be withdrawn", () => {
    const wished = wishing(waiting, REFERENCE);
    expect(keepWish(wished, REFERENCE, soon)).toEqual([]);
    const other = wishing(wished, OTHER_PHONE);
    expect(other.wish).toMatchObject(OTHER_PHONE);
    expect(after(other, dropWish(other, soon)).wish).toBeNull();
    expect(dropWish(waiting, soon)).toEqual([]);
  });

  it("is given up when it cannot be begun, and takes none with it that was pressed since", () => {
    const first = wishing(waiting, OTHER_PHONE);
    if (first.wish === null) throw new Error("nothing is wished for");
    const since = wishing(first, REFERENCE);
    expect(giveUpWish(since, first.wish, soon, null)).toEqual([]);
    expect(after(first, giveUpWish(first, first.wish, soon, null)).wish).toBeNull();
  });

  it("of a page that has not seen the request is none", () => {
    expect(keepWish(waiting, { ...REFERENCE, seen: 0 }, soon)).toEqual({ refused: "attempt_meanwhile" });
  });

  it("is refused for a way that is not offered, and where nothing can be paid any more", () => {
    expect(keepWish(paymentAfter(mbwayWaiting(TEN)), CARD, soon)).toMatchObject({ refused: "method_not_offered" });
    expect(keepWish(waiting, REFERENCE, at(TEN + 3 * DAY))).toEqual({ refused: "payment_expired" });
  });

  it("of a card is kept without the card: nothing begins by itself, and nobody is kept from being erased by it", () => {
    const wished = wishing(waiting, CARD);
    const now = TEN + 61 * SECOND;
    const ended = after(wished, hear(wished, "att_1", said("Declined"), at(now)));
    expect(ended).toMatchObject({ status: "open", wish: CARD });
    expect(begun(ended, now)).toEqual([]);
    expect(liveIn(ended)).toEqual([]);
  });

  it("of a phone that nobody named opens the way for it: nothing begins by itself", () => {
    const wished = wishing(waiting, { method: "mbway", phone: null });
    const now = TEN + 61 * SECOND;
    const ended = after(wished, hear(wished, "att_1", said("Declined"), at(now)));
    expect(ended).toMatchObject({ status: "open", wish: { method: "mbway", phone: null } });
    expect(begun(ended, now)).toEqual([]);
    expect(liveIn(ended)).toEqual([]);
  });

  it("is refused once they have filled the journal, and can be withdrawn still", () => {
    let payment = waiting;
    const pressed = () => keepWish(payment, payment.wish?.method === "card" ? REFERENCE : CARD, soon);
    for (let one = pressed(); payment.version < 2_000 && !isRefusal(one); one = pressed())
      payment = after(payment, one);
    expect(pressed()).toEqual({ refused: "too_many_attempts" });
    expect(payment.version).toBeLessThan(1_000);
    expect(after(payment, dropWish(payment, soon)).wish).toBeNull();
  });

  it("is forgotten when the request is approved after all, or the shop cancels", () => {
    const wished = wishing(waiting, REFERENCE);
    expect(after(wished, hear(wished, "att_1", said("Success"), soon))).toMatchObject({ status: "paid", wish: null });
    const canceled = cancel(wished, soon);
    expect("refused" in canceled ? null : after(wished, canceled)).toMatchObject({ status: "canceled", wish: null });
  });
});

describe("a press while a reference is in doubt", () => {
  it("is begun once the reference is known, which then makes way", () => {
    const sent = referenceWaiting(TEN).slice(0, 2);
    const doubted = paymentAfter([...sent, { kind: "attempt_in_doubt", at: TEN, attempt: "att_1" }]);
    const wished = wishing(doubted, SAME_PHONE);
    expect(begun(wished, soon.now)).toEqual([]);
    const known = after(wished, referenceWaiting(soon.now).slice(2));
    expect(begun(known, soon.now)).toHaveLength(1);
  });

  it("is not needed where nothing is in its way", () => {
    expect(keepWish(paymentAfter(referenceWaiting(TEN)), SAME_PHONE, soon)).toEqual([]);
    expect(keepWish(paymentAfter([]), REFERENCE, soon)).toEqual([]);
  });
});

describe("a kept wish as it is stored", () => {
  const read = (payment: object) => bringUpPayment(JSON.parse(JSON.stringify(payment)));

  it.each([...WAYS, CARD])("is read as it was written: $method $phone", (wanted) => {
    const wished = wishing(waiting, wanted);
    expect(read(asStored(wished))).toEqual(wished);
  });

  it("of the version before is one for MB WAY", () => {
    const { wish: _wish, overlap: _overlap, ...before } = waiting;
    const stored = { ...before, again: { phone: PHONE, at: soon.now } };
    expect(read(stored)).toEqual({ ...waiting, wish: { ...SAME_PHONE, at: soon.now, seen: 1 } });
    expect(read({ ...before, again: null })).toEqual(waiting);
  });

  it("for a phone that the version before has put in place of another way is one for MB WAY", () => {
    const stored = { ...asStored(wishing(waiting, REFERENCE)), again: { phone: PHONE, at: soon.now } };
    expect(read(stored).wish).toEqual({ ...SAME_PHONE, at: soon.now, seen: 1 });
  });

  it("is over where the version before, beside this one, has carried it out or ended the payment", () => {
    const [phone, reference] = [asStored(wishing(waiting, OTHER_PHONE)), asStored(wishing(waiting, REFERENCE))];
    expect(read({ ...phone, again: null }).wish).toBeNull();
    expect(read({ ...reference, attempts: [...waiting.attempts, ...waiting.attempts] }).wish).toBeNull();
    expect(read({ ...reference, status: "canceled" }).wish).toBeNull();
  });
});

it.each([2, FACTS_VERSION])(
  "is read as well where it was written by another word, with facts of version %i",
  (version) => {
    const before = { at: new Date(soon.now), version };
    const wanted = bringUpFact(waiting, { ...before, kind: "again_wanted", data: { phone: PHONE } });
    const wished = apply(waiting, wanted);
    expect(wished).toMatchObject({ wish: { ...SAME_PHONE, at: soon.now } });
    expect(apply(wished, bringUpFact(wished, { ...before, kind: "again_dropped", data: {} })).wish).toBeNull();
    const said = { attempt: "att_1", notification: "n1", success: true, paid: true, by: null, next: soon.now };
    const notified = bringUpFact(waiting, { ...before, kind: "attempt_noticed", data: said });
    expect(apply(waiting, notified)).toMatchObject({ attempts: [{ paidNoticeAt: soon.now }] });
  },
);

describe("a press that a reference is withdrawn for", () => {
  const referred = paymentAfter(referenceWaiting(TEN), { methods: METHODS });
  const pressed = (payment: Payment, wanted: Wanted) => after(payment, keepWhileWithdrawn(payment, wanted, soon));

  it("is begun by the next, where whoever it was pressed at has not begun it within half a minute", () => {
    const wished = pressed(referred, SAME_PHONE);
    expect(begun(wished, soon.now + 29 * SECOND)).toEqual([]);
    expect(nextDue(wished)).toBeLessThanOrEqual(soon.now + 30 * SECOND);
    expect(begun(wished, soon.now + 30 * SECOND)).toMatchObject([{ do: "begin_wish", wish: SAME_PHONE }]);
    const next = startAttempt(after(referred, [GONE]), { ...TERMS, ...SAME_PHONE, id: "att_2", seen: 1 }, soon);
    if (isRefusal(next)) throw new Error(next.refused);
    expect(after(wished, [GONE, ...next]).wish).toBeNull();
  });

  it("is kept nowhere of a card, nor where nobody can pay any more", () => {
    expect(pressed(referred, CARD).wish).toBeNull();
    const canceled = cancel(referred, soon);
    if (isRefusal(canceled)) throw new Error(canceled.refused);
    expect(pressed(after(referred, canceled), SAME_PHONE).wish).toBeNull();
  });
});

const GONE: Fact = {
  kind: "attempt_ended",
  at: soon.now,
  attempt: "att_1",
  status: "canceled",
  failure: failure("left_for_another_method"),
};
