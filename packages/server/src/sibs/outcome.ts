import type { MandateReport } from "../domain/mandate/hear.ts";
import type { MandateType } from "../domain/mandate/state.ts";
import type { Report } from "../domain/payment/report.ts";

/** What a log says of a call without a usable answer: never a body, a token or a card. */
export interface Fault {
  readonly error: string;
  readonly httpStatus: number | null;
}

/** SIBS said what it decided, be that a decline. */
export type Answered<Said> = { readonly kind: "answered" } & Said;

/** SIBS looked at the call and would not do it. Nothing moved. */
export interface Refused {
  readonly kind: "refused";
  /** SIBS's own; null where it gave none. */
  readonly code: string | null;
  readonly fault: Fault;
}

/**
 * Nothing came of the call: SIBS was not reached, was too busy, or did not let us in; of a call that moves no money,
 * also because its answer was lost.
 */
export interface Unheard {
  readonly kind: "unheard";
  /** SIBS's own; null where it gave none. */
  readonly code: string | null;
  /** Whether SIBS answered that it would not look at it (401, 403, 429): another try now would end the same. */
  readonly isTurnedAway: boolean;
  /** For how long SIBS asked to be left alone, in milliseconds; null where it did not say. */
  readonly retryAfterMs: number | null;
  readonly fault: Fault;
}

/** The call may have been done: it is asked about, and never sent a second time. */
export interface InDoubt {
  readonly kind: "in_doubt";
  readonly fault: Fault;
}

/** A charge may have been done. */
export interface ChargeInDoubt extends InDoubt {
  /**
   * Whether SIBS answered that the transaction has gone on without this call (409): its status says at once where to.
   */
  readonly hasMovedOn: boolean;
}

/** SIBS itself, by its own codes, knows nothing of what was asked about. */
export interface NotFound {
  readonly kind: "not_found";
  readonly fault: Fault;
}

/** A checkout moves no money: it is there or it is not. */
export type CheckoutOutcome = Answered<{ readonly checkout: PreparedCheckout }> | Refused | Unheard;

/** The call that asks a customer, or their bank, for money, or goes on with it. */
export type ChargeOutcome =
  | Answered<{ readonly report: Report; readonly token: SaidToken | null }>
  | Refused
  | Unheard
  | ChargeInDoubt;

/** A capture, a cancellation, a refund. */
export type OperationOutcome = Answered<{ readonly report: Report }> | Refused | Unheard | InDoubt;

/** A question about a transaction: it can be asked at any time, so no answer leaves it in doubt. */
export type InquiryOutcome = Answered<{ readonly status: SaidStatus }> | Unheard | NotFound;

/** A request for a mandate. */
export type MandateRequestOutcome =
  | Answered<{ readonly transactionId: string; readonly mandateId: string | null }>
  | Refused
  | Unheard
  | InDoubt;

/** The end of a mandate. */
export type MandateEndOutcome = Answered<object> | Refused | Unheard | InDoubt;

/** A question about a mandate. */
export type MandateInquiryOutcome = Answered<{ readonly report: MandateReport }> | Unheard | NotFound;

/** The list of a merchant's mandates. */
export type MandateListOutcome = Answered<{ readonly mandates: readonly ListedMandate[] }> | Unheard | NotFound;

/** What SIBS's calls on a prepared transaction need: its id, and the signature that authorises them. */
export interface PreparedCheckout {
  readonly transactionId: string;
  readonly signature: string;
}

/** A token that SIBS gave for a card. */
export interface SaidToken {
  /** Charges the card, with the terminal's credentials. */
  readonly value: string;
  /** `401200******1112`; null where SIBS does not say. */
  readonly maskedPan: string | null;
}

/** What SIBS says about a transaction. */
export interface SaidStatus {
  readonly report: Report;
  /** The transaction that it speaks of. */
  readonly transactionId: string;
  /** The id that it was sent under, where SIBS says. */
  readonly merchantTransactionId: string | null;
  readonly token: SaidToken | null;
}

/** A mandate in the merchant's list. */
export interface ListedMandate {
  readonly transactionId: string | null;
  readonly mandateId: string;
  /** As SIBS writes it: `351#9XXXXXXXX`. */
  readonly phone: string | null;
  /** Null: SIBS does not say, or a word that is none of ours. */
  readonly type: MandateType | null;
}
