/** What stands for a character that PostgreSQL cannot hold: Unicode's own sign for it. */
const REPLACEMENT = "\uFFFD";

/**
 * Whether PostgreSQL can hold a text: one with U+0000 or half of a surrogate pair it refuses, in `text` and in `jsonb`
 * alike.
 */
export function isHoldable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/**
 * How many values may stand inside one another: no message has ten; PostgreSQL, and every walk through a value, ends
 * somewhere above thousands.
 */
const DEEPEST = 100;

/** A value as JSON whose every text PostgreSQL can hold: only one that it cannot is walked through. */
export function holdableJson(value: unknown): string {
  const json = JSON.stringify(value);
  return /\\u(0000|d[89a-f])/.test(json) ? JSON.stringify(holdable(value)) : json;
}

/**
 * The same value with every text in it, names of members included, as PostgreSQL can hold it, and nothing where it is
 * nested without end. What holds already is given back as it is.
 */
export function holdable<T>(value: T): T {
  return heldAs(value, DEEPEST) as T;
}

function heldAs(value: unknown, levels: number): unknown {
  if (typeof value === "string") return isHoldable(value) ? value : value.replaceAll("\0", REPLACEMENT).toWellFormed();
  if (levels === 0 && typeof value === "object") return null;
  const inside = (one: unknown) => heldAs(one, levels - 1);
  if (Array.isArray(value)) return sameOr(value, value.map(inside));
  if (!isPlain(value)) return value;
  const entries = Object.entries(value);
  const held = entries.map(([name, member]) => [inside(name), inside(member)] as const);
  const isSame = held.every(([name, member], place) => name === entries[place]?.[0] && member === entries[place]?.[1]);
  return isSame ? value : Object.fromEntries(held);
}

function sameOr(list: readonly unknown[], held: readonly unknown[]): readonly unknown[] {
  return held.every((one, place) => one === list[place]) ? list : held;
}

/** An object of JSON, or of a form: a date, a buffer or an instance of a class is left alone. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Where in a value from outside a text is that PostgreSQL cannot hold: JSON pointers. */
export function unholdable(value: unknown, at = ""): string[] {
  if (typeof value === "string") return isHoldable(value) ? [] : [at];
  if (Array.isArray(value)) return value.flatMap((one, place) => unholdable(one, `${at}/${place}`));
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    isHoldable(name) ? unholdable(member, `${at}/${pointerOf(name)}`) : [at],
  );
}

function pointerOf(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/**
 * A moment as PostgreSQL reads it in a JSON: it writes years before the first and after the 9999th otherwise than ISO
 * 8601.
 */
export function momentText(moment: Date): string {
  const iso = moment.toISOString();
  const year = moment.getUTCFullYear();
  if (year > 0 && year < 10_000) return iso;
  if (year > 0) return iso.replace(/^\+0*/, "");
  return `${iso.replace(/^(-\d{6}|\d{4})/, String(1 - year).padStart(4, "0"))} BC`;
}
