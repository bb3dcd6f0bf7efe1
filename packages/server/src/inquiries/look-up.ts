import type { MerchantTransactionId } from "../domain/identifiers.ts";
import type { Beside } from "../domain/payment/not-found.ts";
import type { OperationKind } from "../domain/payment/operation.ts";
import type { Instant } from "../domain/time.ts";
import type { Fault, InquiryOutcome, NotFound, SaidStatus } from "../sibs/outcome.ts";
import type { Inquiries } from "../sibs/port.ts";
import type { FindsDoneCalls } from "../storage/ports.ts";
import { at, type ByTerminal, type OfTerminal } from "../terminals.ts";

/** What a question about a call of ours came to. `silence`: nothing that counts. */
export type LookedUp =
  | { readonly kind: "found"; readonly status: SaidStatus }
  | NotFound
  | { readonly kind: "silence"; readonly fault: Fault };

/** A call of ours of which SIBS is asked. */
export interface Called {
  /** The id that it was sent under. */
  readonly own: MerchantTransactionId;
  /** SIBS's transaction of it; null: that is not known. */
  readonly transactionId: string | null;
  /**
   * SIBS's transaction on which it was made: what is said of that is not said of this. Null: there is none, or it is
   * not known.
   */
  readonly madeOn: string | null;
}

/** What we wrote behind our own id, where a checkout was replaced: `.2`, `.3`… */
const REPLACED = /\.\d+$/;

/** Our own id of what a status is of, as far as SIBS says it. */
export function ownIdIn({ merchantTransactionId }: SaidStatus): string | null {
  return merchantTransactionId?.replace(REPLACED, "") ?? null;
}

/** Whether a status is of something else than was asked for. */
function isAnothers(status: SaidStatus, { own, transactionId: known, madeOn }: Called): boolean {
  const { transactionId } = status;
  if (known === null ? transactionId === madeOn : transactionId !== known) return true;
  return (ownIdIn(status) ?? own) !== own;
}

const ANOTHERS: Fault = { error: "another's status", httpStatus: null };

/**
 * Looks for a call by SIBS's transaction of it, or by the id that it was sent under. Another's transaction is no
 * answer.
 */
export async function lookUp(sibs: Inquiries, called: Called): Promise<LookedUp> {
  const { own, transactionId } = called;
  const outcome = await (transactionId === null ? sibs.statusByOwnId(own) : sibs.status(transactionId));
  return countOnly(outcome, (status) => !isAnothers(status, called));
}

/** What an inquiry came to, where a status counts only if it is of what was asked for. */
export function countOnly(outcome: InquiryOutcome, isOfIt: (status: SaidStatus) => boolean): LookedUp {
  switch (outcome.kind) {
    case "answered":
      return isOfIt(outcome.status) ? { kind: "found", status: outcome.status } : { kind: "silence", fault: ANOTHERS };
    case "not_found":
      return outcome;
    case "unheard":
      return { kind: "silence", fault: outcome.fault };
    default:
      return outcome satisfies never;
  }
}

/** Of what call a look-up found nothing. */
export interface NothingFound {
  /** The payment of which it is. */
  readonly payment: OfTerminal;
  readonly kind: OperationKind | "charge";
  readonly sentAt: Instant;
  /** SIBS's transaction on which it was made. */
  readonly original: string;
  /** When it was looked up. */
  readonly askedAt: Instant;
}

/** What a look beside may touch. */
export interface LooksBeside extends FindsDoneCalls {
  readonly sibs: ByTerminal<Inquiries>;
}

/**
 * Asks SIBS beside a look-up that found nothing: for a call of the same kind that was sent later and is known to have
 * been done, which is to be found by its own id, and for the transaction on which ours was made, which is to be read.
 * Null: one of them is not there, and nothing is proved.
 */
export async function lookBeside(
  { payments, ...ports }: LooksBeside,
  { payment, kind, sentAt, original, askedAt }: NothingFound,
): Promise<Beside | null> {
  const sibs = at(ports.sibs, payment);
  const control = await payments.doneAfter(kind, sentAt, payment);
  if (control === null) return null;
  const found = await lookUp(sibs, { own: control, transactionId: null, madeOn: original });
  if (found.kind !== "found" || found.status.report.paymentStatus !== "Success") return null;
  const read = await sibs.status(original);
  const canBeRead = read.kind === "answered" && read.status.transactionId === original;
  return canBeRead ? { control, askedAt } : null;
}
