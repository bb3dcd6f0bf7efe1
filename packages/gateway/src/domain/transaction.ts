import { PHONE_ANSWER_MS } from "@caravela/sibs/limits";
import type { Cents } from "@caravela/sibs/money";
import type { CardTerms, CardUse, Token } from "./card.ts";
import { type Consent, given } from "./consent.ts";
import { type Outcome, outcomes } from "./outcomes.ts";
import type { ScenarioName } from "./scenarios.ts";

/**
 * The ways to pay that this gateway knows, in SIBS's spelling; `TOKEN` is a saved card, `MANDATE` an authorised
 * payment.
 */
export type Method = "CARD" | "MBWAY" | "REFERENCE" | "TOKEN" | "MANDATE";

/**
 * Everything the gateway knows of a payment, of a mandate's creation, or of an operation (capture, cancellation,
 * refund, charge by the merchant) on one. Never changed: a change makes a new one.
 */
export interface Transaction {
  readonly id: string;
  /**
   * A charge is the merchant's own, on an earlier payment by card; it holds money as a payment does. A mandate moves
   * none.
   */
  readonly kind: "payment" | "mandate" | "charge" | "refund" | "cancellation" | "capture";
  /** The payment or mandate that an operation is about; the checkout that a mandate was made on. */
  readonly originalId: string | null;
  readonly terminalId: string;
  readonly merchantTransactionId: string;
  /**
   * The request's `transactionTimestamp` as it was written: backoffice answers give it back to the letter (captured,
   * reference 8.2).
   */
  readonly merchantTimestamp: string;
  readonly description: string;
  /** SIBS's other number for it, `S13073800474198S`. */
  readonly recipientId: string;
  readonly amount: Cents;
  /**
   * `PURS` or `AUTH` for a payment; `MITR`, `CAPT`, `RFND`, `CAUT`, `CPRF`, `CMBW` for an operation (reference 2.4).
   */
  readonly paymentType: string;
  readonly methods: readonly Method[];
  /** The method that was called; null until then. */
  readonly method: Method | null;
  readonly outcome: Outcome;
  readonly receivedAt: Date;
  /** When the checkout lapses, by the gateway's clock. */
  readonly deadline: Date;
  /** What is fixed for this phone or amount from the beginning, if anything. */
  readonly scenario: ScenarioName | null;
  readonly asked: Asked | null;
  readonly terms: ReferenceTerms | null;
  readonly reference: Reference | null;
  readonly cardTerms: CardTerms;
  /** The card that was used; null until then. */
  readonly card: CardUse | null;
  /** The mandate that this is the creation of, or that the checkout named to be collected by: 20 digits. */
  readonly mandateId: string | null;
  /** Of a mandate's creation: what its customer is asked for, and has consented to. */
  readonly consent: Consent | null;
  readonly sums: Sums;
  /** The outcome that time brings by itself. */
  readonly due: { readonly at: Date; readonly outcome: Outcome } | null;
  /** Counts the changes, so that two at once cannot both be written. */
  readonly version: number;
}

/** An MB WAY request on a phone. */
export interface Asked {
  readonly phone: string;
  readonly at: Date;
  /** Until when an answer counts; null when none is wanted any more. */
  readonly answerableUntil: Date | null;
}

/** What the checkout allows a Multibanco reference (`paymentReference`). */
export interface ReferenceTerms {
  readonly entity: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly minAmount: Cents;
  readonly maxAmount: Cents;
}

/** A Multibanco reference. */
export interface Reference {
  /** Nine digits, perhaps with zeros in front. */
  readonly number: string;
  readonly status: "UNPAID" | "PAID" | "CANC";
  readonly paidAt: Date | null;
}

/** What became of the money: captured + released ≤ authorized, refunded ≤ captured. */
export interface Sums {
  readonly authorized: Cents;
  readonly captured: Cents;
  readonly released: Cents;
  readonly refunded: Cents;
}

