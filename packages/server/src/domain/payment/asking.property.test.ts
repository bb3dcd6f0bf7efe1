import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Given, isRefusal } from "../decision.ts";
import { isLive } from "../methods/types.ts";
import { DAY, MINUTE } from "../time.ts";
import { isClaimed } from "./attempt.ts";
import { attentionsOf } from "./attention.ts";
import type { Decision } from "./decision.ts";
import { after } from "./decision.ts";
import { nextDue } from "./due.ts";
import type { Fact } from "./facts.ts";
import { hear } from "./hear.ts";
import { hearOperation, sendOrPutOff } from "./operate.ts";
import { isUnderWay } from "./operation.ts";
import { requestOwed } from "./owed.ts";
import { requestReturn, resolveAttention, settleAttempt, settleOperation } from "./settle.ts";
import { returnable } from "./state.ts";
import { mbwayWaiting, paymentAfter, said, TEN } from "./testing/builders.ts";
import { SAID } from "./testing/commands.ts";
import { FINAL, propertiesOfLives, reachable, UNPAID } from "./testing/lives.ts";

const always = propertiesOfLives();

describe("what SIBS, time and people lead on, whatever happens to a payment", () => {
  always(
    "waits on a phone only where one was asked: by MB WAY, or by a mandate that SIBS did not charge by itself",
    ({ payment, journal }) => {
      const fellBack = journal.flatMap((fact) => (fact.kind === "attempt_fell_back" ? [fact.attempt] : []));
      expect(new Set(fellBack).size).toBe(fellBack.length);
      for (const one of payment.attempts) {
        const wasAsked = one.method === "mbway" || fellBack.includes(one.id);
        expect(one.phone !== null).toBe(wasAsked && payment.erasedAt === null);
        if (one.method === "mandate") expect(one.expiresAt !== null).toBe(wasAsked);
      }
    },
  );

  always("goes on after each action once", ({ journal }) => {
    const open = new Set<string>();
    for (const fact of journal) {
      if (fact.kind === "attempt_action_required") open.add(fact.attempt);
      if (fact.kind === "attempt_action_done") expect(open.delete(fact.attempt)).toBe(true);
    }
  });

  always("forgets nothing that is still open: somebody always looks at it again", ({ payment }) => {
    for (const one of payment.attempts) {
      if (isLive(one) || one.status === "prepared") expect(one.askAt).not.toBeNull();
    }
    for (const one of payment.operations) {
      if (isUnderWay(one)) expect(one.askAt).not.toBeNull();
    }
    if (payment.status === "open" || payment.status === "pending") expect(nextDue(payment)).not.toBeNull();
  });

  always(
    "ends no attempt unpaid of which SIBS notified that money moved, but by SIBS's own final word to an inquiry, or a person's",
    ({ before, payment, facts, said, name }) => {
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
    },
  );

  always(
    "times no attempt out by its own clock before SIBS, asked after the window closed, held it to be unpaid",
    ({ before, facts, journal, now, said }) => {
      for (const fact of facts) {
        if (fact.kind !== "attempt_ended" || fact.status !== "timed_out") continue;
        if (FINAL.includes(said?.paymentStatus ?? "")) continue;
        const ended = before.attempts.find(({ id }) => id === fact.attempt);
        const closed = (ended?.submittedAt ?? 0) + (ended?.method === "card" ? 10 : 4) * MINUTE;
        const words = facts.map((one) =>
          "said" in one && "attempt" in one && one.attempt === fact.attempt ? one.said : "",
        );
        const isSaidNow = [said?.paymentStatus, ...words].some((word) => UNPAID.includes(word ?? "")) && now >= closed;
        const wasSaid = journal.some(
          (one) =>
            one.kind === "attempt_asked" &&
            one.attempt === fact.attempt &&
            UNPAID.includes(one.said) &&
            one.at >= closed,
        );
        expect(isSaidNow || wasSaid).toBe(true);
      }
    },
  );

  always("leaves nothing payable at SIBS once it is over and SIBS can be reached", {
    end: (last) => {
      const { payment, now } = reachable(last ?? { payment: paymentAfter([]), now: TEN });
      if (payment.status === "open" || payment.status === "pending") return;
      const payable = payment.attempts.filter(
        ({ method, reference, cancellation, status, failure }) =>
          method === "multibanco" &&
          now < (reference?.expiresAt ?? payment.expiresAt) &&
          !cancellation?.doneAt &&
          (status === "submitted" || status === "pending" || (failure?.reason === "not_sent" && reference !== null)),
      );
      expect(payable).toEqual([]);
    },
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

  always(
    "reserves nothing for what a person has settled, and keeps who, when and why",
    ({ before, payment, facts }) => {
      const kept = payment.erasedAt === null ? SAID : { ...SAID, note: null };
      for (const fact of facts) {
        if (fact.kind === "operation_settled") {
          const settled = payment.operations.find((one) => one.id === fact.operation);
          expect(settled?.status).toBe(fact.outcome === "done" ? "succeeded" : "failed");
          expect(settled?.settled).toEqual({ outcome: fact.outcome, ...kept, at: fact.at });
        }
        if (fact.kind === "attempt_settled") {
          const settled = payment.attempts.find((one) => one.id === fact.attempt);
          expect(settled?.status === "approved").toBe(fact.outcome === "approved");
          expect(settled && isLive(settled)).toBe(false);
          expect(settled?.settled).toEqual({ outcome: fact.outcome, ...kept, at: fact.at });
        }
        if (fact.kind === "attention_resolved") expect(attentionsOf(payment)).not.toContainEqual(before.attention);
      }
    },
  );

  {
    let together = 0;
    always("loses nothing that a person must look at before they have resolved it, or a doubt is over", {
      step: ({ before, payment, facts }) => {
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
      },
      all: () => {
        expect(together).toBeGreaterThan(10);
      },
    });
  }

  always("goes on asking SIBS about what a person alone has said, for thirty days", ({ payment, now }) => {
    for (const one of [...payment.attempts, ...payment.operations]) {
      if (one.unprovedSince !== null && now < one.unprovedSince + 30 * DAY) expect(one.askAt).not.toBeNull();
    }
  });

  always("leaves no state from which neither time nor a person leads on", ({ payment, now }) => {
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
      const wanted = { attempt: one.id, amount: null, limit: null };
      expect(works(requestReturn(payment, wanted, given))).toBe(left > 0);
    }
  });
});
