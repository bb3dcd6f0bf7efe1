import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import { DueRows, type LetGo } from "@caravela/platform/postgres/due";
import type { Pool } from "@caravela/platform/postgres/pool";
import { holdableJson, momentText } from "@caravela/platform/postgres/text";
import { Together } from "@caravela/platform/postgres/together";
import { pause } from "@caravela/platform/timer";
import { shorten } from "@caravela/sibs/text";
import { nextTry } from "../domain/retries.ts";
import type { Faults, TryFault } from "../faults/faults.ts";
import type { Terminals, Webhook } from "../terminals/terminals.ts";
import { acknowledges } from "./acknowledged.ts";
import { type Answered, type PostsNotifications, send } from "./send.ts";

/** What delivering works with. */
export interface DeliveryOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  readonly terminals: Terminals;
  readonly faults: Faults;
  readonly post: PostsNotifications;
  /** How long it goes without looking, at most, in milliseconds. */
  readonly lookAtLatestMs?: number;
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

/** A try and what comes next, as the statement takes it. */
interface Try {
  readonly notification_id: string;
  /** By which the notification was held meanwhile. */
  readonly lease: string;
  readonly at: string;
  readonly status: number | null;
  readonly answer: string;
  readonly state: "Processed" | "Requested";
  readonly next: string | null;
  readonly round: number;
}

/**
 * Keeps tries and says what comes next. Values: a list of them, as JSON. Nothing happens when the notification is gone
 * (reset). Asked for again meanwhile, or acknowledged in another process, it stays as that left it: the try alone is
 * added.
 */
export const keepTriesSql = `
  with tried as (
    update sibs_gateway.notification as stored
       set tries = stored.tries + 1, first_try_at = coalesce(stored.first_try_at, try.at),
           state = case when stored.round = try.round and stored.state <> 'Processed' then try.state else stored.state end,
           leased_until = nullif(stored.leased_until, try.lease),
           due_at = case when stored.round = try.round and stored.state <> 'Processed' then try.next else stored.due_at end
      from json_to_recordset($1::json) as try
             (notification_id uuid, lease timestamptz, at timestamptz, status integer, answer text, state text,
              next timestamptz, round integer)
     where stored.notification_id = try.notification_id
    returning stored.notification_id, stored.tries, try.at, try.status, try.answer
  )
  insert into sibs_gateway.notification_try (notification_id, number, at, status, answer)
  select notification_id, tries, at, status, answer from tried`;

/** Nothing is tried any more, unless it was asked for again meanwhile. Values: the id, the round. */
export const forgetSql = "update sibs_gateway.notification set due_at = null where notification_id = $1 and round = $2";

/** Which rows they are. */
export const DELIVERING = {
  name: "notification",
  table: "sibs_gateway.notification",
  key: "notification_id",
  columns: "notification_id, terminal_id, plaintext::text as plaintext, tries, first_try_at, round",
} as const;

/**
 * Notifications on their way: each is tried when it is due, and again by SIBS's tiers until it is acknowledged
 * (reference 10.7).
 */
export function deliveries(options: DeliveryOptions): DueRows<DueNotification> {
  const { pool, clock, log, lookAtLatestMs } = options;
  const tries = new Together(
    (all: readonly Try[]) => keepAll(all, pool),
    ({ notification_id }) => notification_id,
  );
  return new DueRows<DueNotification>({
    pool,
    clock,
    log,
    ...DELIVERING,
    ...(lookAtLatestMs !== undefined && { lookAtLatestMs }),
    concurrency: AT_ONCE,
    batch: AT_ONCE,
    handle: (due, letGo) => deliver(due, letGo, tries, options),
  });
}

async function deliver(
  due: DueNotification,
  letGo: LetGo,
  tries: Together<Try, undefined>,
  options: DeliveryOptions,
): Promise<void> {
  const terminal = await options.terminals.find(due.terminal_id);
  // The webhook was taken away since: nothing is sent until somebody asks for it again.
  if (terminal === null || terminal.webhook === null) return forget(due, options.pool);
  const fault = await options.faults.forTry();
  if (fault.delayMs > 0) await pause(fault.delayMs);
  const answered = await attempt(due, terminal.webhook, fault, options);
  await tries.do(tryOf(due, answered, { lease: await letGo(), now: options.clock.now() }));
}

async function attempt(
  due: DueNotification,
  webhook: Webhook,
  { drop, duplicate, corrupt }: TryFault,
  { chance, post }: DeliveryOptions,
): Promise<Answered> {
  if (drop) return { status: null, body: "lost on its way (injected fault)" };
  const first = await send(webhook, due.plaintext, { corrupt, chance, post });
  return duplicate ? send(webhook, due.plaintext, { corrupt, chance, post }) : first;
}

function tryOf(
  { notification_id, tries, first_try_at, round }: DueNotification,
  answered: Answered,
  { lease, now }: { lease: string; now: Date },
): Try {
  const { status, body } = answered;
  const isProcessed = status !== null && acknowledges({ status, body }, notification_id);
  const next = isProcessed ? null : nextTry(tries + 1, first_try_at ?? now, now);
  return {
    notification_id,
    lease,
    at: momentText(now),
    status,
    answer: kept(body),
    state: isProcessed ? "Processed" : "Requested",
    next: next && momentText(next),
    round,
  };
}

async function keepAll(tries: readonly Try[], pool: Pool): Promise<undefined[]> {
  await pool.query({ name: "notification-tried", text: keepTriesSql, values: [holdableJson(tries)] });
  return tries.map(() => undefined);
}

/** PostgreSQL's text holds no NUL, and a very long answer helps nobody. */
function kept(body: string): string {
  return shorten(body.replaceAll("\0", ""), MOST_KEPT);
}

async function forget({ notification_id, round }: DueNotification, pool: Pool): Promise<void> {
  await pool.query({ name: "notification-forget", text: forgetSql, values: [notification_id, round] });
}
