import { NotFoundError, type Sibs, SibsError, type TransactionStatus } from "@caravela/sibs";
import type { Beside } from "../domain/payment/not-found.ts";
import type { OperationKind } from "../domain/payment/operation.ts";
import type { Instant } from "../domain/time.ts";
import type { Services } from "../services.ts";

/** How long one try of an inquiry may take, in milliseconds: it is asked again by its schedule. */
export const INQUIRY_LIMIT_MS = 5_000;

/** What SIBS answers to a look-up by our own id. `silence`: nothing that counts; `error` tells what. */
export type LookedUp =
  | { readonly kind: "found"; readonly status: TransactionStatus }
  | { readonly kind: "nothing" }
  | { readonly kind: "silence"; readonly error: SibsError | null };

/** A call of ours of which SIBS is asked. */
export interface Called {
  /** The id that it was sent under. */
  readonly own: string;
  /** SIBS's transaction of it; null: that is not known. */
  readonly transactionId: string | null;
  /** SIBS's transaction on which it was made: what is said of that is not said of this. Null: there is none, or it is not known. */
  readonly madeOn: string | null;
}

/** Whether a status is of something else than was asked for. A replaced checkout carries its attempt's id followed by `.2`, `.3`… */
export function isAnothers(
  { transactionId, merchantTransactionId }: TransactionStatus,
  { own, transactionId: known, madeOn }: Called,
): boolean {
  if (known === null ? transactionId === madeOn : transactionId !== known) return true;
  return merchantTransactionId !== null && merchantTransactionId.replace(/\.\d+$/, "") !== own;
}

/** Whether SIBS itself says that it finds nothing, with its own codes: a page of what stands before it does not speak for it. */
export function saysNothing(error: unknown): boolean {
  return error instanceof NotFoundError && error.returnStatus !== null;
}

/**
 * Looks for a call by the id that it was sent under, or by SIBS's transaction of it, where a notification named that. Another's transaction is no answer.
 */
export async function lookUp(inquirer: Sibs, called: Called): Promise<LookedUp> {
  const options = { timeoutMs: INQUIRY_LIMIT_MS };
  try {
    const status =
      called.transactionId === null
        ? await inquirer.statusByMerchantTransactionId(called.own, options)
        : await inquirer.status(called.transactionId, options);
    return isAnothers(status, called) ? { kind: "silence", error: null } : { kind: "found", status };
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    return saysNothing(error) ? { kind: "nothing" } : { kind: "silence", error };
  }
}

/** Of what call a look-up found nothing. */
export interface Missing {
  readonly kind: OperationKind | "charge";
  readonly sentAt: Instant;
  /** SIBS's transaction on which it was made. */
  readonly original: string;
  /** When it was looked up. */
  readonly askedAt: Instant;
}

/**
 * Asks SIBS beside a look-up that found nothing: for a call of the same kind that was sent later and is known to have been done, which is to be
 * found by its own id, and for the transaction on which ours was made, which is to be read. Null: one of them is not there, and nothing is proved.
 */
export async function lookBeside(
  { store, inquirer }: Pick<Services, "store" | "inquirer">,
  { kind, sentAt, original, askedAt }: Missing,
): Promise<Beside | null> {
  const control = await store.doneAfter(kind, sentAt);
  if (control === null) return null;
  const found = await lookUp(inquirer, { own: control, transactionId: null, madeOn: original });
  if (found.kind !== "found" || found.status.paymentStatus !== "Success") return null;
  return (await canBeRead(inquirer, original)) ? { control, askedAt } : null;
}

async function canBeRead(inquirer: Sibs, transactionId: string): Promise<boolean> {
  try {
    const status = await inquirer.status(transactionId, { timeoutMs: INQUIRY_LIMIT_MS });
    return status.transactionId === transactionId;
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    return false;
  }
}
