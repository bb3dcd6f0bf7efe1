import type { ColumnType } from "./columns.ts";
import type { TableShape } from "./table.ts";

/** How PostgreSQL also calls a type. */
const SHORT: Readonly<Record<string, ColumnType>> = { timestamptz: "timestamp with time zone" };

/** Columns by their types, as `create table` has them, `!` where one is never null: `id text!, due_at timestamptz`. */
export function columnsOf(text: string): Pick<TableShape, "columns" | "notNull"> {
  const columns = text.split(",").map((column) => {
    const [name = "", type = ""] = column.trim().split(" ");
    const bare = type.replace("!", "");
    return { name, type: SHORT[bare] ?? (bare as ColumnType), isNeverNull: bare !== type };
  });
  return {
    columns: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    notNull: columns.filter(({ isNeverNull }) => isNeverNull).map(({ name }) => name),
  };
}
