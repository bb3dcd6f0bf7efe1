import { isUnlisted, unlistedSql } from "../../../packages/server/src/storage/unlisted.ts";
import type { Row } from "../columns.ts";
import { microseconds } from "../columns.ts";
import { type Knows, type Statement, touched } from "../database.ts";
import { type DueTable, knowsOfDue, nextOfAll } from "../due.ts";
import { decisionCalled } from "./decisions.ts";
import { deliveryStatements, dueDeliveries } from "./deliveries.ts";
import { endpointStatements } from "./endpoints.ts";
import { eventStatements } from "./events.ts";
import { houseStatements } from "./house.ts";
import { keptStatements } from "./kept.ts";
import { keyStatements } from "./keys.ts";
import { dueNotifications, notificationStatements } from "./notifications.ts";
import { peopleStatements } from "./people.ts";
import { phoneStatements } from "./phones.ts";
import { startStatements, startTexts, unlisted } from "./start.ts";
import { subjectStatements } from "./subjects.ts";
import { taskStatements } from "./tasks.ts";

export { serverShapes } from "./shapes.ts";

const subjectsDue = (table: string, index: string): DueTable => ({
  table,
  key: "id",
  index,
  columns: (_tables, { id }) => ({ id }),
});

/** By the names of their workers, in the order in which the server has these. */
export const serverDue: Readonly<Record<string, DueTable>> = {
  notifications: dueNotifications,
  mandates: subjectsDue("caravela.mandate", "awaited"),
  "mandates that may wait": subjectsDue("caravela.mandate", "may_wait"),
  payments: subjectsDue("caravela.payment", "awaited"),
  "payments that may wait": subjectsDue("caravela.payment", "may_wait"),
  deliveries: dueDeliveries,
  chores: { table: "caravela.chore", key: "name", index: "due", columns: (_tables, { name }) => ({ name }) },
};

const dueStatement = knowsOfDue(serverDue);

/** The statements of the server by their names, but those whose names tell what they do. */
export const serverStatements: Readonly<Record<string, Statement>> = {
  ...startStatements,
  ...subjectStatements,
  ...keyStatements,
  ...notificationStatements,
  ...endpointStatements,
  ...eventStatements,
  ...deliveryStatements,
  ...keptStatements,
  ...phoneStatements,
  ...houseStatements,
  ...peopleStatements,
  ...taskStatements,
  "due-next-of-all": nextOfAll(Object.values(serverDue)),
  // one statement is done at a time
  "endpoints-in-turn": () => [],
  // nobody listens: whoever shows something looks
  changes: () => [{ pg_notify: "" }],
};

/** Those without a name, by their texts. */
export const serverTexts: Readonly<Record<string, Statement>> = {
  ...startTexts,
  [unlistedSql("payment", isUnlisted("payment"))]: unlisted("caravela.payment"),
  [unlistedSql("mandate", isUnlisted("mandate"))]: unlisted("caravela.mandate"),
  "select pg_advisory_xact_lock($1)": () => [{ pg_advisory_xact_lock: "" }],
};

/** How the statements of the server are known in memory; of the gateway's tables it knows none. */
export const knowsOfServer: Knows = (name, text) => {
  if (text.includes("sibs_gateway.")) return undefined;
  if (name === undefined) return serverTexts[text] ?? purgeIn(text);
  return serverStatements[name] ?? dueStatement(name) ?? decisionCalled(name);
};

const PURGE =
  /^delete from (?<table>[\w.]+) where ctid = any \(array\(select ctid from [\w.]+ where (?<column>\w+) < \$1 order by \w+ limit (?<part>\d+)\)\)$/;

/** What is old is forgotten, the oldest first. */
function purgeIn(text: string): Statement | undefined {
  const { table, column, part } = PURGE.exec(text)?.groups ?? {};
  if (table === undefined || column === undefined) return undefined;
  return (tables, [before]) => {
    const rows = tables.of(table);
    const isDay = rows.shape.columns[column] === "date";
    const end = isDay ? (before as Date).toISOString().slice(0, 10) : microseconds(before);
    const isOld = (row: Row) => row[column] != null && (row[column] as typeof end) < end;
    const old = [...rows.rows]
      .filter(isOld)
      .sort((one, other) => (String(one[column]) < String(other[column]) ? -1 : 1));
    const gone = old.slice(0, Number(part));
    for (const row of gone) rows.remove(row);
    return touched(gone.length);
  };
}
