import type { OperatorId, SessionId } from "./identifiers.ts";
import { type Instant, MINUTE } from "./time.ts";

/** What a colleague may be. What each of them may do is `role.ts`. */
export const ROLES = ["viewer", "support", "refunder", "accountant", "owner"] as const;

export type Role = (typeof ROLES)[number];

/** A person at work, as they are signed in. */
export interface Person {
  readonly id: OperatorId;
  readonly role: Role;
  readonly session: SessionId;
  /** When they last showed that it is they, by their passkey; null: not in this session. */
  readonly touchedAt: Instant | null;
  /** When they are signed out, if they do nothing more. */
  readonly endsAt: Instant;
}

/** For how long a touch of the passkey is fresh. */
const TOUCH_LASTS = 5 * MINUTE;

/** Until when what wants a fresh touch may be done; null: a touch is needed first. */
export function touchedUntil({ touchedAt }: Person, now: Instant): Instant | null {
  const until = touchedAt === null ? now : touchedAt + TOUCH_LASTS;
  return until > now ? until : null;
}
