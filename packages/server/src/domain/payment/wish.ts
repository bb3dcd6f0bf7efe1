import type { Given } from "../decision.ts";
import type { AttemptId } from "../identifiers.ts";
import { rulesOf } from "../methods/index.ts";
import type { Instant } from "../time.ts";
import { endUnsent, whyNeverBegun } from "./begin.ts";
import type { Decision } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { inTheWayOf, mightBeginBeside } from "./overlap.ts";
import type { Payment, Wish } from "./state.ts";

// What a customer presses while something else is under way is not lost: it is kept, one wish at most, and carried out
// when what was under way has ended unpaid.

/** What a customer wants; `seen`: how many attempts their page had seen, where nothing else has looked at that. */
export interface Wanted extends Pick<Wish, "method" | "phone"> {
  readonly seen?: number;
}

/**
 * In a journal of so many facts no wish is kept any more: nobody shall fill it by pressing to and fro. Attempts and
 * what SIBS says of them come to far fewer.
 */
const MOST_FACTS = 500;

/** Keeps what a customer wants while it cannot begin, in place of what they wanted before. */
export function keepWish(payment: Payment, wanted: Wanted, given: Given): Decision {
  const refusal = whyNeverBegun(payment, wanted, given);
  if (refusal !== null) return refusal;
  const { method, phone } = wanted;
  const isKept = payment.wish?.method === method && payment.wish.phone === phone;
  if (isKept || inTheWayOf(payment, method).length === 0) return [];
  if (payment.version >= MOST_FACTS) return { refused: "too_many_attempts" };
  return [{ kind: "new_request_wanted", at: given.now, method, phone }];
}

/**
 * Ends an attempt that whoever began it did not come to send, and will not any more. What a wish had begun is wished
 * for again, unless its customer wants something else by now, or nobody can pay any more.
 */
export function endLeft(payment: Payment, id: AttemptId, given: Given): readonly Fact[] {
  const ended = endUnsent(payment, id, given);
  const attempt = payment.attempts.at(-1);
  const canBePaid = payment.status === "open" || payment.status === "pending";
  const isWanted = attempt?.id === id && attempt.wished && payment.wish === null && canBePaid;
  if (ended.length === 0 || !isWanted || payment.version >= MOST_FACTS) return ended;
  const { method, phone } = attempt;
  return [...ended, { kind: "new_request_wanted", at: given.now, method, phone }];
}

/** Drops whatever is wished for: its customer has withdrawn it. */
export function dropWish(payment: Payment, given: Given): readonly Fact[] {
  return payment.wish === null ? [] : [{ kind: "new_request_dropped", at: given.now }];
}

/**
 * Drops a wish that cannot be carried out any more; one that was pressed since stays. @param until how long its phone
 * rests, where that is why.
 */
export function giveUpWish(payment: Payment, wish: Wish, given: Given, until: Instant | null): readonly Fact[] {
  const { wish: now } = payment;
  const isSame = now?.method === wish.method && now.phone === wish.phone && now.seen === wish.seen;
  return isSame ? [{ kind: "new_request_dropped", at: given.now, ...(until !== null && { until }) }] : [];
}

/**
 * Whether a wish is begun without its customer: what asks a phone that they named, or makes a reference. A card is
 * never kept, and what is charged without a question waits for a press: for these the page opens the way at its time.
 */
export function beginsByItself(wish: Wish | null): boolean {
  if (wish === null) return false;
  const { asksCustomer, isByReference = false } = rulesOf(wish.method);
  return asksCustomer && (isByReference || wish.phone !== null);
}

/** Whether the form of the way that is wished for is open already: the shop lets it begin beside what is live. */
export function opensBeside(payment: Payment): boolean {
  const { wish } = payment;
  return wish !== null && !beginsByItself(wish) && mightBeginBeside(payment, wish.method);
}

/** Whether the wish can be carried out now: nothing is in its way that could still be paid. */
export function wishIsDue(payment: Payment): boolean {
  const { wish, status } = payment;
  if (wish === null || !beginsByItself(wish) || (status !== "open" && status !== "pending")) return false;
  return inTheWayOf(payment, wish.method).length === 0;
}
