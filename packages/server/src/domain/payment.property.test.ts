import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replay } from "./apply.ts";
import { isClaimed, isLive } from "./attempt.ts";
import { continueAttempt, doubtAttempt, endUnsent, startAttempt, submitAttempt, wantAgain } from "./attempts.ts";
import { after, type Decision, type Given, isRefusal } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { isInSums, isUnderWay } from "./operation.ts";
import {
  doubtOperation,
  hearNothingOfOperation,
  hearOperation,
  noticeOperation,
  requestCancellation,
  requestCapture,
  requestRefund,
  sendOperation,
} from "./operations.ts";
import {
  type NewPayment,
  nextDue,
  type Payment,
  type PaymentStatus,
  returnable,
  returnedOf,
  sumOf,
  takenAside,
} from "./payment.ts";
import type { Report } from "./report.ts";
import { cancel, expire, hear, hearNothing, noticeAttempt } from "./reports.ts";
import { requestReturn, resolveAttention, settleAttempt, settleOperation } from "./settlements.ts";
import { tasksOf } from "./tasks.ts";
import { MANDATE, newPayment, said, saidOfReference, TEN, TERMS } from "./testing/builders.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "./time.ts";
import { withdrawalDone, withdrawReference } from "./withdrawals.ts";

type Command = (payment: Payment, given: Given) => Decision;
interface Move {
  readonly name: string;
  /** What SIBS says in it, where it says something. */
  readonly report: Report;
  readonly waitMs: number;
  readonly command: Command;
}

const statuses = [
  "Success",
  "Partial",
  "Pending",
  "InProcessing",
  "Declined",
  "Timeout",
  "Error",
  "Expired",
  "Annulled",
];
const report: fc.Arbitrary<Report> = fc
  .record({
    source: fc.constantFrom("answer" as const, "inquiry" as const),
    paymentStatus: fc.oneof({ weight: 2, arbitrary: fc.constant("Success") }, fc.constantFrom(...statuses)),
    paymentType: fc.constantFrom("PURS", "AUTH", "MITR", "PREF", "CPRF", "RFND", null),
    paymentMethod: fc.constantFrom("MBWAY", "MANDATE", "REFERENCE", "CARD", null),
    action: fc.constantFrom(null, {
      id: "a1",
      type: "3ds_challenge" as const,
      url: "https://issuer.example",
      fields: {},
    }),
    code: fc.constantFrom("000", "E0500", "E0506", "00.110.1601", null),
    amount: fc.oneof(
      { weight: 9, arbitrary: fc.constant(cents(550)) },
      fc.constantFrom(cents(549), "unreadable" as const),
    ),
    referenceStatus: fc.constantFrom("PAID", "UNPAID", "CANC", null),
  })
  .map(({ referenceStatus, ...rest }) => ({
    ...said("Pending"),
    ...rest,
    reference:
      referenceStatus === null
        ? null
        : {
            entity: "24000",
            reference: "012345678",
            amount: rest.amount === "unreadable" ? null : rest.amount,
            expiresAt: TEN + 3 * DAY,
            status: referenceStatus,
          },
  }));

const SAID = { note: "Seen in SIBS Backoffice.", by: { type: "shop", id: null, name: null } } as const;

const pick = <T>(list: readonly T[], place: number): T | undefined => list[place % Math.max(1, list.length)];
const attempt = (payment: Payment, place: number) => pick(payment.attempts, place)?.id ?? "att_none";
/** SIBS speaks only of what it was told of. */
const known = (payment: Payment, place: number) =>
  pick(
    payment.attempts.filter((one) => one.transactionId !== null),
    place,
  )?.id ?? "att_none";
const operation = (payment: Payment, place: number) => pick(payment.operations, place)?.id ?? "rfd_none";

