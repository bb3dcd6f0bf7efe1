import type { Given } from "../decision.ts";
import type { AttemptId } from "../identifiers.ts";
import { rulesOf } from "../methods/index.ts";
import type { Refusal } from "../refusal.ts";
import type { Instant } from "../time.ts";
import { endUnsent, whyNeverBegun } from "./begin.ts";
import type { Decision } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { inTheWayOf, mightBeginBeside } from "./overlap.ts";
import { UNSENT_WISH } from "./schedule.ts";
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
  if (isKept) return [];
  if (inTheWayOf(payment, method).length === 0) return callBack(payment, given);
  if (payment.version >= MOST_FACTS) return { refused: "too_many_attempts" };
  return [{ kind: "new_request_wanted", at: given.now, method, phone }];
}

/** A wish waits on where one of these is in its way: that passes. */
export const WAITS_ON: readonly Refusal["refused"][] = ["attempt_meanwhile", "attempt_in_doubt"];

/**
 * Ends an attempt that is not sent after all. What a wish had begun is wished for again, unless its customer has begun
 * something else by now, or nobody can pay any more.
 */
export function wishAgain(payment: Payment, id: AttemptId, given: Given): readonly Fact[] {
  const ended = endUnsent(payment, id, given);
  const last = payment.attempts.at(-1);
  const isWanted = last?.wished === true && payment.wish === null && isLastOf(payment, id);
  if (ended.length === 0 || !isWanted || payment.version >= MOST_FACTS) return ended;
  const { method, phone } = last;
  return [...ended, { kind: "new_request_wanted", at: given.now, method, phone }];
}

/**
 * The same for one that whoever began it did not come to send, and will not any more. Whoever asked for it was told
 * nothing of its end; where nothing has begun since and nothing begins by itself, the shop is.
 */
export function endLeft(payment: Payment, id: AttemptId, given: Given): readonly Fact[] {
  const facts = wishAgain(payment, id, given);
  const [ended] = facts;
  const isAlone = facts.length === 1 && payment.wish === null && isLastOf(payment, id);
  const isTold = isAlone && payment.attempts.at(-1)?.initiator === "customer";
  return isTold && ended?.kind === "attempt_ended" ? [{ ...ended, left: true }] : facts;
}

/** Whether an attempt is the last that was begun of what can be paid still. */
function isLastOf({ attempts, status }: Payment, id: AttemptId): boolean {
  return attempts.at(-1)?.id === id && (status === "open" || status === "pending");
}

/** What a wish has begun and nobody has sent yet is not sent where its customer wants something else. */
function callBack(payment: Payment, given: Given): readonly Fact[] {
  const last = payment.attempts.at(-1);
  return last?.wished === true ? endUnsent(payment, last.id, given) : [];
}

/** Drops whatever is wished for: its customer has withdrawn it. */
export function dropWish(payment: Payment, given: Given): readonly Fact[] {
  return payment.wish === null ? callBack(payment, given) : [{ kind: "new_request_dropped", at: given.now }];
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

/** When somebody begins the wish that can be carried out; null: it cannot be. */
export function wishDueAt(payment: Payment): Instant | null {
  const { wish } = payment;
  return wish !== null && wishIsDue(payment) ? (wish.notBefore ?? wish.at) : null;
}

/**
 * Keeps what a customer's press begins once a reference is withdrawn for it: were the reference withdrawn and nothing
 * begun, what they had chosen would be forgotten. Whoever it was pressed at begins it; where they do not, the next
 * does.
 */
export function keepWhileWithdrawn(payment: Payment, { method, phone }: Wanted, given: Given): readonly Fact[] {
  const { now: at } = given;
  const wish: Wish = { method, phone, at, seen: payment.attempts.length };
  const isKept = beginsByItself(wish) && whyNeverBegun(payment, { method }, given) === null;
  if (!isKept || payment.version >= MOST_FACTS) return [];
  return [{ kind: "new_request_wanted", at, method, phone, notBefore: at + UNSENT_WISH }];
}
