import type { Cents } from "@caravela/sibs/money";
import { takesMoney } from "./apply.ts";
import { type Action, type Attempt, isLive, type PaymentReference } from "./attempt.ts";
import { isWithdrawn, withdrawAgain, withReferenceWithdrawn } from "./attempts.ts";
import type { Given } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { rulesOf } from "./methods/index.ts";
import { type OperationKind, type OperationReason, PERSON_AFTER, PREFIXES } from "./operation.ts";
import { type Attention, givenUpAt, type Payment } from "./payment.ts";
import { failure, type Meaning, meaningOf, type Report, type ReportedReference } from "./report.ts";
import { NOT_ARRIVED_FOR } from "./schedule.ts";
import { MINUTE, SECOND } from "./time.ts";

/**
 * Decides what a report of SIBS about an attempt's transaction changes. The one judge of an attempt's fate: answers and inquiries
 * come here, notifications only cause an inquiry. *approved* beats every other end, because money moved.
 */
export function hear(payment: Payment, id: string, report: Report, given: Given): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined) return [];
  const learnt = [
    ...name(attempt, report, given),
    ...proof(attempt, report, given),
    ...fallback(attempt, report, given),
  ];
  const facts = [...learnt, ...consequences(payment, attempt, report, given)];
  const heard =
    facts.length > 0 || report.source === "answer" ? facts : [asked(attempt, report.paymentStatus, true, given)];
  return withReferenceWithdrawn(payment, heard, given);
}

/** The transaction of a charge by the merchant is made by the call itself: its name is learnt with the first word about it. */
function name(attempt: Attempt, { transactionId }: Report, given: Given): readonly Fact[] {
  if (attempt.transactionId !== null || transactionId === null) return [];
  return [{ kind: "attempt_named", at: given.now, attempt: attempt.id, transactionId }];
}

function proof(attempt: Attempt, { authentication }: Report, given: Given): readonly Fact[] {
  if (attempt.authentication !== null || authentication === null) return [];
  return [{ kind: "attempt_authenticated", at: given.now, attempt: attempt.id, authentication }];
}

/** SIBS did not charge the mandate by itself, but asked its owner on the phone, as for any payment by MB WAY (reference 6.4). */
function fallback(attempt: Attempt, { paymentMethod }: Report, given: Given): readonly Fact[] {
  if (attempt.mandate === null || attempt.phone !== null || paymentMethod !== "MBWAY") return [];
  return [{ kind: "attempt_fell_back", at: given.now, attempt: attempt.id, phone: attempt.mandate.phone }];
}

/** An inquiry that brought no answer: the next one is scheduled, silence itself may end an attempt, and after a day of doubt a person is asked. */
export function hearNothing(payment: Payment, id: string, given: Given): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined) return [];
  return (
    endBySilence(attempt, given) ?? [asked(attempt, "no answer", false, given), ...askPerson(payment, attempt, given)]
  );
}

function askPerson(payment: Payment, attempt: Attempt, given: Given): readonly Fact[] {
  if (payment.attention !== null || attempt.doubtSince === null) return [];
  return given.now >= attempt.doubtSince + PERSON_AFTER ? [attention(attempt, "in_doubt", given)] : [];
}

function asked(attempt: Attempt, said: string, answered: boolean, given: Given): Fact {
  return { kind: "attempt_asked", at: given.now, attempt: attempt.id, said, answered };
}

function consequences(payment: Payment, attempt: Attempt, report: Report, given: Given): readonly Fact[] {
  const meaning = meaningOf(report, attempt, given.now);
  if (attempt.status === "approved") return doubtsAboutSuccess(payment, attempt, meaning, given);
  switch (meaning.kind) {
    case "approved":
      return approve(payment, attempt, meaning, report.reference, given);
    case "ended":
      return isLive(attempt) ? [end(attempt, meaning, given)] : [];
    case "action":
      return isLive(attempt) ? requireAction(attempt, meaning.action, given) : [];
    case "pending":
      return isLive(attempt) ? stillPending(payment, attempt, report.reference, given) : [];
    case "not_arrived":
      return notArrived(attempt, given);
    case "ask_again":
    case "nothing":
      return [];
  }
}

function end(attempt: Attempt, meaning: Extract<Meaning, { kind: "ended" }>, given: Given): Fact {
  const { status, failure } = meaning;
  return { kind: "attempt_ended", at: given.now, attempt: attempt.id, status, failure };
}

function approve(
  payment: Payment,
  attempt: Attempt,
  { amount, hold }: Extract<Meaning, { kind: "approved" }>,
  reference: ReportedReference | null,
  given: Given,
): readonly Fact[] {
  const approved: Fact = {
    kind: "attempt_approved",
    at: given.now,
    attempt: attempt.id,
    amount,
    hold,
    reference: knownOf(attempt, reference),
  };
  if (amount !== payment.amount) return [approved, attention(attempt, "amount_differs", given)];
  return [approved, ...afterApproval(payment, attempt, amount, hold, given)];
}

/** What is made of a success at once: a hold that is to be captured by itself is; what is late or double goes back. */
function afterApproval(
  payment: Payment,
  attempt: Attempt,
  amount: Cents,
  hold: boolean,
  given: Given,
): readonly Fact[] {
  const ask = (operationKind: OperationKind, reason: OperationReason): Fact => ({
    kind: "operation_requested",
    ...{
      at: given.now,
      operation: given.id(PREFIXES[operationKind]),
      operationKind,
      attempt: attempt.id,
      amount,
      reason,
    },
  });
  if (takesMoney(payment, amount)) return hold && payment.capture === "automatic" ? [ask("capture", "automatic")] : [];
  return [ask(hold ? "cancellation" : "refund", payment.amountAuthorized > 0 ? "duplicate" : "late")];
}

