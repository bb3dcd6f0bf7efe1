import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LENGTHS, lineOf, shorten } from "./text.ts";

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 150 }),
  fc.string({ unit: "binary", maxLength: 150 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 150 }).map((units) => String.fromCharCode(...units)),
);

const charactersOf = (text: string) => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);

describe("a text that is too long", () => {
  it.each([
    ["a pair", `${"a".repeat(69)}😀`, "a".repeat(69)],
    ["a family", `${"a".repeat(62)}👨‍👩‍👧‍👦`, "a".repeat(62)],
    ["a flag", `${"a".repeat(67)}🇵🇹`, "a".repeat(67)],
    ["a letter with its accent beside it", `${"a".repeat(69)}e\u0301`, "a".repeat(69)],
    ["a flag of tags", `${"a".repeat(60)}🏴󠁧󠁢󠁥󠁮󠁧󠁿`, "a".repeat(60)],
    ["a keycap", `${"a".repeat(68)}1️⃣`, "a".repeat(68)],
  ])("is cut before %s, never inside", (_what, text, kept) => {
    expect(shorten(text, 70)).toBe(kept);
  });

  it("is cut inside a heap of signs only where nothing else would be left of it", () => {
    const heap = `a${"\u0301".repeat(100)}`;
    expect(shorten(heap, 70)).toBe(heap.substring(0, 70));
    expect(shorten(`b${heap}`, 70)).toBe("b");
    expect(shorten("😀", 1)).toBe("");
  });

  it("is cut between characters as a person sees them, and nowhere sooner than it has to be", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 80 }), (text, most) => {
        const short = shorten(text, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(short.isWellFormed()).toBe(true);
        const [first = "", ...rest] = charactersOf(text);
        if (first.length > most) return;
        const kept = charactersOf(short);
        expect(
          [first, ...rest]
            .map((one) => one.toWellFormed())
            .join("")
            .startsWith(short),
        ).toBe(true);
        const next = rest[kept.length - 1];
        if (next !== undefined) expect(short.length + next.length).toBeGreaterThan(most);
      }),
    );
  });
});

describe("a line", () => {
  it.each([
    ["Two\r\n mugs", "Two  mugs"],
    ["\u0000\u0007Two\tmugs\u0085", "Two mugs"],
    ["half a \ud83d pair", "half a \ufffd pair"],
    ["no\uffffcharacter", "no\ufffdcharacter"],
    ["turned \u202eround\u202c", "turned round"],
    ["\ufeffbegins with a mark", "begins with a mark"],
    ["S\u0061\u0303o", "S\u00e3o"],
    ["👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
    [" \u200b\u00ad\u2060\n", ""],
    ["", ""],
  ])("of %j is %j", (text, line) => {
    expect(lineOf(text, 70)).toBe(line);
  });

  it("of any text fits, is well-formed, holds no control, and is a line already", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = lineOf(text, LENGTHS.description);
        expect(line.length).toBeLessThanOrEqual(LENGTHS.description);
        expect([...line].length).toBeLessThanOrEqual(LENGTHS.description);
        expect(line.isWellFormed()).toBe(true);
        expect(line).not.toMatch(/\p{Cc}/u);
        expect(lineOf(line, LENGTHS.description)).toBe(line);
      }),
    );
  });
});
