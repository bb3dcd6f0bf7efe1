import { createHash } from "node:crypto";

/** Decides what is sent; the same words at the beginning decide the same. */
export class Dice {
  #state: [number, number, number, number];

  /** @param words what tells these dice from others: a seed, a kind, the number of a batch. */
  constructor(...words: readonly (string | number)[]) {
    const digest = createHash("sha256").update(JSON.stringify(words)).digest();
    this.#state = [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), 1];
  }

  /** At least 0 and below 1. */
  number(): number {
    return this.#next() / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.number() * (most - least + 1));
  }

  happens(probability: number): boolean {
    return this.number() < probability;
  }

  /** One of some, each equally likely. @throws RangeError where there are none */
  pick<T>(some: readonly T[]): T {
    if (some.length === 0) throw new RangeError("there is nothing to pick from");
    return some[this.between(0, some.length - 1)] as T;
  }

  /** One of some, each as likely as its weight says against the others'. */
  weighed<T>(some: readonly (readonly [weight: number, what: T])[]): T {
    let left = this.number() * some.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, what] of some) {
      left -= weight;
      if (left < 0) return what;
    }
    return this.pick(some)[1];
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.between(0, 255)));
  }

  /** A version 4 UUID. */
  uuid(): string {
    const hex = this.bytes(16).toString("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join(
      "-",
    );
  }

  /** sfc32, a small fast counting generator of 128 bits of state: passes PractRand. */
  #next(): number {
    let [a, b, c, counter] = this.#state;
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    this.#state = [a, b, c | 0, counter];
    return sum >>> 0;
  }
}
