import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Given, isRefusal } from "../decision.ts";
import { isLive } from "../methods/types.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../time.ts";
import { replay } from "./apply.ts";
import { type Attempt, isClaimed } from "./attempt.ts";
import { attentionsOf } from "./attention.ts";
import { doubtAttempt, endUnsent } from "./begin.ts";
import type { Decision } from "./decision.ts";
import { after } from "./decision.ts";
import { nextDue, tasksOf } from "./due.ts";
import type { Fact } from "./facts.ts";
import { expire, giveUpCharge, hear } from "./hear.ts";
import { isInSums, isUnderWay, type Operation } from "./operation.ts";
import { hearNothingOfOperation, hearOperation, sendOrPutOff } from "./operations.ts";
import { requestOwed } from "./owed.ts";
import type { Report } from "./report.ts";
import { requestReturn, resolveAttention, settleAttempt, settleOperation } from "./settle.ts";
import {
  type NewPayment,
  type Payment,
  type PaymentStatus,
  returnable,
  returnedOf,
  sumOf,
  takenAside,
} from "./state.ts";
import { mbwayWaiting, newPayment, OF_PLAN, paymentAfter, said, saidOfReference, TEN } from "./testing/builders.ts";
import { command, commandNames, type Move, SAID } from "./testing/commands.ts";
import { INNER_DECISIONS, PAYMENT_DECISIONS } from "./testing/decisions.ts";
import { withdrawalDone, withdrawReference } from "./withdraw.ts";

const wait = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 90 * SECOND }) },
  { weight: 3, arbitrary: fc.constantFrom(4 * MINUTE, 330 * SECOND, 7 * MINUTE, 11 * MINUTE) },
  { weight: 1, arbitrary: fc.constantFrom(HOUR, DAY, 4 * DAY) },
);
/** The first of a few decisions that changes something, after a while: else most steps of a life would change nothing. */
const move = fc.record({ tries: fc.array(command, { minLength: 1, maxLength: 4 }), waitMs: wait });
const life = fc.record({
  moves: fc.array(move, { minLength: 5, maxLength: 60, size: "max" }),
  latePayments: fc.constantFrom("refund" as const, "accept" as const),
  capture: fc.constantFrom("automatic" as const, "manual" as const),
  chargedBy: fc.oneof(
    { weight: 4, arbitrary: fc.constant("customer" as const) },
    fc.constantFrom("shop" as const, "plan" as const),
  ),
});
type Life = typeof life extends fc.Arbitrary<infer One> ? One : never;

/** Who charges: the customer alone; the shop, a saved card at once; or a plan, its mandate, day after day. */
const CHARGED_BY = {
  customer: {},
  shop: { initiator: "merchant", token: "tok_1" },
  plan: OF_PLAN,
} as const satisfies Record<Life["chargedBy"], Partial<NewPayment>>;

const LIVES = 1_500;

/** How a payment may move besides when SIBS says the opposite of what a person had settled. */
const MOVES: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  open: ["pending", "authorized", "paid", "canceled", "expired"],
  pending: ["open", "authorized", "paid", "canceled"],
  authorized: ["paid", "canceled"],
  paid: [],
  canceled: ["authorized", "paid"],
  expired: ["authorized", "paid"],
};

/** Lives a payment's life and looks at it after every step. */
function live({ moves, chargedBy, ...terms }: Life, look: Look): void {
  const first = newPayment({ ...terms, ...CHARGED_BY[chargedBy], methods: ["mbway", "multibanco", "card", "mandate"] });
  const journal: Fact[] = [{ kind: "payment_created", at: TEN, payment: first }];
  let payment = replay(journal);
  let now = TEN;
  let count = 0;
  for (const { tries, waitMs } of moves) {
    now += waitMs;
    const given: Given = { now, id: (prefix) => `${prefix}_${++count}` };
    let facts: readonly Fact[] = [];
    let made = tries[0];
    for (const one of tries) {
      const decision = one.command(payment, given);
      facts = isRefusal(decision) ? [] : decision;
      made = one;
      if (facts.length > 0) break;
    }
    if (made === undefined) continue;
    const { name, report } = made;
    journal.push(...facts);
    const before = payment;
    payment = after(payment, facts);
    look({ before, payment, facts, journal, now, name, said: HEARS.includes(name) ? report : null });
  }
}

