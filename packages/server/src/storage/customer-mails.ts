import { createHash } from "node:crypto";
import { networkOf } from "@caravela/platform/address";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { purge } from "@caravela/platform/postgres/purge";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Payment } from "../domain/payment/state.ts";
import { DAY, HOUR, MINUTE } from "../domain/time.ts";

/** To so many addresses a payment's receipt, or its reference, is sent. */
const MOST_PER_PAYMENT = 3;

/** So many e-mails one network of customers asks for within an hour. Many phones share one. */
const MOST_PER_NETWORK = 30;

/** What the mail server did not take, or has not said it took, may be asked for again after so long. */
const AGAIN_AFTER = MINUTE;

/** For so long it is known where something was sent. */
const KEPT = 90 * DAY;

/** For so long it is known which network asked. */
const NETWORK_KEPT = DAY;

/** Held while one is counted, so that those of one moment see each other: a fixed number, any other would do. */
const COUNTING_LOCK = 7_340_816_555;

/** What a customer wants to be sent, and where. */
export interface WantedMail {
  readonly payment: Pick<Payment, "id" | "payToken">;
  readonly what: "receipt" | "reference";
  readonly address: string;
  /** The customer's address on the network; null: it is not known. */
  readonly from: string | null;
}

interface Counted {
  readonly before: { readonly sent: boolean; readonly at: Date } | null;
  readonly ofPayment: number;
  readonly ofNetwork: number;
}

const countSql = `
select (select jsonb_build_object('sent', sent, 'at', at) from caravela.customer_mail
         where payment_id = $1 and what = $2 and address = $3) as before,
       (select count(*)::integer from caravela.customer_mail where payment_id = $1 and what = $2) as "ofPayment",
       (select count(*)::integer from caravela.customer_mail where network = $4 and at > $5) as "ofNetwork"`;

const claimSql = `
insert into caravela.customer_mail (payment_id, what, address, network, at) values ($1, $2, $3, $4, $5)
on conflict (payment_id, what, address) do update set network = $4, at = $5`;

/**
 * Keeps count of the e-mails that customers had sent to them, so that each goes to an address once, and few are asked
 * for. An address is not kept: a digest of it is, which is another for each payment.
 */
export class CustomerMails {
  readonly #pool: Pool;
  readonly #clock: Clock;

  constructor(pool: Pool, clock: Clock) {
    this.#pool = pool;
    this.#clock = clock;
  }

  /**
   * Whether it may be sent now; then it is counted, and nobody else sends it at the same moment. @returns else why not.
   */
  async claim({ payment, what, address, from }: WantedMail): Promise<"granted" | "sent_before" | "too_often" | "wait"> {
    const digest = digestOf(payment, address);
    const network = from === null ? null : networkOf(from);
    const now = this.#clock.now();
    return inTransaction(this.#pool, async (connection) => {
      await connection.query("select pg_advisory_xact_lock($1)", [COUNTING_LOCK]);
      const hourAgo = new Date(now.getTime() - HOUR);
      const { rows } = await connection.query<Counted>({
        name: "customer-mail-count",
        text: countSql,
        values: [payment.id, what, digest, network, hourAgo],
      });
      const { before = null, ofPayment = 0, ofNetwork = 0 } = rows[0] ?? {};
      if (before?.sent) return "sent_before";
      if (before !== null && now.getTime() < new Date(before.at).getTime() + AGAIN_AFTER) return "wait";
      if ((before === null && ofPayment >= MOST_PER_PAYMENT) || ofNetwork >= MOST_PER_NETWORK) return "too_often";
      const values = [payment.id, what, digest, network, now];
      await connection.query({ name: "customer-mail-claim", text: claimSql, values });
      return "granted";
    });
  }

  /** The mail server took it. */
  async sent({ payment, what, address }: WantedMail): Promise<void> {
    await this.#pool.query(
      "update caravela.customer_mail set sent = true where payment_id = $1 and what = $2 and address = $3",
      [payment.id, what, digestOf(payment, address)],
    );
  }

  /** Forgets which networks asked, and later all of it. */
  async purge(): Promise<void> {
    const now = this.#clock.now().getTime();
    await this.#pool.query({
      name: "customer-mail-forget-network",
      text: "update caravela.customer_mail set network = null where network is not null and at < $1",
      values: [new Date(now - NETWORK_KEPT)],
    });
    await purge(this.#pool, { table: "caravela.customer_mail", column: "at", before: new Date(now - KEPT) });
  }
}

/** Nobody who has the digest alone, and not the payment, can try addresses on it. */
function digestOf({ payToken }: Pick<Payment, "payToken">, address: string): Buffer {
  return createHash("sha256").update(`${payToken}\n${address.toLowerCase()}`).digest();
}
