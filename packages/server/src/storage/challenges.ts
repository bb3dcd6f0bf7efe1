import { createHash } from "node:crypto";
import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { purge } from "@caravela/platform/postgres/purge";
import { MINUTE } from "../domain/time.ts";

/** For how long somebody may look for their passkey, or sign in at their provider. */
export const CHALLENGE_LASTS = 5 * MINUTE;

/**
 * What an answer to a challenge is good for, and whose it is: a browser that nobody is signed in in yet, an invitation,
 * or a session. It is good for nothing else, and nobody else's.
 */
export interface Bound {
  readonly purpose: "sign_in" | "invitation" | "touch" | "passkey" | "sign_on";
  readonly holder: string;
}

/** What was asked of somebody's passkey or provider and is not answered yet. Each is answered once. */
export class Challenges {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #chance: Chance;

  constructor({ pool, clock, chance }: { readonly pool: Pool; readonly clock: Clock; readonly chance: Chance }) {
    this.#pool = pool;
    this.#clock = clock;
    this.#chance = chance;
  }

  /** A new challenge, of 256 bits; only its digest is kept. */
  async ask(bound: Bound): Promise<Uint8Array> {
    const challenge = this.#chance.bytes(32);
    await this.keep(bound, challenge);
    return challenge;
  }

  /** Keeps a challenge that was made elsewhere. */
  async keep({ purpose, holder }: Bound, challenge: Uint8Array): Promise<void> {
    const endsAt = new Date(this.#clock.now().getTime() + CHALLENGE_LASTS);
    await this.#pool.query({
      name: "challenge-ask",
      text: "insert into caravela.challenge (hash, purpose, holder, ends_at) values ($1, $2, $3, $4)",
      values: [hashOf(challenge), purpose, digestOf(holder), endsAt],
    });
  }

  /** Takes the answer to a challenge; false: nothing was asked so, or of somebody else, or it was answered already. */
  async take({ purpose, holder }: Bound, challenge: Uint8Array): Promise<boolean> {
    const { rowCount } = await this.#pool.query({
      name: "challenge-take",
      text: "delete from caravela.challenge where hash = $1 and purpose = $2 and holder = $3 and ends_at > $4",
      values: [hashOf(challenge), purpose, digestOf(holder), this.#clock.now()],
    });
    return rowCount === 1;
  }

  /** Forgets what was never answered. */
  async purge(): Promise<void> {
    await purge(this.#pool, { table: "caravela.challenge", column: "ends_at", before: this.#clock.now() });
  }
}

function hashOf(challenge: Uint8Array): Buffer {
  return createHash("sha256").update(challenge).digest();
}

/** What a browser was given, or what stands in a link, is kept nowhere. */
function digestOf(holder: string): string {
  return createHash("sha256").update(holder).digest("hex");
}
