/** The types of columns that are kept, by PostgreSQL's names for them. */
export type ColumnType =
  | "text"
  | "uuid"
  | "integer"
  | "smallint"
  | "bigint"
  | "boolean"
  | "date"
  | "timestamp with time zone"
  | "json"
  | "jsonb"
  | "text[]"
  | "bytea";

/**
 * A value as it is kept: never one that whoever gave or reads it could change. Moments are microseconds since 1970,
 * JSON and lists are kept as their text.
 */
export type Kept = string | number | boolean | null;

/** A row as it is kept: the value of each column. */
export type Row = Record<string, Kept>;

/** A row as JSON gives it. */
export type Given = Readonly<Record<string, unknown>>;

/** A list of rows, as JSON. */
export const rowsIn = (json: unknown): readonly Given[] => JSON.parse(String(json));

/** A value of a statement or of JSON, as a column of that type keeps it. */
export function kept(type: ColumnType, value: unknown): Kept {
  if (value === null || value === undefined) return null;
  switch (type) {
    case "timestamp with time zone":
      return microseconds(value);
    case "jsonb":
      return JSON.stringify(asBinaryJson(typeof value === "string" ? JSON.parse(value) : value));
    case "json":
    case "text[]":
      return typeof value === "string" ? value : JSON.stringify(value);
    case "bytea":
      return typeof value === "string" ? value : Buffer.from(value as Uint8Array).toString("base64");
    case "boolean":
      return value === true;
    case "integer":
    case "smallint":
    case "bigint":
      return Number(value);
    default:
      return typeof value === "object" ? JSON.stringify(value) : String(value);
  }
}

/** As `jsonb` keeps it: the members of each object by the length of their names, then by these. */
function asBinaryJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asBinaryJson);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => byLength(one, other));
  return Object.fromEntries(members.map(([name, member]) => [name, asBinaryJson(member)]));
}

function byLength(one: string, other: string): number {
  return Buffer.byteLength(one) - Buffer.byteLength(other) || (one < other ? -1 : 1);
}

/** What is kept, as the driver reads it: each time a value of its own. */
export function read(type: ColumnType, value: Kept): unknown {
  if (value === null) return null;
  switch (type) {
    case "timestamp with time zone":
      return new Date(Math.floor(Number(value) / 1_000));
    case "json":
    case "jsonb":
    case "text[]":
      return JSON.parse(String(value));
    case "bytea":
      return Buffer.from(String(value), "base64");
    default:
      return value;
  }
}

/** A moment in microseconds, as it is given: a date, a text of one, or what was kept already. */
export function microseconds(value: unknown): number {
  if (value instanceof Date) return value.getTime() * 1_000;
  if (typeof value === "number") return value;
  if (value === "-infinity") return Number.NEGATIVE_INFINITY;
  const text = String(value);
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? "";
  const beyond = Number(fraction.padEnd(6, "0").slice(3, 6));
  return Date.parse(text) * 1_000 + beyond;
}

/** A moment as PostgreSQL writes it, to the microsecond. */
export function momentAsText(moment: number): string {
  const ms = Math.floor(moment / 1_000);
  const text = new Date(ms).toISOString().replace("T", " ").replace("Z", "");
  return `${text}${String(moment - ms * 1_000).padStart(3, "0")}+00`;
}