const command: fc.Arbitrary<Omit<Move, "waitMs">> = fc
  .record({
    place: fc.nat(3),
    method: fc.constantFrom("mbway" as const, "multibanco" as const, "card" as const, "mandate" as const),
    report,
    amount: fc.integer({ min: 1, max: 700 }),
    success: fc.boolean(),
  })
  .chain(({ place, method, report, amount, success }) => {
    const asked = (prefix: string, given: Given) => ({ id: given.id(prefix), amount: success ? null : cents(amount) });
    const commands: Record<string, Command> = {
      start: (payment, given) =>
        startAttempt(
          payment,
          {
            ...{ ...TERMS, id: given.id("att"), method },
            phone: method === "mbway" ? MANDATE.phone : null,
            mandate: method === "mandate" ? MANDATE : null,
          },
          given,
        ),
      submit: (payment, given) => {
        const prepared = payment.attempts.find((one) => one.status === "prepared")?.id ?? "att_none";
        const transactionId = given.id("s2");
        return submitAttempt(
          payment,
          {
            attempt: prepared,
            transactionId,
            merchantTransactionId: prepared,
            checkoutExpiresAt: given.now + 10 * MINUTE,
          },
          given,
        );
      },
      endUnsent: (payment, given) => endUnsent(payment, attempt(payment, place), given),
      doubt: (payment, given) => doubtAttempt(payment, attempt(payment, place), given),
      hear: (payment, given) => hear(payment, known(payment, place), report, given),
      hearNothing: (payment, given) => hearNothing(payment, attempt(payment, place), given),
      notice: (payment, given) =>
        noticeAttempt(payment, attempt(payment, place), { notification: "n", success, paid: success }, given),
      withdraw: (payment, given) => withdrawReference(payment, attempt(payment, place), given),
      withdrawn: (payment, given) => {
        const one = pick(payment.attempts, place);
        return one?.cancellation?.sentAt == null ? [] : withdrawalDone(payment, one.id, given);
      },
      again: (payment, given) => wantAgain(payment, given),
      cancel: (payment, given) => cancel(payment, given),
      expire: (payment, given) => expire(payment, given),
      continue: (payment, given) => {
        const one = pick(payment.attempts, place);
        return continueAttempt(payment, one?.id ?? "", { action: one?.action?.id ?? "", executed: success }, given);
      },
      refund: (payment, given) => requestRefund(payment, asked("rfd", given), given),
      capture: (payment, given) => requestCapture(payment, asked("cap", given), given),
      cancelHold: (payment, given) => requestCancellation(payment, asked("can", given), given),
      sendOperation: (payment, given) => sendOperation(payment, operation(payment, place), given),
      doubtOperation: (payment, given) => doubtOperation(payment, operation(payment, place), given),
      hearOperation: (payment, given) => hearOperation(payment, operation(payment, place), report, given),
      hearNothingOfOperation: (payment, given) =>
        hearNothingOfOperation(payment, operation(payment, place), "no answer", given),
      noticeOperation: (payment, given) =>
        noticeOperation(
          payment,
          operation(payment, place),
          { notification: "n", transactionId: success ? "s2_n" : null },
          given,
        ),
      settleOperation: (payment, given) =>
        settleOperation(
          payment,
          {
            ...SAID,
            operation: operation(payment, place),
            outcome: success ? "done" : "not_done",
            transactionId: null,
          },
          place === 0 ? null : report,
          given,
        ),
      settleAttempt: (payment, given) =>
        settleAttempt(
          payment,
          {
            ...{ ...SAID, attempt: attempt(payment, place), outcome: success ? "approved" : "not_paid" },
            ...{
              amount: report.amount === "unreadable" ? null : report.amount,
              transactionId: pick(payment.attempts, place)?.transactionId ?? "s2_said",
            },
          },
          place === 0 ? null : { ...report, source: "inquiry" },
          given,
        ),
      resolveAttention: (payment, given) =>
        resolveAttention(payment, SAID, place === 0 ? null : { ...report, source: "inquiry" }, given),
      returnMoney: (payment, given) =>
        requestReturn(payment, { attempt: attempt(payment, place), amount: success ? null : cents(amount) }, given),
    };
    const often = ["start", "submit", "submit", "hear", "hear", "hear", "refund", "capture", "sendOperation"];
    often.push("hearOperation", "hearOperation", "settleOperation", "settleAttempt");
    return fc
      .constantFrom(...Object.keys(commands), ...often)
      .map((name) => ({ name, report, command: commands[name] as Command }));
  });

