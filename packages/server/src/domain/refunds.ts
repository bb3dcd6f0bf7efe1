import type { Cents } from "@caravela/sibs/money";
import type { Failure } from "./attempt.ts";
import type { Decision, Given } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { ANSWER_LIMIT, PERSON_AFTER, type Refund } from "./operation.ts";
import { capturedAttempt, type Payment, refundable } from "./payment.ts";
import { failure, type Report } from "./report.ts";

/** Decides a refund that the shop asked for, in full when no amount is given. What is under way or in doubt counts as spent. */
export function requestRefund(payment: Payment, command: { id: string; amount: Cents | null }, given: Given): Decision {
  const left = refundable(payment);
  const captured = capturedAttempt(payment);
  if (captured === null || payment.amountCaptured === 0 || left === 0) return { refused: "nothing_to_refund" };
  const amount = command.amount ?? left;
  if (amount > left) return { refused: "refund_exceeds_captured", refundable: left };
  const { id: refund } = command;
  return [
    { kind: "refund_requested", at: given.now, refund, attempt: captured.id, amount, reason: "requested" },
    { kind: "refund_sent", at: given.now, refund },
  ];
}

/** Records, before the call, that a refund is about to be sent. None: it was sent already, and is never sent twice. */
export function sendRefund(payment: Payment, id: string, given: Given): readonly Fact[] {
  const refund = find(payment, id);
  if (refund?.status !== "pending" || refund.sentAt !== null) return [];
  return [{ kind: "refund_sent", at: given.now, refund: id }];
}

/** The answer of a refund has been lost, or is late beyond reason. Its amount stays reserved. */
export function doubtRefund(payment: Payment, id: string, given: Given): readonly Fact[] {
  const refund = find(payment, id);
  if (refund?.status !== "pending" || refund.sentAt === null) return [];
  return [{ kind: "refund_in_doubt", at: given.now, refund: id }];
}

/** Whether a refund's answer has been waited for long enough to call it lost. */
export function refundIsOverdue(refund: Refund, given: Given): boolean {
  return refund.status === "pending" && refund.sentAt !== null && given.now >= refund.sentAt + ANSWER_LIMIT;
}

/** Decides what SIBS's word about the refund's own transaction means. */
export function hearRefund(
  payment: Payment,
  id: string,
  report: Report & { readonly transactionId: string | null },
  given: Given,
): readonly Fact[] {
  const refund = find(payment, id);
  if (refund === undefined || refund.status === "succeeded" || refund.status === "failed") return [];
  const { now: at } = given;
  const { transactionId } = report;
  switch (report.paymentStatus) {
    case "Success":
      return [{ kind: "refund_succeeded", at, refund: id, transactionId }];
    case "Declined":
    case "Error":
    case "Timeout":
    case "Expired":
      return [{ kind: "refund_failed", at, refund: id, failure: whyRefused(report), transactionId }];
    default:
      return doubtRefund(payment, id, given).concat(askedRefund(refund, report.paymentStatus, given));
  }
}

/** SIBS refused the refund outright, as a request it will not look at: nothing moved. */
export function refuseRefund(payment: Payment, id: string, code: string | null, given: Given): readonly Fact[] {
  const refund = find(payment, id);
  if (refund?.status !== "pending") return [];
  const why = failure(REFUND_REASONS[code ?? ""] ?? "refund_refused", code);
  return [{ kind: "refund_failed", at: given.now, refund: id, failure: why, transactionId: null }];
}

/** An inquiry about a refund that concluded nothing; after a day of it a person is asked, once. */
export function hearNothingOfRefund(payment: Payment, id: string, said: string, given: Given): readonly Fact[] {
  const refund = find(payment, id);
  return refund === undefined ? [] : askedRefund(refund, said, given);
}

function askedRefund(refund: Refund, said: string, given: Given): readonly Fact[] {
  const asked: Fact = { kind: "refund_asked", at: given.now, refund: refund.id, said };
  const since = refund.doubtSince;
  if (since === null || refund.personAskedAt !== null || given.now < since + PERSON_AFTER) return [asked];
  return [asked, { kind: "refund_needs_person", at: given.now, refund: refund.id }];
}

/** A notification about a refund: it makes the inquiry due now. */
export function noticeRefund(payment: Payment, id: string, notification: string, given: Given): readonly Fact[] {
  const refund = find(payment, id);
  if (refund === undefined || refund.status === "succeeded" || refund.status === "failed") return [];
  return [{ kind: "refund_noticed", at: given.now, refund: id, notification }];
}

function find(payment: Payment, id: string): Refund | undefined {
  return payment.refunds.find((one) => one.id === id);
}

function whyRefused(report: Report): Failure {
  if (report.paymentStatus !== "Declined") return failure("technical", report.code);
  return failure(REFUND_REASONS[report.code ?? ""] ?? "refund_refused", report.code);
}

const REFUND_REASONS: Readonly<Record<string, Failure["reason"]>> = {
  E0531: "card_no_longer_valid",
  E0528: "already_refunded",
};