/** One line of a transaction's history, as `/sandbox/transactions/{id}` shows it. */
export interface JournalEntry {
  readonly at: Date;
  readonly what: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * What a decision changes: one transaction, perhaps a new operation on it, its history, and who is to be told of which.
 */
export interface Change {
  readonly transaction: Transaction;
  readonly operation: Transaction | null;
  readonly journal: readonly JournalEntry[];
  readonly notices: readonly Notice[];
  /** A token that comes to life by it. */
  readonly token?: Token | null;
  /** The mandate that was collected by, as it is then: both change, or neither. */
  readonly drawnOn?: Transaction | null;
}

/**
 * Somebody to be told: how this transaction stands now, and the payment it belongs to (itself, unless it is an
 * operation).
 */
export interface Notice {
  readonly about: Transaction;
  readonly payment: Transaction;
  /** What was done with a mandate; its creation when not given (reference 6.3). */
  readonly mandateAction?: MandateAction;
}

/** Suspended, reactivated, limit or end updated, cancelled. */
export type MandateAction = "SSPN" | "RCTV" | "LMUP" | "CNCL";

/** The form of a transactionID (reference 2.11), as a pattern. */
export const TRANSACTION_ID = "^s2[A-Za-z0-9]{18}$";

/** Whether a text has that form; any other is of no transaction. */
export function looksLikeTransactionId(text: string): boolean {
  return new RegExp(TRANSACTION_ID).test(text);
}

/** A transaction's `paymentStatus`, in SIBS's word. */
export function paymentStatusOf(transaction: Transaction): string {
  return outcomes[transaction.outcome].paymentStatus;
}

/** Whether the checkout has lapsed. */
export function hasLapsed(transaction: Transaction, now: Date): boolean {
  return now >= transaction.deadline;
}

/**
 * Until when somebody is waited for: the reference's end, the phone's owner's four minutes, or the checkout's own ten.
 */
export function deadlineOf({ reference, terms, asked, deadline }: Transaction): Date {
  if (reference !== null && terms !== null) return terms.validTo;
  return asked === null ? deadline : new Date(asked.at.getTime() + PHONE_ANSWER_MS);
}

/**
 * The amount that SIBS shows: what was asked, or what was in fact paid at the ATM within the reference's bounds
 * (inferred).
 */
export function shownAmount(transaction: Transaction): Cents {
  return transaction.reference?.status === "PAID" ? transaction.sums.captured : transaction.amount;
}

/** The transaction with another outcome, which ends whatever was waited for; with `approved`, the money is there. */
export function turned(transaction: Transaction, outcome: Outcome): Transaction {
  const { asked, amount, paymentType } = transaction;
  const ended = {
    ...transaction,
    outcome,
    due: null,
    asked: asked === null ? null : { ...asked, answerableUntil: null },
  };
  if (outcome !== "approved") return ended;
  // A success of an AUTH is a hold, not money (reference 8.3); so is a charge's, until it is captured (inferred).
  const captured = paymentType === "AUTH" || paymentType === "MITR" ? transaction.sums.captured : amount;
  return { ...ended, sums: { ...transaction.sums, authorized: amount, captured } };
}

/**
 * A change that turns a payment to an outcome and tells its merchant: one notification for each change of status
 * (reference 10.8).
 */
export function turning(transaction: Transaction, outcome: Outcome, at: Date, what: string): Change {
  const after = consenting(turned(transaction, outcome), at);
  const entry = { at, what, data: { paymentStatus: paymentStatusOf(after), code: outcomes[outcome].code } };
  const token = outcome === "approved" ? tokenMadeBy(after) : null;
  return { transaction: after, operation: null, journal: [entry], notices: [{ about: after, payment: after }], token };
}

/** A mandate's creation that is approved gives the consent. */
function consenting(transaction: Transaction, at: Date): Transaction {
  const { outcome, consent } = transaction;
  return outcome !== "approved" || consent === null ? transaction : { ...transaction, consent: given(consent, at) };
}

/** A card is kept only once it has paid: a token that cannot pay helps nobody. */
function tokenMadeBy({ method, card, cardTerms }: Transaction): Token | null {
  const isNew = method === "CARD" && card !== null && cardTerms.keepsCard;
  return isNew && card.token !== null ? { value: card.token, card: card.kept } : null;
}

/** The token to tell of: the one that was paid with, or the one that the payment has made. */
export function tokenOf({ method, outcome, card }: Transaction): Token | null {
  if (card === null || card.token === null) return null;
  return method === "TOKEN" || outcome === "approved" ? { value: card.token, card: card.kept } : null;
}

/** What time brings by itself when it is due; null when nothing is. */
export function timePassed(transaction: Transaction, now: Date): Change | null {
  const { due, asked } = transaction;
  if (due === null || due.at > now) return null;
  const change = turning(transaction, due.outcome, now, "time_passed");
  const stillAnswerable = (asked?.answerableUntil ?? due.at) > due.at;
  // A late answer is taken after all: a `Timeout` that turns later (reference §14, row 21).
  return stillAnswerable ? { ...change, transaction: { ...change.transaction, asked } } : change;
}
