import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceFrom, seededChance, systemChance } from "./chance.ts";

it("gives the same sequence for the same seed, and another for another", () => {
  const sequence = (seed: number) => {
    const chance = seededChance(seed);
    return [chance.uuid(), chance.id("pay"), chance.number(), chance.text("0123456789", 9)];
  };
  expect(sequence(1)).toEqual(sequence(1));
  expect(sequence(1)).not.toEqual(sequence(2));
});

it("makes identifiers of a prefix and twenty characters, and UUIDs of version 4", () => {
  for (const chance of [systemChance, seededChance(7)]) {
    expect(chance.id("pay")).toMatch(/^pay_[0-9a-z]{20}$/);
    expect(chance.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

it("never gives the same bytes twice, few or many, nor lets who has them change the next", () => {
  const given = Array.from({ length: 3_000 }, (_, at) => {
    const bytes = systemChance.bytes(at % 1_000 === 0 ? 5_000 : 16);
    const text = Buffer.from(bytes).toString("hex");
    bytes.fill(0);
    return text;
  });
  expect(new Set(given).size).toBe(3_000);
  expect(given.filter((text) => /^0+$/.test(text))).toEqual([]);
});

/** A process's chance, by a clock of its own. */
const processAt = (clock: () => number) => chanceFrom((n) => randomBytes(n), clock);

describe("identifiers", () => {
  const NOW = Date.parse("2026-11-28T12:00:00Z");

  it.each([
    ["in the same millisecond", () => NOW],
    ["in milliseconds that follow", (made: number) => NOW + made],
    ["while the clock goes back", (made: number) => NOW - made],
    ["up to the year 5000", (made: number) => NOW + made * 4_500_000_000],
  ])("sort as they were made, %s", (_when, clock) => {
    const made: string[] = [];
    const chance = processAt(() => clock(made.length));
    for (let count = 0; count < 20_000; count++) made.push(chance.id("pay"));
    expect([...new Set(made)].sort()).toEqual(made);
    expect(made.every((id) => /^pay_[0-9a-z]{20}$/.test(id))).toBe(true);
  });

  it("of a seed sort as they were made too", () => {
    const chance = seededChance(7);
    const made = Array.from({ length: 2_000 }, () => chance.id("att"));
    expect([...made].sort()).toEqual(made);
  });

  it("go on in the next millisecond where one is full", () => {
    const chance = chanceFrom(
      (n) => new Uint8Array(n).fill(251),
      () => NOW,
    );
    const first = chance.id("a");
    let last = first;
    for (let count = 0; count < 1_000_000; count++) {
      const next = chance.id("a");
      if (next <= last) throw new Error(`${next} was made after ${last}`);
      last = next;
    }
    expect(last.slice(0, 11)).not.toBe(first.slice(0, 11));
  });

  it("of two processes in the same milliseconds are never the same", () => {
    const [one, other] = [processAt(() => NOW), processAt(() => NOW)];
    const made = Array.from({ length: 30_000 }, () => [one.id("pay"), other.id("pay")]).flat();
    expect(new Set(made).size).toBe(made.length);
  });

  it("have 36 bits of chance each, whatever the millisecond", () => {
    const chance = processAt(() => NOW);
    const ends = Array.from({ length: 5_000 }, () => chance.id("pay").slice(-7));
    expect(new Set(ends).size).toBe(ends.length);
  });
});

it("uses only the alphabet, as long as asked, and every character of it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 200 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer(),
      (size, length, seed) => {
        const alphabet = String.fromCharCode(...Array.from({ length: size }, (_, at) => 0x100 + at));
        const text = seededChance(seed).text(alphabet, length);
        expect(text).toHaveLength(length);
        expect([...text].every((character) => alphabet.includes(character))).toBe(true);
      },
    ),
  );
  expect(new Set(seededChance(3).text("0123456789", 500)).size).toBe(10);
});

it("throws dice from 0 up to but not including 1", () => {
  const chance = seededChance(5);
  const throws = Array.from({ length: 2_000 }, () => chance.number());
  expect(Math.min(...throws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...throws)).toBeLessThan(1);
  expect(throws.reduce((sum, value) => sum + value) / throws.length).toBeCloseTo(0.5, 1);
});