/** The commands by which SIBS says something of an attempt. */
const HEARS: readonly string[] = ["hear", "settleAttempt", "resolveAttention"];
const FINAL: readonly string[] = ["Declined", "Timeout", "Error", "Expired"];
const UNPAID: readonly string[] = ["Pending", "Partial"];

/** SIBS answers at once from now on, for a day: it does whatever it is asked for, it holds each reference to be payable until it is withdrawn, and nothing else to be paid. */
function reachable(from: { readonly payment: Payment; readonly now: Instant }): { payment: Payment; now: Instant } {
  let { payment, now } = from;
  let count = 0;
  const given = (): Given => ({ now, id: (prefix) => `${prefix}_${++count}_late` });
  const decide = (decision: Decision) => {
    if (!isRefusal(decision)) payment = after(payment, decision);
  };
  for (let due = nextDue(payment); due !== null && due < from.now + DAY && count < 1_000; due = nextDue(payment)) {
    now = Math.max(now, due);
    count += 1;
    for (const task of tasksOf(payment, given())) {
      if (task.do === "withdraw_reference") {
        decide(withdrawReference(payment, task.attempt, given()));
        decide(withdrawalDone(payment, task.attempt, given()));
      }
      if (task.do === "doubt_attempt") decide(doubtAttempt(payment, task.attempt, given()));
      if (task.do === "end_unsent") decide(endUnsent(payment, task.attempt, given()));
      if (task.do === "ask_attempt") {
        const { method } = payment.attempts.find(({ id }) => id === task.attempt) ?? {};
        const says = method === "multibanco" ? saidOfReference("Pending", "UNPAID") : said("Declined");
        decide(hear(payment, task.attempt, says, given()));
      }
      if (task.do === "request_owed") decide(requestOwed(payment, task.attempt, given()));
      if (task.do === "expire_payment") decide(expire(payment, given()));
      if (task.do === "give_up_charge") decide(giveUpCharge(payment, given()));
      if ("operation" in task) {
        const { operation } = task;
        // what counts as never sent was not: it is found no more than before
        const isOpen = payment.operations.some((one) => one.id === operation && isUnderWay(one));
        if (isOpen) decide([{ kind: "operation_succeeded", at: now, operation, transactionId: null }]);
        else decide(hearNothingOfOperation(payment, operation, "unknown", given()));
      }
    }
  }
  return { payment, now };
}

type Look = (seen: {
  readonly before: Payment;
  readonly payment: Payment;
  readonly facts: readonly Fact[];
  readonly journal: readonly Fact[];
  readonly now: Instant;
  /** The command of this step. */
  readonly name: Move["name"];
  /** What SIBS said in this step; null: nothing. */
  readonly said: Report | null;
}) => void;

/** Whether SIBS has said the opposite of what a person had settled, or a person that a success which SIBS took back was none. */
const isCorrection = (fact: Fact): boolean =>
  fact.kind === "attempt_refuted" || (fact.kind === "attention_raised" && fact.reason === "proved_after_all");

const wasRefuted = (journal: readonly Fact[], attempt: string): boolean =>
  journal.some((one) => isCorrection(one) && "attempt" in one && one.attempt === attempt);

/** Whether what an operation was for is asked for anew by itself, because SIBS refused nothing. */
const isTriedAnew = ({ failure }: Operation): boolean =>
  failure?.reason === "not_taken" || failure?.reason === "not_sent";

