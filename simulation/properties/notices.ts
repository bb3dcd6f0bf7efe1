import type { Attempt } from "../../packages/server/src/domain/payment/attempt.ts";
import type { Operation } from "../../packages/server/src/domain/payment/operation.ts";
import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import type { StoredFact } from "../../packages/server/src/domain/stored.ts";
import type { Wrong } from "./property.ts";

/** So long after a notification, in milliseconds, SIBS must be about to be asked, unless it was asked since. */
const ASKED_WITHIN_MS = 10_000;

/**
 * What SIBS notifies of a payment is asked about by an inquiry that begins after it, and soon: the answer to one that
 * began before is of before.
 */
export class EachNotice {
  readonly #wrong: Wrong;
  /** When something was last notified, by the attempt or operation that it was of, and was not asked about since. */
  readonly #unasked = new Map<string, number>();
  /** When SIBS was last asked about something, by the id it was asked by. */
  readonly #askedAt = new Map<string, number>();

  constructor(wrong: Wrong) {
    this.#wrong = wrong;
  }

  /** A server asks SIBS. @param path with its query. @param now in milliseconds since 1970 */
  asked(path: string, now: number): void {
    const id = askedBy(path);
    if (id !== null) this.#askedAt.set(id, now);
  }

  /** A payment was written: as it is now, with its new facts. @param now in milliseconds since 1970 */
  look(payment: Payment, lines: readonly StoredFact[], now: number): void {
    for (const { kind, at, data } of lines) {
      if (kind === "attempt_notified" || kind === "operation_notified")
        this.#unasked.set(String(data.attempt ?? data.operation), at.getTime());
    }
    for (const one of [...payment.attempts, ...payment.operations]) this.#judge(payment.id, one, now);
  }

  #judge(payment: string, { id, transactionId, askAt, status }: Attempt | Operation, now: number): void {
    const notifiedAt = this.#unasked.get(id);
    if (notifiedAt === undefined) return;
    // by our own id or by SIBS's
    const isAsked = [id, transactionId].some((one) => (this.#askedAt.get(one ?? "") ?? 0) >= notifiedAt);
    if (isAsked || status === "approved") this.#unasked.delete(id);
    else if (askAt === null || askAt > now + ASKED_WITHIN_MS)
      this.#wrong(payment, `${id} was notified, and is asked about ${askAt === null ? "no more" : "much later"}`);
  }
}

/**
 * By which id SIBS is asked, where that is an inquiry: its transaction, or ours. To withdraw a reference is to ask,
 * too: SIBS says that it is withdrawn, or that it was paid.
 */
function askedBy(path: string): string | null {
  const { pathname, searchParams } = new URL(path, "http://sibs");
  const own = searchParams.get("merchantTransactionId");
  if (own !== null) return own.replace(/\.\d+$/, "");
  return /\/payments\/([^/]+)\/(?:status|cancellation)$/.exec(pathname)?.[1] ?? null;
}
