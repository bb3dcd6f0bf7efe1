import { createHash } from "node:crypto";
import type { Chance } from "@caravela/platform/chance";

const DIGITS_AND_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/**
 * Chance whose every draw is known beforehand: by the occasion at which it is drawn, what is drawn, and how many of the
 * same were drawn before on that occasion. So what an input makes has the same identifiers whenever it is sent.
 */
export class KnownChance implements Chance {
  readonly #whose: string;
  #occasion = "";
  readonly #drawn = new Map<string, number>();

  /** @param whose tells apart what two programs draw. */
  constructor(whose: string) {
    this.#whose = whose;
  }

  /** Begins another occasion: an input, or a step of what was set up before. */
  begin(occasion: string): void {
    this.#occasion = occasion;
    this.#drawn.clear();
  }

  bytes(n: number): Uint8Array {
    return this.#draw(`bytes ${n}`, n);
  }

  uuid(): string {
    const hex = Buffer.from(this.#draw("uuid", 16)).toString("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join(
      "-",
    );
  }

  id<Prefix extends string>(prefix: Prefix): `${Prefix}_${string}` {
    return `${prefix}_${spell(this.#draw(prefix, 20), DIGITS_AND_LETTERS)}`;
  }

  text(alphabet: string, length: number): string {
    return spell(this.#draw(`text ${alphabet} ${length}`, length), alphabet);
  }

  number(): number {
    return Buffer.from(this.#draw("number", 6)).readUIntBE(0, 6) / 2 ** 48;
  }

  /** The first identifier of this kind that is drawn on an occasion. */
  firstId<Prefix extends string>(occasion: string, prefix: Prefix): `${Prefix}_${string}` {
    return `${prefix}_${spell(stretch([this.#whose, occasion, prefix, 0], 20), DIGITS_AND_LETTERS)}`;
  }

  #draw(what: string, length: number): Uint8Array {
    const before = this.#drawn.get(what) ?? 0;
    this.#drawn.set(what, before + 1);
    return stretch([this.#whose, this.#occasion, what, before], length);
  }
}

function stretch(words: readonly (string | number)[], length: number): Uint8Array {
  const parts: Buffer[] = [];
  for (let part = 0; part * 32 < length; part += 1)
    parts.push(
      createHash("sha256")
        .update(JSON.stringify([...words, part]))
        .digest(),
    );
  return new Uint8Array(Buffer.concat(parts).subarray(0, length));
}

/** Not quite each as likely: nobody guesses here. */
function spell(bytes: Uint8Array, alphabet: string): string {
  return [...bytes].map((byte) => alphabet.charAt(byte % alphabet.length)).join("");
}
