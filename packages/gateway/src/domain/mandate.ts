import { lisbonDate } from "@caravela/platform/lisbon";
import { type Cents, cents } from "@caravela/sibs/money";
import { type Consent, lisbonMonth, type MandateType } from "./consent.ts";
import { type AskedPhone, answerOnPhone, askPhone } from "./methods/mbway.ts";
import { type OperationAsked, type OperationChange, operation } from "./operations.ts";
import type { Outcome } from "./outcomes.ts";
import { mandateCourseOf, scenarioOfPhone } from "./scenarios.ts";
import type { Asked, Change, MandateAction, Transaction } from "./transaction.ts";

/**
 * How a mandate stands, in SIBS's words (met in production, reference §18), and in ours what never became one: refused
 * on the phone, not answered in time, rejected by SIBS.
 */
export type MandateStatus = "PEND" | "ACTV" | "SSPN" | "EXPR" | "CNCL" | "REFUSED" | "LAPSED" | "REJECTED";

/** An authorised payment, as it stands at a moment: a customer's standing consent to be charged by one merchant. */
export interface Mandate {
  /** The creation's transaction: by it the mandate is inquired after, changed and cancelled. */
  readonly transactionId: string;
  /** 20 digits: what a collection names. */
  readonly mandateId: string;
  readonly terminalId: string;
  readonly merchantTransactionId: string;
  readonly type: MandateType;
  readonly phone: string;
  readonly customerName: string;
  readonly description: string;
  readonly status: MandateStatus;
  /** Set by the customer, for each month or each purchase as `type` says; null until then. */
  readonly limit: Cents | null;
  /** What may still be collected: in this month, or by one purchase; null where there is no limit yet. */
  readonly available: Cents | null;
  /** The last day, in Lisbon, on which it is good: `2027-12-31`; null until the customer has set it. */
  readonly validUntil: string | null;
  readonly askedAt: Date;
  /** Until when an answer counts on the phone; null when none is wanted (any more). */
  readonly answerableUntil: Date | null;
  readonly creation: MandateCreation;
}

/** The transaction that a mandate is made by. */
export type MandateCreation = Transaction & {
  readonly mandateId: string;
  readonly consent: Consent;
  readonly asked: Asked;
};

/** Whether a transaction is a mandate's creation. */
export function isMandate(transaction: Transaction): transaction is MandateCreation {
  return transaction.consent !== null && transaction.mandateId !== null && transaction.asked !== null;
}

/**
 * The mandate that a transaction has made or may still make, as it stands at that moment: it expires when its last day
 * in Lisbon is over.
 */
export function mandateOf(creation: MandateCreation, now: Date): Mandate {
  const { consent, asked } = creation;
  return {
    transactionId: creation.id,
    mandateId: creation.mandateId,
    terminalId: creation.terminalId,
    merchantTransactionId: creation.merchantTransactionId,
    type: consent.type,
    phone: asked.phone,
    customerName: consent.customerName,
    description: creation.description,
    status: statusOf(creation, now),
    limit: consent.limit,
    available: availableOf(consent, now),
    validUntil: consent.validUntil,
    askedAt: asked.at,
    answerableUntil: asked.answerableUntil,
    creation,
  };
}

/**
 * Asks the phone's owner for consent: a number without MB WAY says so at once (`E0506`); everybody else has four
 * minutes.
 */
export function askForMandate(creation: MandateCreation, now: Date): AskedPhone {
  const { phone } = creation.asked;
  const scenario = scenarioOfPhone(phone);
  return askPhone(creation, { phone, scenario, course: mandateCourseOf(scenario) }, now);
}

/**
 * What the customer may set; what is null stays as it is, or is 100 € and one year ahead at an approval (invented by
 * us).
 */
export interface MandateTerms {
  readonly limit: Cents | null;
  /** A day: `2027-12-31`. */
  readonly validUntil: string | null;
}

/** The owner of the phone consents; null when no answer is wanted (any more). */
export function approveMandate({ creation }: Mandate, terms: MandateTerms, now: Date): Change | null {
  return answerOnPhone({ ...creation, consent: { ...creation.consent, ...terms } }, "approved", now);
}

/** The owner of the phone refuses; null when no answer is wanted (any more). */
export function refuseMandate({ creation }: Mandate, now: Date): Change | null {
  return answerOnPhone(creation, "declined", now);
}

