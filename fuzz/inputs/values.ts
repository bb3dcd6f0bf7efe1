import fc from "fast-check";
import type { Dice } from "../dice.ts";
import { type Tree, treeOf } from "./tree.ts";

/** A day, from which all others are reckoned: a run that is seen again on another day is told which it was. */
export type Day = string;

/** Numbers as nobody should send them, and as some do. */
// biome-ignore format: a table
const NUMBERS = [
  "0", "-0", "1", "-1", "0.1", "0.30000000000000004", "1.5", "1e2", "1E+2", "1e-7", "1e308", "-1e308", "1e309",
  "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993", "2147483647", "2147483648",
  "4294967296", "9223372036854775807", "9223372036854775808", "99999999", "100000000", "0.01", "0.001", "5e-324",
  "123456789012345678901234567890", "00", "01", "+1", ".5", "5.", "NaN", "Infinity", "0x10", "1_000",
] as const;

/** What is no text, and no number. */
const OTHERS = ["null", "true", "false", "[]", "{}", "[[]]", "[null]", '{"":null}'] as const;

/** Texts that have brought down something somewhere. */
// biome-ignore format: a table
const TEXTS = [
  "", " ", "\t", "\n", "\r\n", "\0", "a\0b", "\ud800", "\udc00", "a\ud83d", "\ufeff", "\uffff", "\u202eevil\u202c",
  "e\u0301", "\u0301".repeat(40), "🦆", "👩‍👩‍👧‍👦", "İ", "ß", "ﬃ", "\u2028\u2029", "\u200b", "\u00a0", "１２", "٥", "null", "undefined",
  "true", "NaN", "__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "../../etc/passwd", "%00",
  "%2e%2e%2f", "%s%n%d", "#{7*7}", "{{7*7}}", "<script>alert(1)</script>", "\"><img src=x>", "' or 1=1 --",
  "'; drop table payment; --", "\\", "\\u0000", "1e2", "1e400", "0x10", "-1", "1.5", "5,50", "1.234,56", " 5 ", "005",
  "pay_", "pay_00000000000000000000", "att_00000000000000000000", "351#919999999", "+351919999999", "a@b", "@", "a@b@c",
  "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", "http://localhost", "http://127.0.0.1:0",
  "http://127.0.0.1:8/x?y#z", "http://[::1]/", "https://user:pass@localhost/", "//localhost", "http://a..localhost",
] as const;

/** Days and moments that no calendar has, or only some do. */
// biome-ignore format: a table
const MOMENTS = [
  "2026-02-29T00:00:00Z", "2026-02-30", "2026-13-01T00:00:00Z", "2026-00-10", "2026-04-31T12:00:00Z", "0000-00-00",
  "2026-12-31T23:59:60Z", "2026-03-29T01:30:00+01:00", "2026-10-25T01:30:00", "9999-12-31T23:59:59Z",
  "+275760-09-13T00:00:00.000Z", "+275760-09-13T00:00:00.001Z", "-000001-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z",
  "1970-01-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T25:00:00Z", "2026-1-1", "2026-01-01T00:00:00+99:99",
  "2026-01-01T00:00:00.123456789Z", "20260101T000000Z", "tomorrow", "1767225600", "2024-02-29T00:00:00Z",
  "2100-02-29T00:00:00Z", "2026-01-01 00:00:00", "2026-W01-1", "2262-04-11T23:47:16.855Z", "294276-12-31T23:59:59Z",
] as const;

/** Names that mean something to objects, to SQL, to forms, or to this API elsewhere. */
// biome-ignore format: a table
const NAMES = [
  "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "", " ", "id", "amount", "status", "terminal",
  "amountCaptured", "secret", "a.b", "a[b]", "a\0", "\ud800", "/", "~", "~1", "$ref", "length", "0", "then", "toJSON",
] as const;

/** So many of what fast-check makes up are drawn from in one batch. */
const DRAWN = 120;

/** Makes up values; those of one seed are the same. */
export class Values {
  readonly #dice: Dice;
  readonly #day: number;
  readonly #madeUp: readonly unknown[];
  readonly #texts: readonly string[];

  constructor(dice: Dice, day: Day) {
    this.#dice = dice;
    this.#day = Date.parse(day);
    const drawn = { seed: dice.between(0, 2 ** 31 - 1), numRuns: DRAWN };
    this.#madeUp = fc.sample(fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }), drawn);
    this.#texts = fc.sample(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary-ascii" }),
        fc.emailAddress(),
        fc.uuid(),
        fc.ipV6(),
      ),
      drawn,
    );
  }

  /** Anything at all. */
  any(): Tree {
    return this.#dice.weighed<() => Tree>([
      [4, () => this.number()],
      [4, () => ({ text: this.text() })],
      [2, () => ({ raw: this.#dice.pick(OTHERS) })],
      [2, () => ({ text: this.moment() })],
      [3, () => treeOf(this.#dice.pick(this.#madeUp))],
      [0.3, () => this.deep()],
      [0.3, () => ({ list: Array.from({ length: this.#dice.pick([21, 101, 1_001]) }, () => ({ raw: "1" })) })],
    ])();
  }

  number(): Tree {
    return { raw: this.#dice.pick(NUMBERS) };
  }

  text(): string {
    return this.#dice.weighed<() => string>([
      [6, () => this.#dice.pick(TEXTS)],
      [4, () => this.#dice.pick(this.#texts)],
      [1, () => this.long()],
      [1, () => this.moment()],
      [1, () => this.#dice.pick(NUMBERS)],
    ])();
  }

  /** A text about as long as some limit. */
  long(): string {
    const unit = this.#dice.pick(["a", "é", "🦆", "\u0301", " ", "9", "\u202e", "\0"]);
    const length = this.#dice.pick([
      35, 36, 40, 41, 70, 71, 100, 101, 254, 255, 256, 500, 501, 2_000, 2_001, 8_193, 70_000,
    ]);
    return unit.repeat(length);
  }

  /** A text of so many characters. */
  of(length: number): string {
    const unit = this.#dice.pick(["a", "Z", "7", "é", "🦆", "ç"]);
    return unit.repeat(Math.max(0, Math.min(length, 100_000)));
  }

  name(): string {
    return this.#dice.happens(0.8) ? this.#dice.pick(NAMES) : this.text();
  }

  /** A moment, near or far, or none that there is. */
  moment(): string {
    if (this.#dice.happens(0.5)) return this.#dice.pick(MOMENTS);
    const days = this.#dice.pick([-40_000, -366, -1, 0, 1, 2, 30, 89, 90, 91, 365, 366, 3_650, 40_000]);
    const moment = new Date(this.#day + days * 86_400_000).toISOString();
    return this.#dice.weighed([
      [4, moment],
      [1, moment.slice(0, 10)],
      [1, moment.replace("Z", "+01:00")],
      [1, moment.replace(".000", "")],
    ]);
  }

  /** A moment that comes: days after the day that all are reckoned from. */
  inDays(days: number): string {
    return new Date(this.#day + days * 86_400_000).toISOString();
  }

  /** What is nested deep. */
  deep(): Tree {
    const levels = this.#dice.pick([10, 100, 1_000, 5_000, 20_000]);
    const [open, close] = this.#dice.pick([
      ["[", "]"],
      ['{"a":', "}"],
    ] as const);
    return { raw: `${open.repeat(levels)}1${close.repeat(levels)}` };
  }
}
