import type { Clock } from "@caravela/platform/clock";
import {
  approveMandate,
  cancelMandateOnPhone,
  changeMandate,
  isMandate,
  type Mandate,
  type MandateTerms,
  mandateOf,
  reactivateMandate,
  refuseMandate,
  suspendMandate,
} from "../../domain/mandate.ts";
import { answerOnPhone } from "../../domain/methods/mbway.ts";
import { type Change, looksLikeTransactionId, type Transaction } from "../../domain/transaction.ts";
import type { Mandates } from "../../mandates/mandates.ts";
import type { Transactions } from "../../transactions/transactions.ts";

/** What a phone is about. */
export interface Phones {
  readonly transactions: Transactions;
  readonly mandates: Mandates;
  readonly clock: Clock;
}

/** Whether a text can be a phone as MB WAY names it: country code, `#`, number. */
export function isAlias(text: string): boolean {
  return /^\d{1,3}#\d{4,15}$/.test(text);
}

/** What waits for an answer on that phone, oldest first: purchases, and mandates by their creations. */
export async function waitingOn({ transactions }: Phones, alias: string): Promise<Transaction[]> {
  return isAlias(alias) ? transactions.findWaiting(alias) : [];
}

/** What the owner of a phone answers to a request; the terms count where a mandate is approved. */
export interface Answer {
  readonly pressed: "approved" | "declined";
  /** Which request; null: the oldest. */
  readonly id: string | null;
  readonly terms: MandateTerms;
}

/**
 * The owner of a phone approves or declines a request: the one named, or the oldest. Gives the payment, or the
 * mandate's creation, as it is then; null when nothing (of that id) waits there.
 */
export async function answerRequest(phones: Phones, alias: string, answer: Answer): Promise<Transaction | null> {
  if (answer.id !== null) return answerOne(phones, alias, answer.id, answer);
  // somebody may answer the same request meanwhile: then the next is the oldest
  for (const { id } of await waitingOn(phones, alias)) {
    const answered = await answerOne(phones, alias, id, answer);
    if (answered !== null) return answered;
  }
  return null;
}

async function answerOne({ transactions, clock }: Phones, alias: string, id: string, answer: Answer) {
  if (!looksLikeTransactionId(id)) return null;
  return transactions.change(id, (asked) => {
    const change = asked.asked?.phone === alias ? answering(asked, answer, clock.now()) : null;
    return { result: change?.transaction ?? null, change };
  });
}

function answering(asked: Transaction, { pressed, terms }: Answer, now: Date): Change | null {
  if (!isMandate(asked)) return answerOnPhone(asked, pressed, now);
  const mandate = mandateOf(asked, now);
  return pressed === "approved" ? approveMandate(mandate, terms, now) : refuseMandate(mandate, now);
}

/** What the owner of a phone can do about a mandate, and what that decides; the terms count where it is changed. */
const decisions = {
  suspend: (mandate: Mandate, _terms: MandateTerms, now: Date) => suspendMandate(mandate, now),
  reactivate: (mandate: Mandate, _terms: MandateTerms, now: Date) => reactivateMandate(mandate, now),
  change: changeMandate,
  cancel: (mandate: Mandate, _terms: MandateTerms, now: Date) => cancelMandateOnPhone(mandate, now),
} satisfies Record<string, (mandate: Mandate, terms: MandateTerms, now: Date) => Change | null>;

/** What the owner of a phone can do about a mandate. */
export type MandatePress = keyof typeof decisions;

/** All of them. */
export const mandatePresses = Object.keys(decisions) as MandatePress[];

/** Which mandate of a phone is meant, and what its owner does about it. */
export interface PressedOnMandate {
  readonly id: string;
  readonly press: MandatePress;
  readonly terms: MandateTerms;
}

/**
 * The owner of a phone pauses, reactivates, changes or ends a mandate; `not_now` when it does not stand so that it can
 * be.
 */
export async function pressOnMandate(
  { mandates, clock }: Phones,
  alias: string,
  { id, press, terms }: PressedOnMandate,
): Promise<Mandate | "unknown" | "not_now"> {
  if (!looksLikeTransactionId(id)) return "unknown";
  const pressed = await mandates.change<Mandate | "unknown" | "not_now">(id, (mandate) => {
    const now = clock.now();
    if (mandate.phone !== alias) return { result: "unknown", change: null };
    const change = decisions[press](mandate, terms, now);
    const after = change?.transaction ?? null;
    return { result: after !== null && isMandate(after) ? mandateOf(after, now) : "not_now", change };
  });
  return pressed ?? "unknown";
}
