import { microseconds } from "../columns.ts";
import { type Statement, touched } from "../database.ts";

const DAY = 86_400_000_000;

/** What a server asks as it starts, and its chores. */
export const startStatements: Readonly<Record<string, Statement>> = {
  "clock-move": (tables, [offset]) => {
    const clock = tables.of("caravela.clock");
    const row = clock.upsert({ offset_ms: offset }, "clock_pkey", (known, excluded) => ({
      offset_ms: Math.max(Number(known.offset_ms), Number(excluded.offset_ms)),
    }));
    return row === null ? [] : [{ offset_ms: row.offset_ms }];
  },

  "terminal-before-keep": (tables, [id]) => {
    const kept = tables.of("caravela.terminal_before").insertNew({ id });
    return touched(kept === null ? 0 : 1);
  },

  "terminal-before": (tables) => [...tables.of("caravela.terminal_before").rows].map(({ id }) => ({ id })),

  "payments-seen-again": (tables, [now]) => {
    const payments = tables.of("caravela.payment");
    const unseen = [...payments.rows].filter(({ due_at, state }) => due_at === null && owesUnseen(String(state)));
    for (const row of unseen) payments.update(row, { due_at: now });
    return touched(unseen.length);
  },

  "chores-enlist": (tables, [names, moments]) => {
    const chores = tables.of("caravela.chore");
    const news = (names as readonly string[])
      .map((name, place) => ({ name, due_at: (moments as readonly Date[])[place] }))
      .filter((one) => chores.insertNew(one) !== null);
    return touched(news.length);
  },

  "chore-remove": (tables, [name]) => {
    const row = tables.of("caravela.chore").get(String(name));
    if (row !== undefined) tables.of("caravela.chore").remove(row);
    return touched(row === undefined ? 0 : 1);
  },

  "chore-at": (tables, [name, due_at]) => {
    const row = tables.of("caravela.chore").get(String(name));
    if (row !== undefined) tables.of("caravela.chore").update(row, { due_at });
    return touched(row === undefined ? 0 : 1);
  },

  "chore-tomorrow": (tables, [name, now]) => {
    const row = tables.of("caravela.chore").get(String(name));
    if (row?.due_at == null) return touched(row === undefined ? 0 : 1);
    const late = Math.floor((microseconds(now) - Number(row.due_at)) / DAY);
    tables.of("caravela.chore").update(row, { due_at: Number(row.due_at) + (late + 1) * DAY });
    return touched(1);
  },
};

/** What is asked of the clock has no name: it is the same of server and gateway, but for the schema. */
export const startTexts: Readonly<Record<string, Statement>> = {
  "select offset_ms from caravela.clock": (tables) =>
    [...tables.of("caravela.clock").rows].map(({ offset_ms }) => ({ offset_ms })),
};

/** Those after a place that lists do not know as they are: what a server of this release writes is never among them. */
export function unlisted(table: string): Statement {
  return (tables, [version, id]) =>
    tables
      .of(table)
      .inOrder("unlisted")
      .after(Number(version) - 1)
      .filter((row) => Number(row.version) > Number(version) || String(row.id) > String(id))
      .map((row) => tables.of(table).read(row, ["id", "version", "state"]))
      .toArray();
}

function owesUnseen(state: string): boolean {
  if (!/"againAt":(?!null)/.test(state)) return false;
  const { operations = [] } = JSON.parse(state) as { operations?: readonly { againAt?: unknown }[] };
  return operations.some(({ againAt }) => againAt != null);
}
