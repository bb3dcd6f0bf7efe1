import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { purge } from "@caravela/platform/postgres/purge";
import type { Phone } from "@caravela/sibs/phone";
import type { AttemptId, MandateId, SubjectId } from "../domain/identifiers.ts";
import type { Refusal } from "../domain/refusal.ts";
import { DAY, type Instant, MINUTE } from "../domain/time.ts";

/** How often one phone may be asked without saying yes; `most` 0: any number. */
export interface PhoneLimits {
  readonly most: number;
  readonly withinMinutes: number;
}

/**
 * A request that is about to go to a phone: the attempt or the mandate, and the payment or mandate in which it is
 * found.
 */
export interface PhoneRequest {
  readonly id: AttemptId | MandateId;
  readonly of: SubjectId;
}

interface Asked extends PhoneRequest {
  readonly at: string;
}

// One statement on the phone's own row: whoever comes in the same moment waits for it, and counts this request.
const askSql = `
insert into caravela.phone_request as known (phone, asked, last_at) values ($1, jsonb_build_array($2::jsonb), $3)
on conflict (phone) do update
   set last_at = $3,
       asked = (select coalesce(jsonb_agg(one), '[]') from jsonb_array_elements(known.asked) as one
                 where (one ->> 'at')::timestamptz > $4) || excluded.asked
 where (select count(*) from jsonb_array_elements(known.asked) as one where (one ->> 'at')::timestamptz > $4) < $5`;

// Said yes, or never rang: the number is no phone with MB WAY, the request was not sent, or the mandate was charged or
// refused without asking.
const harmlessSql = `
select attempt ->> 'id' as id
  from caravela.payment, jsonb_array_elements(payment.state -> 'attempts') as attempt
 where payment.id = any ($1)
   and (attempt ->> 'status' = 'approved'
     or attempt -> 'failure' ->> 'reason' in ('unknown_phone', 'invalid_phone', 'not_sent')
     or (attempt ->> 'method' = 'mandate' and attempt ->> 'endedAt' is not null and attempt ->> 'phone' is null))
 union all
select id from caravela.mandate
 where id = any ($1)
   and (state ->> 'activatedAt' is not null
     or state -> 'failure' ->> 'reason' in ('unknown_phone', 'invalid_phone', 'not_sent'))`;

const forgetSql = `
update caravela.phone_request
   set asked = (select coalesce(jsonb_agg(one), '[]') from jsonb_array_elements(asked) as one
                 where not one ->> 'id' = any ($2))
 where phone = $1`;

/**
 * Keeps count of what each phone was asked, whichever page, API or mandate asked it: anybody can type anybody's number.
 * What its owner said yes to does not count, so that nobody who pays is kept waiting.
 */
export class PhoneRequests {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #limits: PhoneLimits;

  constructor(pool: Pool, clock: Clock, limits: PhoneLimits) {
    this.#pool = pool;
    this.#clock = clock;
    this.#limits = limits;
  }

  /**
   * Counts one more request. A refusal when there were too many that nobody said yes to: then the phone is left alone.
   */
  async count(phone: Phone, request: PhoneRequest): Promise<Refusal | null> {
    if (this.#limits.most === 0) return null;
    const now = this.#clock.now().getTime();
    if (await this.#ask(phone, request, now)) return null;
    await this.#forgetHarmless(phone);
    if (await this.#ask(phone, request, now)) return null;
    return { refused: "phone_asked_too_often", secondsLeft: await this.#secondsLeft(phone, now) };
  }

  /** Forgets the phones that were not asked for a day. */
  async purge(): Promise<void> {
    const dayAgo = new Date(this.#clock.now().getTime() - DAY);
    await purge(this.#pool, { table: "caravela.phone_request", column: "last_at", before: dayAgo });
  }

  async #ask(phone: Phone, request: PhoneRequest, now: Instant): Promise<boolean> {
    const at = new Date(now);
    const { rowCount } = await this.#pool.query({
      name: "phone-request",
      text: askSql,
      values: [phone, JSON.stringify({ ...request, at }), at, new Date(this.#since(now)), this.#limits.most],
    });
    return rowCount === 1;
  }

  async #forgetHarmless(phone: Phone): Promise<void> {
    const of = (await this.#asked(phone)).map((one) => one.of);
    const harmless = { name: "phone-harmless", text: harmlessSql, values: [of] };
    const { rows } = await this.#pool.query<{ id: PhoneRequest["id"] }>(harmless);
    await this.#pool.query({ name: "phone-forget", text: forgetSql, values: [phone, rows.map(({ id }) => id)] });
  }

  /** Until so many requests lie far enough back that one more may follow. */
  async #secondsLeft(phone: Phone, now: Instant): Promise<number> {
    const times = (await this.#asked(phone)).map(({ at }) => Date.parse(at)).filter((at) => at > this.#since(now));
    const oldest = times.toSorted((one, other) => one - other).at(-this.#limits.most) ?? now;
    return Math.max(1, Math.ceil((oldest - this.#since(now)) / 1000));
  }

  #since(now: Instant): Instant {
    return now - this.#limits.withinMinutes * MINUTE;
  }

  async #asked(phone: Phone): Promise<readonly Asked[]> {
    const { rows } = await this.#pool.query<{ asked: readonly Asked[] }>({
      name: "phone-asked",
      text: "select asked from caravela.phone_request where phone = $1",
      values: [phone],
    });
    return rows[0]?.asked ?? [];
  }
}
