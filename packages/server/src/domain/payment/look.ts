import { isSameFlag } from "../asked.ts";
import { apply } from "./apply.ts";
import type { Attempt } from "./attempt.ts";
import type { Fact } from "./facts.ts";
import type { AttemptLook, Looks, OperationLook } from "./looks.ts";
import type { Operation } from "./operation.ts";
import { recorded } from "./record.ts";
import type { Payment } from "./state.ts";

const NO_LOOKS: Looks = { attempts: {}, operations: {} };

/**
 * A payment after inquiries that say again what was said before, so that they are no facts: neither its journal nor its
 * state changes, but what stands beside it. Null: they say something new, or something else happened, and is written.
 */
export function look(payment: Payment, facts: readonly Fact[]): Payment | null {
  let now = payment;
  for (const fact of facts) {
    const next = isOfInquiry(fact) ? apply(now, recorded(now, fact, null)) : null;
    const looks = next === null ? null : looksAfter(now, next, fact);
    if (next === null || looks === null) return null;
    now = { ...next, version: payment.version, looks };
  }
  return { ...now, looked: payment.looked + 1 };
}

const OF_INQUIRIES: readonly Fact["kind"][] = [
  "attempt_asked",
  "attempt_not_found",
  "operation_asked",
  "operation_not_found",
];

function isOfInquiry({ kind }: Fact): boolean {
  return OF_INQUIRIES.includes(kind);
}

function looksAfter(before: Payment, after: Payment, fact: Fact): Looks | null {
  const looks = before.looks ?? NO_LOOKS;
  if ("operation" in fact) {
    const [one, next] = [before, after].map(({ operations }) => operations.find(({ id }) => id === fact.operation));
    if (one === undefined || next === undefined || !saysAgain(one, next)) return null;
    return { ...looks, operations: { ...looks.operations, [next.id]: lookOfOperation(next) } };
  }
  if (!("attempt" in fact)) return null;
  const [one, next] = [before, after].map(({ attempts }) => attempts.find(({ id }) => id === fact.attempt));
  if (one === undefined || next === undefined || !saysAgain(one, next) || !isReadAsBefore(one, next)) return null;
  return { ...looks, attempts: { ...looks.attempts, [next.id]: lookOfAttempt(next) } };
}

/** Whether an inquiry said what the last one said, and whatever a rule asks for is there, or not, as it was before. */
function saysAgain<One extends Attempt | Operation>(before: One, after: One): boolean {
  if (before.asked?.said !== after.asked?.said || !isSameFlag(before.absence, after.absence)) return false;
  if (!("lookedUpAt" in before && "lookedUpAt" in after)) return true;
  return isSameFlag(before.lookedUpAt, after.lookedUpAt) && before.isHeardOf === after.isHeardOf;
}

/** From the second amount on that cannot be read, a person has been told. */
const TOLD = 2;

function isReadAsBefore(before: Attempt, after: Attempt): boolean {
  const isTold = before.unread >= TOLD && after.unread >= TOLD;
  return isSameFlag(before.readUnpaidAt, after.readUnpaidAt) && (before.unread === after.unread || isTold);
}

function lookOfAttempt({ asked, askAt, readUnpaidAt, unread, absence }: Attempt): AttemptLook {
  return { asked, askAt, readUnpaidAt, unread, absence };
}

function lookOfOperation({ asked, askAt, lookedUpAt, absence }: Operation): OperationLook {
  return { asked, askAt, lookedUpAt, absence };
}
