import type { Attempt } from "./attempt.ts";
import type { Recorded } from "./facts.ts";
import type { Operation } from "./operation.ts";
import type { Payment, Wish } from "./state.ts";

/** An attempt as its first fact makes it. */
export function prepared(payment: Payment, fact: Extract<Recorded, { kind: "attempt_prepared" }>): Attempt {
  return {
    id: fact.attempt,
    method: fact.method,
    status: "prepared",
    inDoubt: false,
    doubtSince: null,
    notArrivedSince: null,
    amount: payment.amount,
    transactionId: null,
    createdAt: fact.at,
    submittedAt: null,
    sentAt: null,
    expiresAt: null,
    checkoutExpiresAt: null,
    endedAt: null,
    failure: null,
    phone: fact.phone,
    reference: null,
    card: fact.card,
    authentication: null,
    token: fact.token,
    madeOn: null,
    mandate: fact.mandate,
    initiator: fact.initiator,
    action: null,
    leftChallenge: false,
    awaitsNotice: false,
    cancellation: null,
    noticedAt: null,
    paidNoticeAt: null,
    readUnpaidAt: null,
    unread: 0,
    taken: null,
    takenBackAt: null,
    settled: null,
    unprovedSince: null,
    absence: null,
    asked: null,
    expiryTold: false,
    wished: fact.wished === true,
    askAt: fact.next,
  };
}

/** What a customer wants next; before there was a choice, another request by MB WAY. */
export function wished({ attempts }: Payment, fact: Extract<Recorded, { kind: "new_request_wanted" }>): Wish {
  const { method = "mbway", phone, at, notBefore } = fact;
  return { method, phone, at, seen: attempts.length, ...(notBefore !== undefined && { notBefore }) };
}

/** An operation as its first fact makes it. */
export function requested(fact: Extract<Recorded, { kind: "operation_requested" }>): Operation {
  return {
    id: fact.operation,
    kind: fact.operationKind,
    attempt: fact.attempt,
    amount: fact.amount,
    reason: fact.reason,
    statedReason: fact.statedReason ?? null,
    note: fact.note ?? null,
    requestedBy: fact.requestedBy ?? null,
    countsFor: fact.countsFor ?? [],
    status: "pending",
    failure: null,
    transactionId: null,
    createdAt: fact.at,
    sentAt: null,
    notBefore: null,
    doubtSince: null,
    personAskedAt: null,
    againAt: null,
    settled: null,
    unprovedSince: null,
    absence: null,
    isHeardOf: false,
    lookedUpAt: null,
    refusal: null,
    asked: null,
    askAt: fact.next,
  };
}
