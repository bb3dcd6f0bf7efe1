import { lisbonDate } from "@caravela/platform/lisbon";

const DAY_MS = 86_400_000;

/** In place of the last seven characters of a name, where each copy has its own number. */
export const MARK = "~~~~~~~";

/** As many as two digits tell apart. */
const MOST = 90;

/** A row of a table, each value as PostgreSQL writes it. */
export interface StoredRow {
  readonly table: string;
  readonly values: Readonly<Record<string, string | null>>;
}

/** What was made together, with a mark in each of its names: copied with numbers for marks, it is another. */
export interface Pattern {
  readonly rows: readonly StoredRow[];
  readonly payments: number;
  /** The last moment at which something was written of it. */
  readonly latest: number;
}

/** What each thing has of its own: our ids, SIBS's, page tokens, phones, keys. */
const NAMES =
  /\b(?:pay|att|cap|can|rfd|evt|man|mcn|plan|tok)_[0-9a-z]{20}\b|\bs2[0-9A-Za-z]{18}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{40}\b|(?<!\d)\d{20}(?!\d)|(?<![\d.])91000\d{4}(?!\d)|\b(?:order|customer)-\d{7}\b|\bkey-\d+-\d+\b/g;

/** Columns whose whole value is a name, whatever it looks like. */
const NAMED_BY: Readonly<Record<string, string>> = {
  "caravela.found_by": "key",
  "sibs_gateway.transaction": "reference",
};

/** The columns that say when a row was written. */
const WRITTEN_AT = ["created_at", "at", "received_at", "recorded_at"];

/** Parts rows into what was made together: those that share a name. @param from the place of the first */
export function patternsOf(rows: readonly StoredRow[], from = 0): Pattern[] {
  const groups = new Map<string, string>();
  const first = (name: string): string => {
    const next = groups.get(name) ?? name;
    return next === name ? name : first(next);
  };
  const named = rows.map((row) => ({ row, names: namesIn(row) })).filter(({ names }) => names.length > 0);
  for (const { names } of named) for (const name of names) groups.set(first(name), first(names[0] ?? name));
  const together = Map.groupBy(named, ({ names }) => first(names[0] ?? ""));
  return [...together.values()]
    .map((group, place) =>
      patternOf(
        group.map(({ row }) => row),
        group.flatMap(({ names }) => names),
        from + place,
      ),
    )
    .filter(({ payments }) => payments > 0);
}

function patternOf(rows: readonly StoredRow[], names: readonly string[], place: number): Pattern {
  if (place >= MOST) throw new RangeError(`no more than ${MOST} patterns: their references would meet`);
  // the longest first: one may be in another
  const all = [...new Set(names)].toSorted((one, other) => other.length - one.length);
  const anyName = new RegExp(all.map((name) => name.replaceAll("-", "\\-")).join("|"), "g");
  const marked = rows.map((row) => mapped(row, (text) => text.replace(anyName, (name) => markedName(name, place))));
  const moments = rows.flatMap(({ values }) => WRITTEN_AT.map((column) => Date.parse(values[column] ?? "")));
  return {
    rows: marked,
    payments: rows.filter(({ table }) => table === "caravela.payment").length,
    latest: Math.max(...moments.filter((moment) => !Number.isNaN(moment))),
  };
}

function namesIn({ table, values }: StoredRow): string[] {
  const own = values[NAMED_BY[table] ?? ""] ?? null;
  const inside = Object.values(values).flatMap((text) => text?.match(NAMES) ?? []);
  return own === null ? inside : [own, ...inside];
}

function markedName(name: string, place: number): string {
  if (name.startsWith("key-")) return `${name}-${MARK}`;
  if (name.startsWith("order-")) return `order-${place}-${MARK}`;
  // a reference has nine digits: its first two say of which pattern it is
  if (/^\d{9}$/.test(name) && !name.startsWith("91000")) return `${10 + place}${MARK}`;
  return name.slice(0, -MARK.length) + MARK;
}

/** The same rows so many milliseconds earlier, in whatever way a moment is written in them. */
export function earlier(rows: readonly StoredRow[], ms: number): StoredRow[] {
  return rows.map((row) => onItsDay(mapped(row, (text) => text.replace(MOMENTS, (moment) => movedBack(moment, ms)))));
}

/** Money moves on the day in Lisbon of its moment. */
function onItsDay({ table, values }: StoredRow): StoredRow {
  if (table !== "caravela.movement") return { table, values };
  return { table, values: { ...values, day: lisbonDate(Date.parse(values.at ?? "")) } };
}

const MOMENTS = /\b1[78]\d{11}\b|\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)/g;

function movedBack(moment: string, ms: number): string {
  if (/^\d+$/.test(moment)) return String(Number(moment) - ms);
  const parsed = /[+-]\d\d$/.test(moment) ? `${moment}:00` : moment;
  const text = new Date(Date.parse(parsed) - ms).toISOString();
  return moment.includes(".") ? text : text.replace(/\.\d+/, "");
}

function mapped({ table, values }: StoredRow, change: (text: string) => string): StoredRow {
  const changed = Object.entries(values).map(([column, text]) => [column, text === null ? null : change(text)]);
  return { table, values: Object.fromEntries(changed) };
}

/** When the rows of a table are forgotten by themselves, in days. */
const FORGOTTEN_AFTER: Readonly<Record<string, number>> = {
  "caravela.event": 90,
  "caravela.delivery": 90,
  "caravela.idempotency": 7,
  "caravela.continuation": 1,
  "caravela.card_try": 1,
  "caravela.phone_request": 1,
};

/** Those that are still there so many milliseconds after they were written. */
export function notForgotten(rows: readonly StoredRow[], ageMs: number): StoredRow[] {
  return rows.filter(({ table }) => ageMs < (FORGOTTEN_AFTER[table] ?? Number.POSITIVE_INFINITY) * DAY_MS);
}
