import { Buffer } from "node:buffer";
import type { Clock } from "@caravela/platform/clock";
import type { Action } from "../../domain/card.ts";
import type { ChallengeEnding } from "../../domain/card-scenarios.ts";
import { type Challenged, endAction, isWanted, type Typed, typePassword as typed } from "../../domain/issuer.ts";
import { looksLikeTransactionId, type Transaction } from "../../domain/transaction.ts";
import type { Transactions } from "../../transactions/transactions.ts";

/** What the issuer works with. */
export interface Issuer {
  readonly transactions: Transactions;
  readonly clock: Clock;
}

/** Finds the payment that wanted an action last: by the action's id, or by the payment's own. */
export async function findAsked(issuer: Issuer, id: string): Promise<Transaction | null> {
  if (looksLikeTransactionId(id)) return issuer.transactions.find(id);
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return null;
  return issuer.transactions.findByAction(id);
}

/** Ends an action that is wanted; gives the payment as it is then, or null when nothing (of that id) is wanted. */
export async function end(
  issuer: Issuer,
  id: string,
  type: Action["type"],
  ending: ChallengeEnding | "done",
): Promise<Challenged | null> {
  return whileWanted(issuer, id, type, (payment, now) => {
    const change = endAction(payment, ending, now);
    return { result: change.transaction as Challenged, change };
  });
}

/** Somebody types a password. null: nothing (of that id) is wanted, or it is wrong and there is another try. */
export async function typePassword(issuer: Issuer, id: string, password: string): Promise<Typed["ending"]> {
  return whileWanted(issuer, id, "THREEDS_CHALLENGE", (payment, now) => {
    const { change, ending } = typed(payment, password, now);
    return { result: ending, change };
  });
}

async function whileWanted<T>(
  issuer: Issuer,
  id: string,
  type: Action["type"],
  decide: (payment: Challenged, now: Date) => { result: T; change: ReturnType<typeof endAction> },
): Promise<T | null> {
  const found = await findAsked(issuer, id);
  if (found === null) return null;
  return issuer.transactions.change<T | null>(found.id, (payment) => {
    const now = issuer.clock.now();
    // between reading and writing the next action may have come
    const same = payment.card?.action?.id === found.card?.action?.id;
    return same && isWanted(payment, type, now) ? decide(payment, now) : { result: null, change: null };
  });
}

/** The action's id that a posted field carries: Base64 of JSON, as EMV 3-D Secure's fields are. */
export function actionIdIn(field: string): string | null {
  try {
    const { id, threeDSServerTransID } = JSON.parse(Buffer.from(field, "base64url").toString("utf8"));
    const found = id ?? threeDSServerTransID;
    return typeof found === "string" ? found : null;
  } catch {
    return null;
  }
}
