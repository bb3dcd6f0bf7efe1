import fc from "fast-check";
import { expect, it } from "vitest";
import { seededChance, systemChance } from "./chance.ts";

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
