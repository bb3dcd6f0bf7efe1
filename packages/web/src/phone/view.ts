import type { Cents } from "@caravela/sibs/money";
import type { Lang } from "../lang.ts";

/**
 * What the simulated phone shows: `GET /phone?alias=…` draws it, `GET /phone/waiting?alias=…` answers it as JSON
 * (there `answered` and `refused` are null), which the page asks for again and again.
 *
 * What is pressed is a form with the fields `alias` and `id`, answered by 303 back to the page: `POST /phone/approve`
 * and `/phone/decline`; for an authorised payment of the list `POST /phone/mandates/suspend`, `/reactivate`, `/change`
 * and `/cancel`. Approving a mandate and changing one also send `limit` and `validUntil`.
 */
export interface PhoneView {
  lang: Lang;
  /** Which phone this is, as SIBS names it (`351#919999999`); null before one was chosen. */
  alias: string | null;
  /** What was typed as a phone and is none, kept so that it can be mended; null otherwise. */
  notAPhone: string | null;
  /** What waits for an answer, oldest first. */
  waiting: PhoneRequest[];
  /** The authorised payments of this phone, newest first, those that are over included. */
  mandates: PhoneMandate[];
  /** Today in Lisbon, `2026-11-22`: no authorised payment can end before. */
  today: string;
  /** The terms just sent that cannot be, kept so that they can be mended. */
  refused: RefusedTerms | null;
  /** What came of the answer just given. */
  answered: PhoneAnswer | null;
}

interface Asking {
  /** The transactionID. */
  id: string;
  merchant: string;
  description: string | null;
  /** Whole seconds until SIBS stops waiting, at least 0. */
  secondsLeft: number;
}

export interface PurchaseRequest extends Asking {
  kind: "purchase";
  amount: Cents;
}

/** A merchant asks to be allowed to charge. */
export interface MandateRequest extends Asking {
  kind: "mandate";
  type: PhoneMandateType;
  /** In whose name the merchant asks. */
  customerName: string;
  /** What is filled in: the terms it gets when its owner sets none. */
  terms: PhoneTerms;
}

export type PhoneRequest = PurchaseRequest | MandateRequest;

/** `subscription`: the limit is of each month in Lisbon. `oneclick`: of each purchase. */
export type PhoneMandateType = "subscription" | "oneclick";

/** An authorised payment (a mandate). */
export interface PhoneMandate {
  /** The transactionID of its creation. */
  id: string;
  merchant: string;
  description: string | null;
  type: PhoneMandateType;
  status: "active" | "suspended" | "expired" | "canceled";
  limit: Cents;
  /** What is left of the limit: of this month's, or for each purchase. */
  available: Cents;
  /** Its last day, in Lisbon: `2027-12-31`. */
  validUntil: string;
}

/** A limit and an end as the fields hold them: `100.00` euros and `2027-12-31`, or whatever was typed. */
export interface PhoneTerms {
  limit: string;
  validUntil: string;
}

/** What is wrong with each field; null where nothing is. */
export interface RefusedTerms extends PhoneTerms {
  /** Of which request or authorised payment. */
  id: string;
  problems: { limit: LimitProblem | null; validUntil: EndProblem | null };
}

export type LimitProblem = "not_an_amount" | "not_above_zero";
export type EndProblem = "not_a_date" | "past";

/**
 * `authorised`: a mandate was approved. `too_late`: when the press arrived what it was about was over, or somebody else
 * had answered it.
 */
export type PhoneAnswer =
  | { outcome: "approved"; amount: Cents; merchant: string }
  | ({ outcome: "authorised" } & Pick<PhoneMandate, "merchant" | "type" | "limit" | "validUntil">)
  | { outcome: "declined"; merchant: string }
  | { outcome: "too_late" };
