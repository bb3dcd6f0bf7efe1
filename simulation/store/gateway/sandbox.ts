import type { Statement, Tables } from "../database.ts";

/** Forgotten by a reset. */
const FORGOTTEN = ["transaction", "token", "notification", "notification_try", "fault_settings"];

/** The one row of a table that has no other. */
function only(tables: Tables, name: string) {
  const table = tables.of(`sibs_gateway.${name}`);
  return { table, row: table.get(true) };
}

function read(tables: Tables, name: string, column: string): object[] {
  const { table, row } = only(tables, name);
  return row === undefined ? [] : [table.read(row, [column])];
}

/** The statements about the gateway itself: its clock, its key, its faults, and that all is forgotten. */
export const sandboxStatements: Readonly<Record<string, Statement>> = {
  "select offset_ms from sibs_gateway.clock": (tables) => read(tables, "clock", "offset_ms"),
  "clock-move": (tables, [offset]) => {
    const { table, row } = only(tables, "clock");
    if (row === undefined) table.insert({ offset_ms: offset });
    else table.update(row, { offset_ms: Math.max(Number(row.offset_ms), Number(offset)) });
    return read(tables, "clock", "offset_ms");
  },
  "signing-key-make": (tables, [secret]) => {
    const { table, row } = only(tables, "signing_key");
    if (row === undefined) table.insert({ secret });
    return [];
  },
  "signing-key": (tables) => read(tables, "signing_key", "secret"),
  "fault-settings": (tables) => read(tables, "fault_settings", "settings"),
  "fault-settings-replace": (tables, [settings]) => {
    const { table, row } = only(tables, "fault_settings");
    if (row === undefined) table.insert({ settings });
    else table.update(row, { settings });
    return [];
  },
  "sandbox-reset": (tables) => {
    for (const name of FORGOTTEN) {
      const table = tables.of(`sibs_gateway.${name}`);
      for (const row of [...table.rows]) table.remove(row);
    }
    return [];
  },
};