/** A success that SIBS later takes back is for a person to settle; said once. */
function doubtsAboutSuccess(payment: Payment, attempt: Attempt, meaning: Meaning, given: Given): readonly Fact[] {
  if (meaning.kind !== "ended" || payment.attention !== null) return [];
  return [attention(attempt, "taken_back", given)];
}

function attention(attempt: Attempt, reason: Attention["reason"], given: Given): Fact {
  return { kind: "attention_raised", at: given.now, attempt: attempt.id, reason };
}

/** How long a browser may take: the hidden frame ten seconds (EMV 3-D Secure's own advice), the customer five minutes. */
const ACTION_LIMITS = { "3ds_method": 10 * SECOND, "3ds_challenge": 5 * MINUTE } as const;

/** What is asked of the browser again and again ends with the checkout, whatever SIBS says. */
function requireAction(attempt: Attempt, action: Omit<Action, "expiresAt">, given: Given): readonly Fact[] {
  const ending = rulesOf(attempt.method).endBySilence(attempt, given.now);
  if (ending !== null) return [{ kind: "attempt_ended", at: given.now, attempt: attempt.id, ...ending }];
  const limit = given.now + ACTION_LIMITS[action.type];
  const expiresAt = Math.min(limit, Math.max(attempt.checkoutExpiresAt ?? limit, given.now + SECOND));
  return [{ kind: "attempt_action_required", at: given.now, attempt: attempt.id, action: { ...action, expiresAt } }];
}

function stillPending(
  payment: Payment,
  attempt: Attempt,
  reference: ReportedReference | null,
  given: Given,
): readonly Fact[] {
  if (attempt.inDoubt && isWithdrawn(attempt)) return withdrawalNotArrived(payment, attempt, given);
  const settled = endBySilence(attempt, given);
  if (settled !== null && !attempt.inDoubt) return settled;
  if (attempt.status === "pending" && !attempt.inDoubt) return [];
  const known = knownOf(attempt, reference);
  return [{ kind: "attempt_pending", at: given.now, attempt: attempt.id, reference: known }];
}

/** The withdrawal of a reference that SIBS still holds to be unpaid after a minute never arrived: the reference lives on. */
function withdrawalNotArrived(payment: Payment, attempt: Attempt, given: Given): readonly Fact[] {
  return sinceLongEnough(attempt, given) ? withdrawAgain(payment, attempt, given) : firstNotArrived(attempt, given);
}

/** "Pending" without a method means that the call has not arrived *yet*: only after a minute of it does the attempt fail. */
function notArrived(attempt: Attempt, given: Given): readonly Fact[] {
  if (!isLive(attempt) || !attempt.inDoubt) return [];
  if (!sinceLongEnough(attempt, given)) return firstNotArrived(attempt, given);
  const why = failure("not_sent");
  return [{ kind: "attempt_ended", at: given.now, attempt: attempt.id, status: "failed", failure: why }];
}

function sinceLongEnough(attempt: Attempt, given: Given): boolean {
  return attempt.notArrivedSince !== null && given.now >= attempt.notArrivedSince + NOT_ARRIVED_FOR;
}

function firstNotArrived(attempt: Attempt, given: Given): readonly Fact[] {
  if (attempt.notArrivedSince !== null) return [];
  return [{ kind: "attempt_not_arrived", at: given.now, attempt: attempt.id }];
}

function endBySilence(attempt: Attempt, given: Given): readonly Fact[] | null {
  if (attempt.status !== "pending" || attempt.inDoubt) return null;
  const ending = rulesOf(attempt.method).endBySilence(attempt, given.now);
  if (ending === null) return null;
  return [{ kind: "attempt_ended", at: given.now, attempt: attempt.id, ...ending }];
}

/** The reference as it is kept; null when nothing more is known of it than before. */
function knownOf(attempt: Attempt, reported: ReportedReference | null): PaymentReference | null {
  if (reported === null) return null;
  const { entity, reference, amount } = reported;
  const expiresAt = reported.expiresAt ?? attempt.expiresAt;
  return expiresAt === null ? null : { entity, reference, amount, expiresAt };
}

/** A notification about an attempt: it never moves money, it makes the inquiry due now. */
export function noticeAttempt(
  payment: Payment,
  id: string,
  notice: { readonly notification: string; readonly success: boolean },
  given: Given,
): readonly Fact[] {
  if (!payment.attempts.some((one) => one.id === id)) return [];
  return [{ kind: "attempt_noticed", at: given.now, attempt: id, ...notice }];
}

/** Whether a payment would end by the passing of its date; decided only when nothing is live any more. */
export function expire(payment: Payment, given: Given): readonly Fact[] {
  if (payment.status !== "open" || given.now < payment.expiresAt) return [];
  return [{ kind: "payment_expired", at: given.now }];
}

/** A charge by the merchant that was refused, or never sent, is over: it is canceled, and the shop is told. */
export function giveUpCharge(payment: Payment, given: Given): readonly Fact[] {
  const at = givenUpAt(payment);
  return at === null || given.now < at ? [] : [{ kind: "payment_canceled", at: given.now }];
}

/** A shop's cancellation. Allowed while an attempt is live: what is approved afterwards is late money. */
export function cancel(payment: Payment, given: Given) {
  if (payment.status === "paid" || payment.status === "authorized") return { refused: "payment_already_paid" } as const;
  if (payment.status === "expired") return { refused: "payment_expired" } as const;
  if (payment.status === "canceled") return [];
  return withReferenceWithdrawn(payment, [{ kind: "payment_canceled", at: given.now }], given);
}
