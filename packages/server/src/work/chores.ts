import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { DAY } from "../domain/time.ts";

/** Housekeeping that comes round once a day. */
export interface Chores {
  readonly [name: string]: () => Promise<void>;
}

/** Makes sure that each chore has its row: all come round at the same moment of the day. */
export async function enlist(pool: Pool, clock: Clock, chores: Chores): Promise<void> {
  await pool.query(
    "insert into caravela.chore (name, due_at) select unnest($1::text[]), $2 on conflict (name) do nothing",
    [Object.keys(chores), new Date(clock.now().getTime() + DAY)],
  );
}

/**
 * Does a chore. It comes round again at its moment of the day, however late it was; one that no longer exists does
 * nothing.
 */
export async function doChore(pool: Pool, clock: Clock, chores: Chores, name: string): Promise<void> {
  try {
    await chores[name]?.();
  } catch (error) {
    // the server stops: it is due still, and whoever comes next goes on with it
    if (error instanceof DOMException && error.name === "AbortError") return;
    throw error;
  }
  await pool.query(
    `update caravela.chore set due_at = due_at + (floor(extract(epoch from $2 - due_at) / 86400) + 1) * interval '24 hours'
      where name = $1`,
    [name, clock.now()],
  );
}

interface Forgetful {
  purge(): Promise<void>;
}

/** What is forgotten once a day, and what is made up for. */
export function choresOf(
  kept: Readonly<
    Record<
      | "idempotency"
      | "continuations"
      | "cardTries"
      | "phoneRequests"
      | "refundDays"
      | "events"
      | "endpointHours"
      | "requests"
      | "sessions"
      | "challenges"
      | "invitations",
      Forgetful
    >
  >,
  makeUpForEarlier: () => Promise<void>,
): Chores {
  return {
    make_up_for_earlier: makeUpForEarlier,
    purge_idempotency: () => kept.idempotency.purge(),
    purge_continuations: () => kept.continuations.purge(),
    purge_card_tries: () => kept.cardTries.purge(),
    purge_phone_requests: () => kept.phoneRequests.purge(),
    purge_events: () => kept.events.purge(),
    purge_requests: () => kept.requests.purge(),
    purge_endpoint_hours: () => kept.endpointHours.purge(),
    purge_refund_days: () => kept.refundDays.purge(),
    purge_sessions: () => kept.sessions.purge(),
    purge_invitations: () => kept.invitations.purge(),
    purge_challenges: () => kept.challenges.purge(),
  };
}