/** The customer pauses it: nothing can be collected until it is reactivated. Null unless it is active. */
export function suspendMandate(mandate: Mandate, now: Date): Change | null {
  return mandate.status === "ACTV" ? changing(mandate, { status: "SSPN" }, "SSPN", now) : null;
}

/** The customer lets it go on. Null unless it is suspended. */
export function reactivateMandate(mandate: Mandate, now: Date): Change | null {
  return mandate.status === "SSPN" ? changing(mandate, { status: "ACTV" }, "RCTV", now) : null;
}

/**
 * The customer sets another limit or end; what was collected this month stays counted. Null unless it is active or
 * suspended.
 */
export function changeMandate(mandate: Mandate, { limit, validUntil }: MandateTerms, now: Date): Change | null {
  if (!isAlive(mandate)) return null;
  const set = { limit: limit ?? mandate.limit, validUntil: validUntil ?? mandate.validUntil };
  return changing(mandate, set, "LMUP", now);
}

/** The customer ends it. Null unless it is active or suspended. */
export function cancelMandateOnPhone(mandate: Mandate, now: Date): Change | null {
  return isAlive(mandate) ? changing(mandate, { status: "CNCL" }, "CNCL", now) : null;
}

/**
 * The merchant ends it: an operation with a transactionID of its own. One that has ended, or whose scenario it is,
 * stays as it is: `E0520` (reference 6.4).
 */
export function cancelMandateForMerchant(mandate: Mandate, asked: OperationAsked, now: Date): OperationChange {
  const { creation } = mandate;
  const refused = !isAlive(mandate) || creation.scenario === "mandate_not_canceled";
  const outcome: Outcome = refused ? "mandate_not_canceled" : "approved";
  const after: MandateCreation = refused ? creation : { ...creation, consent: { ...creation.consent, status: "CNCL" } };
  const made = operation({ ...creation, method: "MANDATE" }, after, "cancellation", "CAUT", asked, outcome, now);
  return { ...made, notices: [{ about: made.operation, payment: after, mandateAction: "CNCL" }] };
}

/** Whether the customer once consented, however the mandate stands now. */
export function wasGiven({ creation }: Mandate): boolean {
  return creation.consent.status !== "PEND";
}

/** The mandate's creation once that amount was collected now: refunds do not give it back (inferred). */
export function drawnFrom({ creation }: Mandate, amount: Cents, now: Date): MandateCreation {
  const month = lisbonMonth(now);
  const collected = { month, amount: cents(collectedIn(creation.consent, month) + amount) };
  return { ...creation, consent: { ...creation.consent, collected } };
}

function isAlive({ status }: Mandate): boolean {
  return status === "ACTV" || status === "SSPN";
}

function statusOf({ outcome, consent }: MandateCreation, now: Date): MandateStatus {
  if (consent.status === "CNCL") return "CNCL";
  if (consent.status !== "PEND") return isOver(consent, now) ? "EXPR" : consent.status;
  if (outcome === "waiting") return "PEND";
  if (outcome === "refused_by_holder") return "REFUSED";
  return outcome === "not_answered" || outcome === "abandoned" || outcome === "timed_out" ? "LAPSED" : "REJECTED";
}

function isOver({ validUntil }: Consent, now: Date): boolean {
  return validUntil !== null && lisbonDate(now) > validUntil;
}

function availableOf(consent: Consent, now: Date): Cents | null {
  const { type, limit } = consent;
  if (limit === null || type === "ONECLICK") return limit;
  return cents(Math.max(0, limit - collectedIn(consent, lisbonMonth(now))));
}

function collectedIn({ collected }: Consent, month: string): number {
  return collected?.month === month ? collected.amount : 0;
}

const journalWords = { SSPN: "suspended", RCTV: "reactivated", LMUP: "changed", CNCL: "canceled_on_phone" } as const;

function changing({ creation }: Mandate, set: Partial<Consent>, mandateAction: MandateAction, now: Date): Change {
  const consent: Consent = { ...creation.consent, ...set };
  const after: MandateCreation = { ...creation, consent };
  const { limit, validUntil } = consent;
  const entry = { at: now, what: journalWords[mandateAction], data: { limit, validUntil } };
  // told under the creation's id, as an operation on the mandate (reference 10.5)
  const paymentType = mandateAction === "CNCL" ? "CAUT" : "AUTH";
  const about: Transaction = { ...after, method: "MANDATE", paymentType };
  return { transaction: after, operation: null, journal: [entry], notices: [{ about, payment: after, mandateAction }] };
}
