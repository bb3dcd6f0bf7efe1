import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import { DueRows } from "@caravela/platform/postgres/due";
import type { Pool } from "@caravela/platform/postgres/pool";
import { pause } from "@caravela/platform/timer";
import { shorten } from "@caravela/sibs/text";
import { nextTry } from "../domain/retries.ts";
import type { Faults, TryFate } from "../faults/faults.ts";
import type { Terminals, Webhook } from "../terminals/terminals.ts";
import { acknowledges } from "./acknowledged.ts";
import { type Answered, send } from "./send.ts";

/** What delivering works with. */
export interface DeliveryOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  readonly terminals: Terminals;
  readonly faults: Faults;
}

interface DueNotification {
  notification_id: string;
  terminal_id: string;
  /** The text as it was recorded: its members stay in their order. */
  plaintext: string;
  tries: number;
  first_try_at: Date | null;
  /** Which round of tries it is: asked for again, it begins another. */
  round: number;
}

/** So much of an answer is kept. */
const MOST_KEPT = 2_000;
/** Slow receivers must not keep others waiting: a try is mostly waiting. */
const AT_ONCE = 64;

// One statement keeps the try and says what comes next. Nothing happens when the notification is gone (reset). Asked
// for again meanwhile, or acknowledged in another process, it stays as that left it: the try alone is added.
const keepTrySql = `
  with tried as (
    update sibs_gateway.notification
       set tries = tries + 1, first_try_at = coalesce(first_try_at, $2),
           state = case when round = $7 and state <> 'Processed' then $5 else state end,
           due_at = case when round = $7 and state <> 'Processed' then $6::timestamptz else due_at end
     where notification_id = $1
    returning notification_id, tries
  )
  insert into sibs_gateway.notification_try (notification_id, number, at, status, answer)
  select notification_id, tries, $2, $3, $4 from tried`;

/**
 * Notifications on their way: each is tried when it is due, and again by SIBS's tiers until it is acknowledged
 * (reference 10.7).
 */
export function deliveries(options: DeliveryOptions): DueRows<DueNotification> {
  const { pool, clock, log } = options;
  return new DueRows<DueNotification>({
    pool,
    clock,
    log,
    name: "notification",
    table: "sibs_gateway.notification",
    key: "notification_id",
    columns: "notification_id, terminal_id, plaintext::text as plaintext, tries, first_try_at, round",
    concurrency: AT_ONCE,
    batch: AT_ONCE,
    handle: (due) => deliver(due, options),
  });
}

async function deliver(due: DueNotification, options: DeliveryOptions): Promise<void> {
  const terminal = await options.terminals.find(due.terminal_id);
  // The webhook was taken away since: nothing is sent until somebody asks for it again.
  if (terminal === null || terminal.webhook === null) return forget(due, options.pool);
  const fate = await options.faults.forTry();
  if (fate.delayMs > 0) await pause(fate.delayMs);
  const answered = await attempt(due, terminal.webhook, fate, options.chance);
  await keepTry(due, answered, options);
}

async function attempt(
  due: DueNotification,
  webhook: Webhook,
  { drop, duplicate, corrupt }: TryFate,
  chance: Chance,
): Promise<Answered> {
  if (drop) return { status: null, body: "lost on its way (injected fault)" };
  const first = await send(webhook, due.plaintext, { corrupt, chance });
  return duplicate ? send(webhook, due.plaintext, { corrupt, chance }) : first;
}

async function keepTry(due: DueNotification, answered: Answered, { pool, clock }: DeliveryOptions): Promise<void> {
  const { status, body } = answered;
  const now = clock.now();
  const processed = status !== null && acknowledges({ status, body }, due.notification_id);
  const next = processed ? null : nextTry(due.tries + 1, due.first_try_at ?? now, now);
  await pool.query({
    name: "notification-tried",
    text: keepTrySql,
    values: [due.notification_id, now, status, kept(body), processed ? "Processed" : "Requested", next, due.round],
  });
}

/** PostgreSQL's text holds no NUL, and a very long answer helps nobody. */
function kept(body: string): string {
  return shorten(body.replaceAll("\0", ""), MOST_KEPT);
}

async function forget({ notification_id, round }: DueNotification, pool: Pool): Promise<void> {
  await pool.query("update sibs_gateway.notification set due_at = null where notification_id = $1 and round = $2", [
    notification_id,
    round,
  ]);
}