/** Whether a person leads on with an attempt's money: SIBS refused what must happen by itself, or has failed to do it ten times, or they have acted. */
const isForPerson = ({ operations, fundedBy }: Payment, { id, takenBackAt }: Attempt): boolean => {
  const own = operations.filter((one) => one.attempt === id && (id !== fundedBy || one.kind !== "refund"));
  const failed = own.filter(({ status, reason }) => status === "failed" && reason !== "returned");
  const tenth = failed.filter((one) => isTriedAnew(one)).length >= 10;
  const isTheirs = own.some(({ settled, reason }) => settled !== null || reason === "requested");
  return tenth || isTheirs || takenBackAt !== null || failed.some((one) => !isTriedAnew(one));
};

/** What of an attempt's money is not where it must go, in cents: late or double money that is still here, a hold that is still to be captured. */
const misplaced = (payment: Payment, { id, taken }: Attempt): number => {
  if (id === payment.fundedBy) {
    const { capture, status, amountAuthorized, amountCaptured, amountReleased } = payment;
    return capture === "automatic" && status === "authorized" ? amountAuthorized - amountCaptured - amountReleased : 0;
  }
  const back = payment.operations.filter((one) => one.attempt === id && one.status === "succeeded" && !isInSums(one));
  return (taken?.amount ?? 0) - back.reduce((sum, { amount }) => sum + amount, 0);
};

const always = (look: Look) =>
  fc.assert(
    fc.property(life, (one) => live(one, look)),
    { numRuns: LIVES },
  );