const wait = fc.oneof(
  fc.integer({ min: 0, max: 90 * SECOND }),
  fc.constantFrom(4 * MINUTE, 330 * SECOND, 11 * MINUTE, HOUR, DAY, 4 * DAY),
);
const move: fc.Arbitrary<Move> = fc.tuple(command, wait).map(([one, waitMs]) => ({ ...one, waitMs }));
const life = fc.record({
  moves: fc.array(move, { minLength: 5, maxLength: 60 }),
  latePayments: fc.constantFrom("refund" as const, "accept" as const),
  capture: fc.constantFrom("automatic" as const, "manual" as const),
});

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
function live(
  { moves, ...terms }: { moves: readonly Move[] } & Pick<NewPayment, "latePayments" | "capture">,
  look: Look,
): void {
  const first = newPayment({ ...terms, methods: ["mbway", "multibanco", "card"] });
  const journal: Fact[] = [{ kind: "payment_created", at: TEN, payment: first }];
  let payment = replay(journal);
  let now = TEN;
  let count = 0;
  for (const { name, report, command, waitMs } of moves) {
    now += waitMs;
    const given: Given = { now, id: (prefix) => `${prefix}_${++count}` };
    const decision = command(payment, given);
    const facts = isRefusal(decision) ? [] : decision;
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

/** SIBS answers at once from now on, for an hour: it holds each reference to be payable until it is withdrawn, and nothing else to be paid. */
function reachable(from: { readonly payment: Payment; readonly now: Instant }): { payment: Payment; now: Instant } {
  let { payment, now } = from;
  let count = 0;
  const given = (): Given => ({ now, id: (prefix) => `${prefix}_${++count}_late` });
  const decide = (decision: Decision) => {
    if (!isRefusal(decision)) payment = after(payment, decision);
  };
  for (let due = nextDue(payment); due !== null && due < from.now + HOUR && count < 1_000; due = nextDue(payment)) {
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
      if (task.do === "expire_payment") decide(expire(payment, given()));
      if ("operation" in task) {
        const { operation } = task;
        decide([{ kind: "operation_succeeded", at: now, operation, transactionId: null }]);
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
  readonly name: string;
  /** What SIBS said in this step; null: nothing. */
  readonly said: Report | null;
}) => void;

/** Whether SIBS has said the opposite of what a person had settled, or a person that a success which SIBS took back was none. */
const isCorrection = (fact: Fact): boolean =>
  fact.kind === "attempt_refuted" || (fact.kind === "attention_raised" && fact.reason === "proved_after_all");

const wasRefuted = (journal: readonly Fact[], attempt: string): boolean =>
  journal.some((one) => isCorrection(one) && "attempt" in one && one.attempt === attempt);

const always = (look: Look) =>
  fc.assert(
    fc.property(life, (one) => live(one, look)),
    { numRuns: 3_000 },
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
        expect(Number(isKept) + back.length + Number(!isKept && isForPerson)).toBe(1);
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
      expect(automatic.length).toBeLessThanOrEqual(1);
      if (payment.status === "authorized" && payment.capture === "automatic") expect(automatic).toHaveLength(1);
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

  it("sends no operation twice", () => {
    always(({ journal }) => {
      const sent = journal.flatMap((fact) => (fact.kind === "operation_sent" ? [fact.operation] : []));
      expect(new Set(sent).size).toBe(sent.length);
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
      { numRuns: 3_000 },
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
    always(({ payment, facts }) => {
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
        if (fact.kind === "attention_resolved") expect(payment.attention).toBeNull();
      }
    });
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
        for (const outcome of ["approved", "not_paid"] as const) {
          const said = { ...SAID, attempt: one.id, outcome, amount: one.amount, transactionId: one.transactionId };
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
});
