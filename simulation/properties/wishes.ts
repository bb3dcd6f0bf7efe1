import { type Attempt, isClaimed } from "../../packages/server/src/domain/payment/attempt.ts";
import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import type { Wrong } from "./property.ts";
import { LIVE } from "./words.ts";

/** So long after nothing is in its way any more a wish must be begun, or be told as dropped, whatever the weather. */
const BEGUN_WITHIN_MS = 3_600_000;
/** A journal with so many facts takes no wish any more. */
const MOST_FACTS = 500;

const isOpen = ({ status }: Payment) => status === "open" || status === "pending";

/** One commit, as far as wishes are concerned. */
interface WishStep {
  readonly before: Payment | null;
  readonly now: Payment;
  readonly facts: readonly string[];
  /** The attempts that our own clock ended with it. */
  readonly byClock: ReadonlySet<unknown>;
}

/** What a customer wants next is gone, and neither was it begun nor did anybody drop it. */
export function wishesLost({ before, now, facts, byClock }: WishStep): string[] {
  if (before === null || !isOpen(now) || now.wish !== null || facts.includes("new_request_dropped")) return [];
  const isBegun = now.attempts.length > before.attempts.length;
  const left = now.attempts.at(-1);
  const wasPrepared = before.attempts.find(({ id }) => id === left?.id)?.status === "prepared";
  const isLeft = left !== undefined && wasPrepared && left.wished === true && wasNotSent(left);
  return [
    ...(before.wish !== null && !isBegun ? [`${before.wish.method} was wished for, and is not any more`] : []),
    ...(isLeft && byClock.has(left.id) && now.version < MOST_FACTS
      ? [`${left.id} was wished for, was never sent, and is not wished for any more`]
      : []),
  ];
}

const wasNotSent = ({ failure, submittedAt }: Attempt) => submittedAt === null && failure?.reason === "not_sent";

/** Looks each hour at what is wished for. */
export class WhatIsWished {
  readonly #wrong: Wrong;
  /** Since when nothing is in the way of each, by the payment. */
  readonly #free = new Map<string, number>();

  constructor(wrong: Wrong) {
    this.#wrong = wrong;
  }

  /** @param now in milliseconds since 1970 */
  look(payments: readonly Payment[], now: number): void {
    for (const payment of payments) {
      const { id } = payment;
      const waits = waitsInVain(payment);
      if (waits === null) this.#free.delete(id);
      else if (!this.#free.has(id)) this.#free.set(id, now);
      if (now - (this.#free.get(id) ?? now) >= BEGUN_WITHIN_MS) this.#wrong(id, `${waits} for an hour`);
    }
  }
}

/** A wish that could begin, or that has begun and was not sent; null: there is none. */
function waitsInVain(payment: Payment): string | null {
  const { wish, attempts, attention } = payment;
  if (!isOpen(payment) || attention !== null) return null;
  const last = attempts.at(-1);
  if (last?.wished === true && last.status === "prepared") return `${last.id} was wished for, and is not sent`;
  const beginsByItself = wish !== null && (wish.phone !== null || wish.method === "multibanco");
  const isInTheWay = (one: Attempt) => LIVE.includes(one.status) || one.inDoubt || isClaimed(one);
  return beginsByItself && !attempts.some(isInTheWay) ? `${wish.method} is wished for, and does not begin` : null;
}
