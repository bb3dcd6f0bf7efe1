import { NotFoundError, type Sibs, SibsError, type TransactionStatus } from "@caravela/sibs";
import type { Beside } from "../domain/not-found.ts";
import type { OperationKind } from "../domain/operation.ts";
import type { Instant } from "../domain/time.ts";
import type { Services } from "./services.ts";

/** How long one try of an inquiry may take, in milliseconds: it is asked again by its schedule. */
export const INQUIRY_LIMIT_MS = 5_000;

/** What SIBS answers to a look-up by our own id. `silence`: nothing that counts; `error` tells what. */
export type LookedUp =
  | { readonly kind: "found"; readonly status: TransactionStatus }
  | { readonly kind: "nothing" }
  | { readonly kind: "silence"; readonly error: SibsError | null };

/**
 * Looks for a call by the id that it was sent under, or by SIBS's transaction of it, where a notification named that. SIBS finds nothing only where it says so itself, with HTTP 404 and its own codes: a page of
 * something that stands before it does not speak for it. Another's transaction is no answer.
 */
export async function lookUp(inquirer: Sibs, id: string, transactionId: string | null = null): Promise<LookedUp> {
  const options = { timeoutMs: INQUIRY_LIMIT_MS };
  try {
    const status =
      transactionId === null
        ? await inquirer.statusByMerchantTransactionId(id, options)
        : await inquirer.status(transactionId, options);
    const isAnother = status.merchantTransactionId !== null && status.merchantTransactionId !== id;
    return isAnother ? { kind: "silence", error: null } : { kind: "found", status };
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    const isSaid = error instanceof NotFoundError && error.returnStatus !== null;
    return isSaid ? { kind: "nothing" } : { kind: "silence", error };
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
  const found = await lookUp(inquirer, control);
  if (found.kind !== "found" || found.status.paymentStatus !== "Success") return null;
  return (await canBeRead(inquirer, original)) ? { control, askedAt } : null;
}

async function canBeRead(inquirer: Sibs, transactionId: string): Promise<boolean> {
  try {
    await inquirer.status(transactionId, { timeoutMs: INQUIRY_LIMIT_MS });
    return true;
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    return false;
  }
}
