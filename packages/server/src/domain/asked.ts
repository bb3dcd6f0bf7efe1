import { type Decision, isRefusal } from "./decision.ts";
import { ASKED_AGAIN_AFTER } from "./patience.ts";
import { earliest, type Instant } from "./time.ts";

/** What SIBS said when it was last asked about something, as it was heard. */
export interface Asked {
  /** SIBS's own word, `unknown` where it found nothing, or `no answer`. */
  readonly said: string;
  /** When it was asked last. */
  readonly at: Instant;
  /** Since when each inquiry has said this. */
  readonly since: Instant;
  /** How many inquiries on end have said it. */
  readonly times: number;
}

/** What is known of the inquiries after one more. */
export function askedOnceMore(before: Asked | null, said: string, at: Instant): Asked {
  if (before === null || before.said !== said) return { said, at, since: at, times: 1 };
  return { ...before, at, times: before.times + 1 };
}

/**
 * When SIBS was asked for what a fact follows from; absent: nobody looked at the watch. It decides when SIBS is asked
 * next, and is not kept itself.
 */
export interface AsOf {
  readonly askedAt?: Instant;
}

/**
 * What follows from SIBS's answer, as of when it was asked; what says itself of when it is stays that. @param askedAt
 * null: it was not
 */
export function asOf<F extends AsOf>(askedAt: Instant | null, decided: readonly F[]): readonly F[];
export function asOf<F extends AsOf>(askedAt: Instant | null, decided: Decision<F>): Decision<F>;
export function asOf<F extends AsOf>(askedAt: Instant | null, decided: Decision<F>): Decision<F> {
  return isRefusal(decided) || askedAt === null ? decided : decided.map((fact) => ({ askedAt, ...fact }));
}

/**
 * What says nothing of how it stands, as our own clock, or a name: nobody asked SIBS that, and what was due to be asked
 * about is due still.
 */
export function unasked<F extends AsOf>(decided: readonly F[]): readonly F[] {
  return asOf(Number.NEGATIVE_INFINITY, decided);
}

/** Whether a fact says nothing of how it stands. */
export function isUnasked({ askedAt }: AsOf): boolean {
  return askedAt === Number.NEGATIVE_INFINITY;
}

/**
 * When something is asked about after an answer, which by its schedule would be `next`. What became due while SIBS was
 * being asked, as by a notification, is due still: the answer is of before. And an inquiry that SIBS did not answer is
 * never the last, and puts nothing off.
 */
export function nextAfterAnswer(
  { next, dueAt, isUnanswered }: { next: Instant | null; dueAt: Instant | null; isUnanswered: boolean },
  { at, askedAt = at }: AsOf & { readonly at: Instant },
): Instant | null {
  if (dueAt !== null && askedAt < dueAt && dueAt <= at) return dueAt;
  if (!isUnanswered) return next;
  return earliest(next ?? at + ASKED_AGAIN_AFTER, dueAt !== null && dueAt > at ? dueAt : null);
}

/** Whether two facts are both there, or neither: a flag is as it was, however its moment has moved. */
export function isSameFlag(one: object | Instant | null, other: object | Instant | null): boolean {
  return (one === null) === (other === null);
}