describe("whatever happens to a payment", () => {
  it("captures and cancels no more than was authorized, and refunds no more than was captured, doubts counted, unless SIBS proves it", () => {
    always(({ payment }) => {
      if (payment.isCorrected) return;
      const { amountAuthorized, amountCaptured, amountReleased, amountRefunded } = payment;
      const settling = sumOf(payment, (one) => one.kind !== "refund" && isUnderWay(one));
      const refunding = sumOf(payment, (one) => one.kind === "refund" && isUnderWay(one));
      expect(amountCaptured + amountReleased + settling).toBeLessThanOrEqual(amountAuthorized);
      expect(amountRefunded + refunding).toBeLessThanOrEqual(amountCaptured);
      expect([0, payment.amount]).toContain(amountAuthorized);
    });
  });

  it("is paid exactly when something was captured, and canceled when its whole hold was given up", () => {
    always(({ payment }) => {
      expect(payment.status === "paid").toBe(payment.amountCaptured > 0);
      if (payment.isCorrected) return;
      const isHeld = payment.amountAuthorized > 0 && payment.amountReleased < payment.amountAuthorized;
      if (payment.status === "authorized") expect(isHeld).toBe(true);
      if (isHeld && payment.amountCaptured === 0) expect(payment.status).toBe("authorized");
    });
  });

  it("has at most one live attempt, and is pending exactly while an unpaid one is live", () => {
    always(({ payment }) => {
      const alive = payment.attempts.filter(isLive).length;
      expect(alive).toBeLessThanOrEqual(1);
      if (payment.status === "open") expect(alive).toBe(0);
      if (payment.status === "pending") expect(alive + payment.attempts.filter(isClaimed).length).toBeGreaterThan(0);
      if (payment.status === "open") expect(payment.attempts.filter(isClaimed)).toEqual([]);
    });
  });

  it("moves only as its life allows, and what is captured stays captured", () => {
    always(({ before, payment, facts }) => {
      if (facts.some(isCorrection)) return;
      if (before.status !== payment.status) expect(MOVES[before.status]).toContain(payment.status);
      expect(payment.amountCaptured).toBeGreaterThanOrEqual(before.amountCaptured);
    });
  });

  it("takes back what it counted only where SIBS, or a person after SIBS, says the opposite, and then a person knows", () => {
    always(({ before, payment, facts, journal }) => {
      const sums = ["amountAuthorized", "amountCaptured", "amountReleased", "amountRefunded"] as const;
      if (sums.every((sum) => payment[sum] >= before[sum])) return;
      expect(facts.some(isCorrection)).toBe(true);
      expect(journal.some((one) => one.kind === "attention_raised")).toBe(true);
    });
  });

  it("either keeps a customer's money once, or gives it back, or asks a person", () => {
    always(({ payment, journal }) => {
      for (const fact of journal) {
        if (fact.kind !== "attempt_approved" || wasRefuted(journal, fact.attempt)) continue;
        // an amount that could not be read may be said later
        if (fact !== journal.findLast((one) => one.kind === "attempt_approved" && one.attempt === fact.attempt))
          continue;
        const isKept = payment.fundedBy === fact.attempt;
        const back = payment.operations.filter(
          (one) => one.attempt === fact.attempt && !isInSums(one) && one.reason !== "returned",
        );
        const isForPerson =
          fact.amount !== payment.amount &&
          journal.some(
            (one) => one.kind === "attention_raised" && one.reason === "amount_differs" && one.attempt === fact.attempt,
          );
        expect(Number(isKept) + Math.min(back.length, 1) + Number(!isKept && isForPerson)).toBe(1);
        if (!payment.isCorrected) expect(back.filter((one) => !isTriedAnew(one)).length).toBeLessThanOrEqual(1);
        if (back[0] !== undefined) {
          expect(back[0]).toMatchObject({ amount: fact.amount, kind: fact.hold ? "cancellation" : "refund" });
        }
      }
    });
  });

  it("takes no money as the payment's of which SIBS does not say in cents that it is the amount asked for", () => {
    always(({ before, payment, said }) => {
      if (payment.amountAuthorized > before.amountAuthorized) expect(said?.amount).toBe(payment.amount);
    });
  });

  it("captures by itself, once, what is held for a payment that is to be captured automatically", () => {
    always(({ payment }) => {
      const automatic = payment.operations.filter((one) => one.reason === "automatic");
      if (!payment.isCorrected) expect(automatic.filter((one) => !isTriedAnew(one)).length).toBeLessThanOrEqual(1);
      if (payment.status === "authorized" && payment.capture === "automatic") expect(automatic).not.toEqual([]);
    });
  });

  it("keeps an approved attempt approved", () => {
    always(({ before, payment, facts }) => {
      for (const [place, attempt] of before.attempts.entries()) {
        if (attempt.status !== "approved" || facts.some(isCorrection)) continue;
        expect(payment.attempts[place]?.status).toBe("approved");
      }
    });
  });

  it("waits on a phone only where one was asked: by MB WAY, or by a mandate that SIBS did not charge by itself", () => {
    always(({ payment, journal }) => {
      const fellBack = journal.flatMap((fact) => (fact.kind === "attempt_fell_back" ? [fact.attempt] : []));
      expect(new Set(fellBack).size).toBe(fellBack.length);
      for (const one of payment.attempts) {
        expect(one.phone !== null).toBe(one.method === "mbway" || fellBack.includes(one.id));
        if (one.method === "mandate") expect(one.expiresAt !== null).toBe(one.phone !== null);
      }
    });
  });

  it("sends no operation twice, unless SIBS certainly did not look at it", () => {
    always(({ journal }) => {
      const sent = new Set<string>();
      for (const fact of journal) {
        if (fact.kind === "operation_postponed") sent.delete(fact.operation);
        if (fact.kind !== "operation_sent") continue;
        expect(sent).not.toContain(fact.operation);
        sent.add(fact.operation);
      }
    });
  });

  it("goes on after each action once", () => {
    always(({ journal }) => {
      let open = 0;
      for (const fact of journal) {
        if (fact.kind === "attempt_action_required") open = 1;
        if (fact.kind === "attempt_action_done") open -= 1;
        expect(open).toBeGreaterThanOrEqual(0);
      }
    });
  });

  it("forgets nothing that is still open: somebody always looks at it again", () => {
    always(({ payment }) => {
      for (const one of payment.attempts) {
        if (isLive(one) || one.status === "prepared") expect(one.askAt).not.toBeNull();
      }
      for (const one of payment.operations) {
        if (isUnderWay(one)) expect(one.askAt).not.toBeNull();
      }
      if (payment.status === "open" || payment.status === "pending") expect(nextDue(payment)).not.toBeNull();
    });
  });

  it("ends no attempt unpaid of which SIBS notified that money moved, but by SIBS's own final word to an inquiry, or a person's", () => {
    always(({ before, payment, facts, said, name }) => {
      for (const claimed of before.attempts.filter(isClaimed)) {
        const now = payment.attempts.find(({ id }) => id === claimed.id);
        if (facts.some((fact) => fact.kind === "attempt_settled" && fact.attempt === claimed.id)) continue;
        const isRefuted = FINAL.includes(said?.paymentStatus ?? "") && (said?.source === "inquiry" || name !== "hear");
        if (facts.some((fact) => fact.kind === "attempt_ended" && fact.attempt === claimed.id)) {
          expect(isRefuted).toBe(true);
        } else if (now?.status !== "approved" && !isRefuted) {
          expect(now).toMatchObject({ paidNoticeAt: claimed.paidNoticeAt });
        }
      }
    });
  });

  it("begins nothing while SIBS is known to have taken money, or may have", () => {
    always(({ before, facts }) => {
      if (!facts.some(({ kind }) => kind === "attempt_prepared" || kind === "attempt_submitted")) return;
      expect(before.attempts.filter((one) => isLive(one) || isClaimed(one))).toEqual([]);
    });
  });

  it("times no attempt out by its own clock before SIBS, asked after the window closed, held it to be unpaid", () => {
    always(({ before, facts, journal, now, said }) => {
      for (const fact of facts) {
        if (fact.kind !== "attempt_ended" || fact.status !== "timed_out") continue;
        if (FINAL.includes(said?.paymentStatus ?? "")) continue;
        const ended = before.attempts.find(({ id }) => id === fact.attempt);
        const closed = (ended?.submittedAt ?? 0) + (ended?.method === "card" ? 10 : 4) * MINUTE;
        const isSaidNow = UNPAID.includes(said?.paymentStatus ?? "") && now >= closed;
        const wasSaid = journal.some(
          (one) =>
            one.kind === "attempt_asked" &&
            one.attempt === fact.attempt &&
            UNPAID.includes(one.said) &&
            one.at >= closed,
        );
        expect(isSaidNow || wasSaid).toBe(true);
      }
    });
  });

  it("leaves nothing payable at SIBS once it is over and SIBS can be reached", () => {
    fc.assert(
      fc.property(life, (one) => {
        let last: { payment: Payment; now: Instant } | null = null;
        live(one, ({ payment, now }) => {
          last = { payment, now };
        });
        const { payment, now } = reachable(last ?? { payment: replay([]), now: TEN });
        if (payment.status === "open" || payment.status === "pending") return;
        const payable = payment.attempts.filter(
          ({ method, reference, cancellation, status, failure }) =>
            method === "multibanco" &&
            now < (reference?.expiresAt ?? payment.expiresAt) &&
            !cancellation?.doneAt &&
            (status === "submitted" || status === "pending" || (failure?.reason === "not_sent" && reference !== null)),
        );
        expect(payable).toEqual([]);
      }),
      { numRuns: LIVES },
    );
  });

  it("keeps, and holds, no money that came late or twice once SIBS can be reached, and captures what is to be, unless that is for a person", () => {
    fc.assert(
      fc.property(life, (one) => {
        let last: { payment: Payment; now: Instant } | null = null;
        live(one, ({ payment, now }) => {
          last = { payment, now };
        });
        const { payment } = reachable(last ?? { payment: replay([]), now: TEN });
        if (payment.isCorrected) return;
        for (const attempt of payment.attempts) {
          // of another amount than asked for: that is for a person from the first
          if (attempt.status !== "approved" || attempt.taken?.amount !== payment.amount) continue;
          if (!isForPerson(payment, attempt)) expect(misplaced(payment, attempt)).toBe(0);
        }
      }),
      { numRuns: LIVES },
    );
  });

  it("asks SIBS for what it failed to do ten times at most, less and less often, and then a person", () => {
    const word = fc.constantFrom("Error", "Timeout", "Expired", "Error", "Timeout", "Expired", "Declined", "Success");
    const hold = fc.boolean();
    const ways = fc.constantFrom("late" as const, "automatic" as const);
    fc.assert(
      fc.property(fc.array(word, { minLength: 12, maxLength: 12 }), hold, ways, (words, isHold, way) => {
        let count = 0;
        let now = TEN + MINUTE;
        const given = (): Given => ({ now, id: (prefix) => `${prefix}_${++count}` });
        const canceled: Fact = { kind: "payment_canceled", at: now };
        let payment = paymentAfter([...mbwayWaiting(TEN), ...(way === "late" ? [canceled] : [])]);
        const paymentType = isHold || way === "automatic" ? "AUTH" : "PURS";
        payment = after(payment, hear(payment, "att_1", said("Success", { paymentType }), given()));
        const gaps: number[] = [];
        let heard = 0;
        for (const said_ of words) {
          const [open] = payment.operations.filter(isUnderWay);
          if (open === undefined) break;
          heard += 1;
          payment = after(payment, sendOrPutOff(payment, open.id, given()));
          payment = after(payment, hearOperation(payment, open.id, said(said_, { source: "inquiry" }), given()));
          const due = nextDue(payment);
          if (due === null || payment.attention !== null) break;
          gaps.push(due - now);
          now = due;
          payment = after(payment, requestOwed(payment, "att_1", given()));
        }
        const end = words.findIndex((one) => one === "Declined" || one === "Success");
        const failures = Math.min(end === -1 ? 10 : end, 10);
        expect(heard).toBe(Math.min(failures + 1, 10));
        expect(gaps).toEqual(Array.from({ length: Math.min(failures, 9) }, (_, place) => MINUTE * 2 ** place));
        expect(payment.attention).toEqual(
          failures < 10
            ? null
            : { reason: "not_taken", attempt: "att_1", operation: payment.operations[9]?.id, at: now },
        );
        expect(nextDue(payment)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it("gives back of an attempt's money that is in no sum never more than it took", () => {
    always(({ payment }) => {
      if (payment.isCorrected) return;
      for (const one of payment.attempts) {
        expect(returnedOf(payment, one.id)).toBeLessThanOrEqual(takenAside(payment, one));
      }
    });
  });

  it("reserves nothing for what a person has settled, and keeps who, when and why", () => {
    always(({ before, payment, facts }) => {
      for (const fact of facts) {
        if (fact.kind === "operation_settled") {
          const settled = payment.operations.find((one) => one.id === fact.operation);
          expect(settled?.status).toBe(fact.outcome === "done" ? "succeeded" : "failed");
          expect(settled?.settled).toEqual({ outcome: fact.outcome, ...SAID, at: fact.at });
        }
        if (fact.kind === "attempt_settled") {
          const settled = payment.attempts.find((one) => one.id === fact.attempt);
          expect(settled?.status === "approved").toBe(fact.outcome === "approved");
          expect(settled && isLive(settled)).toBe(false);
          expect(settled?.settled).toEqual({ outcome: fact.outcome, ...SAID, at: fact.at });
        }
        if (fact.kind === "attention_resolved") expect(attentionsOf(payment)).not.toContainEqual(before.attention);
      }
    });
  });

  it("loses nothing that a person must look at before they have resolved it, or a doubt is over", () => {
    let together = 0;
    always(({ before, payment, facts }) => {
      together += Number(before.attentionNext.length > 0);
      const resolved = facts.filter(({ kind }) => kind === "attention_resolved").length;
      for (const one of attentionsOf(before).slice(resolved)) {
        const about = facts.filter((fact) => "attempt" in fact && fact.attempt === one.attempt);
        const isRefuted = one.reason === "amount_differs" && about.some(({ kind }) => kind === "attempt_refuted");
        const isOver = isRefuted || (one.reason === "in_doubt" && about.length > 0);
        if (!isOver) expect(attentionsOf(payment)).toContainEqual(one);
      }
      for (const fact of facts) {
        if (fact.kind !== "attention_raised" || resolved > 0) continue;
        const { attempt, reason, operation = null } = fact;
        expect(attentionsOf(payment)).toContainEqual(expect.objectContaining({ attempt, reason, operation }));
      }
    });
    expect(together).toBeGreaterThan(10);
  });

  it("goes on asking SIBS about what a person alone has said, for thirty days", () => {
    always(({ payment, now }) => {
      for (const one of [...payment.attempts, ...payment.operations]) {
        if (one.unprovedSince !== null && now < one.unprovedSince + 30 * DAY) expect(one.askAt).not.toBeNull();
      }
    });
  });

  it("leaves no state from which neither time nor a person leads on", () => {
    always(({ payment, now }) => {
      const given: Given = { now, id: (prefix) => `${prefix}_way` };
      const works = (decision: Decision) => !isRefusal(decision) && decision.length > 0;
      if (payment.attention !== null) expect(works(resolveAttention(payment, SAID, null, given))).toBe(true);
      for (const { id, status } of payment.operations) {
        if (status !== "in_doubt") continue;
        for (const outcome of ["done", "not_done"] as const) {
          const said = { ...SAID, operation: id, outcome, transactionId: null };
          expect(works(settleOperation(payment, said, null, given))).toBe(true);
        }
      }
      for (const one of payment.attempts) {
        if (!one.inDoubt) continue;
        // one that is over and only waits to hear of its withdrawal is asked about until SIBS says
        const isOver = !isLive(one) && !isClaimed(one);
        if (isOver) expect(one.askAt).not.toBeNull();
        for (const outcome of isOver ? (["approved"] as const) : (["approved", "not_paid"] as const)) {
          const said = {
            ...SAID,
            attempt: one.id,
            outcome,
            amount: one.amount,
            transactionId: one.transactionId ?? "s2_said",
          };
          expect(works(settleAttempt(payment, said, null, given))).toBe(true);
        }
      }
      for (const one of payment.attempts) {
        const left = returnable(payment, one);
        const wanted = { attempt: one.id, amount: null };
        expect(works(requestReturn(payment, wanted, given))).toBe(left > 0);
      }
    });
  });

  it("is what its journal says, and survives being stored", () => {
    always(({ payment, journal }) => {
      expect(replay(journal)).toEqual(payment);
      expect(JSON.parse(JSON.stringify(payment))).toEqual(payment);
      expect(payment.version).toBe(journal.length);
    });
  });

  it("lives through every decision that somebody makes, to some effect", () => {
    const made = new Set<string>();
    fc.assert(
      fc.property(life, (one) => live(one, ({ name, facts }) => void (facts.length > 0 && made.add(name)))),
      { numRuns: LIVES, seed: 1 },
    );
    expect(commandNames.filter((name) => !made.has(name))).toEqual([]);
  });
});

describe("the decisions that the lives are made of", () => {
  const files = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const here = import.meta.dirname;

  it("are those of every file in which something is decided: whatever decides is given the moment", () => {
    const deciding = files(here)
      .filter((name) => !name.includes("/") && /\bGiven\b/.test(readFileSync(join(here, name), "utf8")))
      .map((name) => name.replace(/\.ts$/, ""));
    expect(deciding.sort()).toEqual(Object.keys(PAYMENT_DECISIONS).sort());
  });

  it("leave out only what nobody outside makes", () => {
    const server = join(here, "../..");
    const imported = files(server)
      .filter((name) => !name.startsWith("domain/"))
      .flatMap((name) => [
        ...readFileSync(join(server, name), "utf8").matchAll(
          /import (?:type )?\{([^}]*)\} from "[^"]*domain\/payment\/[\w-]+\.ts"/g,
        ),
      ])
      .flatMap(([, names = ""]) => names.split(",").map((name) => name.trim()));
    expect(imported).toContain("startAttempt");
    for (const inner of INNER_DECISIONS) expect(imported).not.toContain(inner);
  });
});
