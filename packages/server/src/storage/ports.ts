import type { Caller } from "../domain/api-key.ts";
import type { By } from "../domain/by.ts";
import type { CardTries } from "./card-tries.ts";
import type { SavedCards } from "./cards.ts";
import type { Continuations } from "./continuations.ts";
import type { MandateStore } from "./mandates.ts";
import type { PaymentStore } from "./payments.ts";
import type { PhoneRequests } from "./phone-requests.ts";
import type { RefundDays } from "./refund-days.ts";

/** What may be touched of what is stored. A use case says by these names what it needs, and is given no more. */
export interface ReadsPayments {
  readonly payments: Pick<PaymentStore, "load" | "findBy">;
}

/** What is decided by it is whoever's it was given to; `by`: somebody else's, as what SIBS says is SIBS's. */
export type Deciding<Store, Does extends keyof Store> = Pick<Store, Does> & { by(by: By): Pick<Store, Does> };

/** What is touched for whoever asks by the API: what is decided by it is that key's. */
export type PortsOf<Ports> = (caller: Pick<Caller, "by">) => Ports;

export interface ListsPayments {
  readonly payments: Pick<PaymentStore, "list">;
}

/** Lists what was done with payments. */
export interface ListsOperations {
  readonly payments: Pick<PaymentStore, "listOperations">;
}

/** Reads whole lists, from their beginning to their end. */
export interface ReadsWholeLists {
  readonly payments: Pick<PaymentStore, "every" | "everyOperation">;
}

/** Sums up what moved, what failed, and what is still to be paid. */
export interface SumsUp {
  readonly payments: Pick<PaymentStore, "sumDays" | "countFailures" | "sumReferences">;
}

/** Reads what happened to something, line by line. */
export interface ReadsJournals {
  readonly payments: Pick<PaymentStore, "journal">;
  readonly mandates: Pick<MandateStore, "journal">;
}

export interface DecidesPayments {
  readonly payments: Deciding<PaymentStore, "load" | "lately" | "decide" | "decideOn" | "record">;
}

export interface CreatesPayments {
  readonly payments: Pick<PaymentStore, "load" | "create" | "createOnce">;
}

/** Finds a call of ours that SIBS is known to have done. */
export interface FindsDoneCalls {
  readonly payments: Pick<PaymentStore, "doneAfter">;
}

/** Knows whether SIBS has ever spoken of an operation. */
export interface KnowsWhatWasHeardOf {
  readonly payments: Pick<PaymentStore, "wasHeardOf">;
}

/** Has what is due of a payment done before what may wait. */
export interface HurriesPayments {
  readonly payments: Pick<PaymentStore, "hurry">;
}

/** Sets when a payment is looked at again. */
export interface RestsPayments {
  readonly payments: Pick<PaymentStore, "load" | "lately" | "rest">;
}

export interface ReadsMandates {
  readonly mandates: Pick<
    MandateStore,
    "load" | "findBy" | "findByToken" | "findPending" | "activeOf" | "ofCustomer" | "list" | "listPlans"
  >;
}

export interface DecidesMandates {
  readonly mandates: Deciding<MandateStore, "load" | "lately" | "decide" | "record">;
}

export interface CreatesMandates {
  readonly mandates: Pick<MandateStore, "create">;
}

/** Has SIBS asked how a mandate stands. */
export interface AsksMandatesSoon {
  readonly mandates: Pick<MandateStore, "askSoon">;
}

/** Sets when a mandate is looked at again. */
export interface RestsMandates {
  readonly mandates: Pick<MandateStore, "load" | "lately" | "rest">;
}

/** Lets a decision about a payment stand on a mandate or on a saved card. */
export interface StandsOnOthers {
  readonly mandates: Pick<MandateStore, "standingOn">;
  readonly savedCards: Pick<SavedCards, "standingOn">;
}

export interface ReadsSavedCards {
  readonly savedCards: Pick<SavedCards, "find" | "of">;
}

/** Keeps the card of a payment. */
export interface KeepsSavedCards {
  readonly payments: Deciding<PaymentStore, "saveCard">;
}

/** How a card's purchase goes on, for whichever process its customer comes back to. */
export interface KeepsContinuations {
  readonly continuations: Pick<Continuations, "keep" | "find">;
}

/** Knows what is refunded and captured within a day by each key and person that has a limit. */
export interface CountsRefunds {
  readonly refundDays: Pick<RefundDays, "left">;
}

/** Counts what may be tried too often: cards, and requests to a phone. */
export interface CountsTries {
  readonly cardTries: Pick<CardTries, "count">;
  readonly phoneRequests: Pick<PhoneRequests, "count">;
}
