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

/** Whether two facts are both there, or neither: a flag is as it was, however its moment has moved. */
export function isSameFlag(one: object | Instant | null, other: object | Instant | null): boolean {
  return (one === null) === (other === null);
}
