import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { DAY } from "../domain/time.ts";

/** Housekeeping that comes round once a day. */
export interface Chores {
  /** One that gives a moment comes round again then; the others do at their moment of the day. */
  readonly [name: string]: () => Promise<unknown>;
}

/**
 * Makes sure that each chore has its row: all come round at the same moment of the day, but those of which it is said
 * when they first do.
 */
export async function enlist(
  pool: Pool,
  clock: Clock,
  chores: Chores,
  first: Readonly<Record<string, Date>> = {},
): Promise<void> {
  const names = Object.keys(chores);
  const usual = new Date(clock.now().getTime() + DAY);
  await pool.query(
    "insert into caravela.chore (name, due_at) select * from unnest($1::text[], $2::timestamptz[]) on conflict (name) do nothing",
    [names, names.map((name) => first[name] ?? usual)],
  );
}

/**
 * Does a chore. It comes round again at its moment of the day, however late it was; one that no longer exists does
 * nothing.
 */
export async function doChore(pool: Pool, clock: Clock, chores: Chores, name: string): Promise<void> {
  let next: unknown;
  try {
    next = await chores[name]?.();
  } catch (error) {
    // the server stops: it is due still, and whoever comes next goes on with it
    if (error instanceof DOMException && error.name === "AbortError") return;
    throw error;
  }
  if (next instanceof Date) {
    await pool.query("update caravela.chore set due_at = $2 where name = $1", [name, next]);
    return;
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

/** What the e-mail about what needs a person is called among chores. */
export const MAIL_TASKS = "mail_tasks";

/** What is forgotten once a day, what is made up for, and what is told. `mailTasks` null: nothing is. */
export function choresOf(
  kept: Readonly<
    Record<
      | "idempotency"
      | "continuations"
      | "cardTries"
      | "phoneRequests"
      | "customerMails"
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
  mailTasks: (() => Promise<Date>) | null,
): Chores {
  return {
    ...(mailTasks !== null && { [MAIL_TASKS]: mailTasks }),
    make_up_for_earlier: makeUpForEarlier,
    purge_idempotency: () => kept.idempotency.purge(),
    purge_continuations: () => kept.continuations.purge(),
    purge_card_tries: () => kept.cardTries.purge(),
    purge_phone_requests: () => kept.phoneRequests.purge(),
    purge_customer_mails: () => kept.customerMails.purge(),
    purge_events: () => kept.events.purge(),
    purge_requests: () => kept.requests.purge(),
    purge_endpoint_hours: () => kept.endpointHours.purge(),
    purge_refund_days: () => kept.refundDays.purge(),
    purge_sessions: () => kept.sessions.purge(),
    purge_invitations: () => kept.invitations.purge(),
    purge_challenges: () => kept.challenges.purge(),
  };
}
