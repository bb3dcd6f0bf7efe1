import { Buffer } from "node:buffer";
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import type { Chance } from "@caravela/platform/chance";
import type { Pool } from "@caravela/platform/postgres/pool";

/** What a transactionSignature speaks for. */
export interface Signed {
  readonly transactionId: string;
  readonly merchantCode: number;
  readonly terminalId: string;
}

/**
 * Makes and verifies transactionSignatures: three Base64 parts, the first saying `txId`, `mc` and `tc`, the second of
 * 32 bytes and the third of 48 (decoded from the seed, reference 1.4). What SIBS puts into the last two is unknown;
 * here they are HMACs of what goes before.
 */
export class Signatures {
  readonly #key: KeyObject;

  constructor(key: Buffer) {
    this.#key = createSecretKey(key);
  }

  make({ transactionId, merchantCode, terminalId }: Signed): string {
    const content = JSON.stringify({ txId: transactionId, mc: merchantCode, tc: Number(terminalId) });
    return this.#sign(Buffer.from(content).toString("base64"));
  }

  /** What a signature speaks for; null when it is none of ours. */
  verify(signature: string): Signed | null {
    const [first = ""] = signature.split(".", 1);
    const made = Buffer.from(this.#sign(first));
    const given = Buffer.from(signature);
    if (made.length !== given.length || !timingSafeEqual(made, given)) return null;
    const { txId, mc, tc } = JSON.parse(Buffer.from(first, "base64").toString("utf8"));
    return { transactionId: txId, merchantCode: mc, terminalId: String(tc) };
  }

  #sign(first: string): string {
    const second = createHmac("sha256", this.#key).update(first).digest("base64");
    const third = createHmac("sha384", this.#key).update(`${first}.${second}`).digest("base64");
    return `${first}.${second}.${third}`;
  }
}

/** The signatures of this database: its key is made once and kept, so that a signature outlives a restart. */
export async function loadSignatures(pool: Pool, chance: Chance): Promise<Signatures> {
  await pool.query({
    name: "signing-key-make",
    text: "insert into sibs_gateway.signing_key (secret) values ($1) on conflict do nothing",
    values: [Buffer.from(chance.bytes(32))],
  });
  const { rows } = await pool.query<{ secret: Buffer }>({
    name: "signing-key",
    text: "select secret from sibs_gateway.signing_key",
  });
  const [key] = rows;
  if (key === undefined) throw new Error("the signing key was removed while the gateway started");
  return new Signatures(key.secret);
}
