import type { Instant } from "./time.ts";

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
 * When SIBS was asked for what a fact says; absent: it was not. Only what is due next depends on it: it is not kept.
 */
export interface AsOf {
  readonly askedAt?: Instant;
}

/** What follows from SIBS's answer, as of when it was asked. */
export function asOf<Fact extends AsOf>(askedAt: Instant, facts: readonly Fact[]): readonly Fact[] {
  return facts.map((fact) => ({ ...fact, askedAt }));
}

/**
 * When something is asked about after an answer. Where it became due while SIBS was being asked, by a notification, the
 * answer is of before that: it is due still.
 */
export function nextAfterAnswer(
  next: Instant | null,
  dueAt: Instant | null,
  { at, askedAt = at }: AsOf & { readonly at: Instant },
): Instant | null {
  const isDueStill = dueAt !== null && askedAt < dueAt && dueAt <= at;
  return next !== null && isDueStill ? dueAt : next;
}

/** Whether two facts are both there, or neither: a flag is as it was, however its moment has moved. */
export function isSameFlag(one: object | Instant | null, other: object | Instant | null): boolean {
  return (one === null) === (other === null);
}
