import type { Cents } from "@caravela/sibs/money";
import type { Given } from "../decision.ts";
import { failure } from "../failure.ts";
import { NOT_ARRIVED_FOR } from "../patience.ts";
import { nameMandate } from "./begin.ts";
import { finishCancellation, lapse, lapseOverdue, refuse, sendCancellation, withPlans } from "./end.ts";
import type { HeardStatus, MandateFact } from "./facts.ts";
import { isAlive, type Mandate } from "./state.ts";

/** How SIBS says that a mandate stands, brought to one shape. */
export interface MandateReport {
  /**
   * SIBS's `mandateStatus`; null: it knows no such authorised payment, or none that the customer has agreed to yet
   * (`E0507`).
   */
  readonly status: string | null;
  readonly mandateId: string | null;
  readonly limit: Cents | null;
  readonly validUntil: string | null;
}

/** SIBS's words for how a mandate stands (reference 18), in ours. `PEND` says as little as no mandate at all. */
const STATUSES: Readonly<Record<string, HeardStatus>> = {
  ACTV: "active",
  SSPN: "suspended",
  CNCL: "canceled",
  EXPR: "expired",
};

/** Whether SIBS's word for how a mandate stands is one that the rules know. */
export function isKnownStatus(status: string): boolean {
  return status === "PEND" || Object.hasOwn(STATUSES, status);
}

/**
 * Decides what SIBS's answer to an inquiry changes: the one judge of a mandate. A request that was not answered in time
 * is active after all when SIBS says so; one that the shop has canceled meanwhile is canceled at SIBS too.
 */
export function hearMandate(mandate: Mandate, report: MandateReport, given: Given): readonly MandateFact[] {
  const said = report.status ?? "unknown";
  const status = STATUSES[said] ?? null;
  const facts = status === null ? unanswered(mandate, given) : stands(mandate, { ...report, status, said }, given);
  return facts.length > 0 ? facts : [asked(said, given)];
}

/**
 * An inquiry that brought no answer: the next one is scheduled. A SIBS that cannot be asked has not said that nobody
 * agreed.
 */
export function hearNothingOfMandate(_mandate: Mandate, { now: at }: Given): readonly MandateFact[] {
  return [{ kind: "mandate_asked", at, said: "no answer", answered: false }];
}

/** SIBS is asked by the customer's phone: of an erased one it cannot be asked any more, and need not be. */
export function leaveErased(_mandate: Mandate, given: Given): readonly MandateFact[] {
  return [asked("erased", given)];
}

function asked(said: string, { now: at }: Given): MandateFact {
  return { kind: "mandate_asked", at, said, answered: true };
}

interface Standing extends MandateReport {
  readonly status: HeardStatus;
  /** The same in SIBS's own word. */
  readonly said: string;
}

function stands(mandate: Mandate, standing: Standing, given: Given): readonly MandateFact[] {
  const isCharged = standing.status === "active" || standing.status === "suspended";
  if (mandate.status === "canceled") {
    return isCharged ? sendCancellation(mandate, given) : finishCancellation(mandate, given);
  }
  if (!mayBecome(mandate, standing.status) || isSame(mandate, standing)) return [];
  const { status, said, mandateId, limit, validUntil } = standing;
  const heard: MandateFact = { kind: "mandate_heard", at: given.now, status, mandateId, limit, validUntil, said };
  return withPlans(mandate, [heard], given);
}

/** What is over stays over, but for a request that was not answered in time and is approved after all. */
function mayBecome(mandate: Mandate, status: HeardStatus): boolean {
  if (mandate.status === "pending" || isAlive(mandate)) return true;
  return mandate.activatedAt === null && (status === "active" || status === "suspended");
}

function isSame(mandate: Mandate, { status, limit, validUntil, mandateId }: Standing): boolean {
  return (
    mandate.status === status &&
    (limit ?? mandate.limit) === mandate.limit &&
    (validUntil ?? mandate.validUntil) === mandate.validUntil &&
    (mandateId ?? mandate.mandateId) === mandate.mandateId
  );
}

/** SIBS knows of no consent: the customer has not answered, or said no, or SIBS has forgotten what we ended. */
function unanswered(mandate: Mandate, given: Given): readonly MandateFact[] {
  const sentAt = mandate.cancellation?.sentAt ?? null;
  if (sentAt !== null) return finishCancellation(mandate, given);
  if (mandate.status !== "pending") return [];
  const said = mandate.noticed?.action === "CRTN" ? mandate.noticed.actionStatus : null;
  if (said === "RFSD") return refuse(mandate, failure("declined_by_customer"), given);
  if (said !== "RJCT") return lapseOverdue(mandate, given);
  // SIBS rejects what nobody answers, and what it cannot carry out: the time tells which.
  return given.now < mandate.expiresAt ? refuse(mandate, failure("not_taken"), given) : lapse(mandate, given);
}

/**
 * SIBS knows no request of ours: only after a minute of it does it count as never sent, and a late approval is still
 * looked for.
 */
export function hearNotArrived(mandate: Mandate, given: Given): readonly MandateFact[] {
  const { inDoubt, notArrivedSince } = mandate;
  if (!inDoubt) return [asked("unknown", given)];
  if (notArrivedSince === null) return [{ kind: "mandate_not_arrived", at: given.now }];
  if (given.now < notArrivedSince + NOT_ARRIVED_FOR) return [asked("unknown", given)];
  return refuse(mandate, failure("not_sent"), given);
}

/** A notification, as far as it is about a mandate. */
export interface NotifiedMandate {
  readonly notification: string;
  readonly transactionId: string | null;
  readonly mandateId: string | null;
  readonly action: string;
  readonly actionStatus: string;
}

/**
 * A notification about a mandate: it makes the inquiry due now. That of a request whose answer was lost names its
 * transaction.
 */
export function notifiedOfMandate(mandate: Mandate, notice: NotifiedMandate, given: Given): readonly MandateFact[] {
  const { notification, action, actionStatus, transactionId, mandateId } = notice;
  const named =
    action === "CRTN" && transactionId !== null ? nameMandate(mandate, { transactionId, mandateId }, given) : [];
  return [...named, { kind: "mandate_notified", at: given.now, notification, action, actionStatus }];
}

/** Has SIBS asked at once, as after a refused charge. */
export function wantInquiry(mandate: Mandate, { now: at }: Given): readonly MandateFact[] {
  return isAlive(mandate) ? [{ kind: "inquiry_wanted", at }] : [];
}
