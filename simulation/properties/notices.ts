import type { Attempt } from "../../packages/server/src/domain/payment/attempt.ts";
import type { Operation } from "../../packages/server/src/domain/payment/operation.ts";
import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import type { StoredFact } from "../../packages/server/src/domain/stored.ts";
import type { Wrong } from "./property.ts";

/** So long after a notification, in milliseconds, SIBS must be about to be asked, unless it was asked since. */
const ASKED_WITHIN_MS = 10_000;

/** A notification that was written down, and has not been seen to be asked about yet. */
interface Notice {
  /** When it was looked at, in milliseconds since 1970. */
  readonly at: number;
  /** The ids by which SIBS may be asked about what it tells of: its own, and ours. */
  readonly of: readonly string[];
}

/**
 * What SIBS notifies is asked about by an inquiry that begins after it, and soon: the answer to one that began before
 * is of before.
 */
export class EachNotice {
  readonly #wrong: Wrong;
  /** By the attempt or operation that the last notification was about. */
  readonly #unasked = new Map<string, Notice>();
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
        this.#note(payment, String(data.attempt ?? data.operation), at.getTime());
    }
    for (const one of [...payment.attempts, ...payment.operations]) this.#judge(payment.id, one, now);
  }

  #note({ attempts, operations }: Payment, id: string, at: number): void {
    const told = [...attempts, ...operations].find((one) => one.id === id);
    if (told !== undefined)
      this.#unasked.set(id, { at, of: [id, ...(told.transactionId === null ? [] : [told.transactionId])] });
  }

  #judge(payment: string, { id, askAt, status }: Attempt | Operation, now: number): void {
    const notice = this.#unasked.get(id);
    if (notice === undefined) return;
    const isAsked = notice.of.some((one) => (this.#askedAt.get(one) ?? Number.NEGATIVE_INFINITY) >= notice.at);
    if (isAsked || status === "approved") this.#unasked.delete(id);
    else if (askAt === null || askAt > now + ASKED_WITHIN_MS)
      this.#wrong(payment, `${id} was notified, and is asked about ${askAt === null ? "no more" : "much later"}`);
  }
}

/** By which id SIBS is asked, where that is an inquiry: its transaction, or ours. */
function askedBy(path: string): string | null {
  const { pathname, searchParams } = new URL(path, "http://sibs");
  const own = searchParams.get("merchantTransactionId");
  if (own !== null) return own.replace(/\.\d+$/, "");
  return /\/payments\/([^/]+)\/status$/.exec(pathname)?.[1] ?? null;
}
