import { networkOf } from "@caravela/platform/address";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { purge } from "@caravela/platform/postgres/purge";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { PaymentId, TerminalId } from "../domain/identifiers.ts";
import type { Refusal } from "../domain/refusal.ts";
import { DAY, HOUR } from "../domain/time.ts";
import type { OfTerminal } from "../terminals.ts";

/** How many tries to pay by card there may be within an hour; 0: any number. Whoever tests stolen cards needs many. */
export interface CardLimits {
  readonly perPayment: number;
  /** Of one customer's address on the network; of IPv6, of one network of 64 bits. */
  readonly perAddress: number;
  readonly perTerminal: number;
}

/** Held while a try is counted, so that those of one moment see each other: a fixed number, any other would do. */
const COUNTING_LOCK = 7_340_816_554;

const countSql = `
select count(*) filter (where payment_id = $2)::integer as "perPayment",
       count(*) filter (where address = $3)::integer as "perAddress",
       count(*) filter (where coalesce(terminal, $5) = $4)::integer as "perTerminal"
  from caravela.card_try where at > $1`;

interface CardTryParts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly limits: CardLimits;
  /** Whose the tries are that were counted before they remembered their terminal. */
  readonly before: TerminalId;
}

/** Keeps count of the tries to pay by card. What is counted is a payment and an address, nothing of the card. */
export class CardTries {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #limits: CardLimits;
  readonly #before: TerminalId;

  constructor({ pool, clock, limits, before }: CardTryParts) {
    this.#pool = pool;
    this.#clock = clock;
    this.#limits = limits;
    this.#before = before;
  }

  /** Counts one more try. @returns the refusal when there were too many: nothing is asked of SIBS then. */
  async count(payment: { readonly id: PaymentId } & OfTerminal, from: string | null): Promise<Refusal | null> {
    if (Object.values(this.#limits).every((limit) => limit === 0)) return null;
    const address = from === null ? null : networkOf(from);
    const terminal = payment.terminal ?? this.#before;
    const now = this.#clock.now().getTime();
    return inTransaction(this.#pool, async (connection) => {
      await connection.query("select pg_advisory_xact_lock($1)", [COUNTING_LOCK]);
      const { rows } = await connection.query<CardLimits>({
        name: "card-try-count",
        text: countSql,
        values: [new Date(now - HOUR), payment.id, address, terminal, this.#before],
      });
      const [tries] = rows;
      if (tries !== undefined && this.#isTooMany(tries, address)) return { refused: "too_many_card_tries" } as const;
      await connection.query({
        name: "card-try",
        text: "insert into caravela.card_try (at, payment_id, address, terminal) values ($1, $2, $3, $4)",
        values: [new Date(now), payment.id, address, terminal],
      });
      return null;
    });
  }

  /** Forgets the tries that are older than a day. */
  async purge(): Promise<void> {
    await purge(this.#pool, {
      table: "caravela.card_try",
      column: "at",
      before: new Date(this.#clock.now().getTime() - DAY),
    });
  }

  #isTooMany(tries: CardLimits, address: string | null): boolean {
    const { perPayment, perAddress, perTerminal } = this.#limits;
    return (
      (perPayment > 0 && tries.perPayment >= perPayment) ||
      (perAddress > 0 && address !== null && tries.perAddress >= perAddress) ||
      (perTerminal > 0 && tries.perTerminal >= perTerminal)
    );
  }
}
