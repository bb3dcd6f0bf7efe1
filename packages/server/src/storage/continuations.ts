import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { purge } from "@caravela/platform/postgres/purge";
import type { Secret } from "@caravela/platform/secret";
import type { AttemptId } from "../domain/identifiers.ts";
import { DAY } from "../domain/time.ts";
import { at, type ByTerminal, type OfTerminal, type Terminal, type Terminals } from "../terminals.ts";

/** What SIBS's calls on a prepared transaction need: its id, and the signature that authorises them. */
export interface Continuation {
  readonly transactionId: string;
  readonly signature: string;
}

interface ContinuationParts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly terminals: Terminals<Terminal & { readonly token: Secret }>;
}

/**
 * Keeps how a card's purchase goes on, for any process to go on with it. The signature is sealed under the terminal's
 * token: a copy of the database alone cannot use it.
 */
export class Continuations {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #keys: ByTerminal<Buffer | null>;

  constructor({ pool, clock, chance, terminals }: ContinuationParts) {
    this.#pool = pool;
    this.#clock = clock;
    this.#chance = chance;
    this.#keys = terminals.each(({ token }) => keyOf(token), null);
  }

  /** Keeps how an attempt of a payment goes on: nowhere but at the payment's terminal. */
  async keep(payment: OfTerminal, attempt: AttemptId, { transactionId, signature }: Continuation): Promise<void> {
    const key = at(this.#keys, payment);
    if (key === null) return;
    await this.#pool.query({
      name: "continuation-keep",
      text: `insert into caravela.continuation (attempt_id, transaction_id, signature, created_at) values ($1, $2, $3, $4)
             on conflict (attempt_id) do update set transaction_id = $2, signature = $3, created_at = $4`,
      values: [attempt, transactionId, this.#seal(key, signature), this.#clock.now()],
    });
  }

  /** How an attempt goes on; null when that is not known (any more). */
  async find(payment: OfTerminal, attempt: AttemptId): Promise<Continuation | null> {
    const { rows } = await this.#pool.query<{ transaction_id: string; signature: string }>({
      name: "continuation-find",
      text: "select transaction_id, signature from caravela.continuation where attempt_id = $1",
      values: [attempt],
    });
    const [row] = rows;
    const key = at(this.#keys, payment);
    const signature = row === undefined || key === null ? null : open(key, row.signature);
    return row === undefined || signature === null ? null : { transactionId: row.transaction_id, signature };
  }

  /** Forgets what is older than a day: good for nothing since long. */
  async purge(): Promise<void> {
    const oldest = new Date(this.#clock.now().getTime() - DAY);
    await purge(this.#pool, { table: "caravela.continuation", column: "created_at", before: oldest });
  }

  #seal(key: Buffer, text: string): string {
    const iv = this.#chance.bytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, iv);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64");
  }
}

function keyOf(token: Secret): Buffer {
  return createHash("sha256").update(`caravela continuation ${token.reveal()}`).digest();
}

function open(key: Buffer, sealed: string): string | null {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
