import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { pause } from "@caravela/platform/timer";
import type { TerminalId } from "../domain/identifiers.ts";
import { bringUpMandate } from "../domain/mandate/stored.ts";
import type { Moments } from "../domain/payment/listed.ts";
import { bringUpPayment } from "../domain/payment/stored.ts";
import type { Instant } from "../domain/time.ts";
import {
  LIST_TABLE_NAMES,
  type ListRows,
  type ListTableName,
  listRowsOfMandate,
  listRowsOfPayment,
  writtenAs,
} from "./lists.ts";
import { listed } from "./statements.ts";

/** So many are listed in one transaction. */
const AT_ONCE = 200;
/** What somebody else holds is looked for again after so long, in milliseconds. */
const HELD_PAUSE_MS = 20;
/** So often; then the list is answered as it stands, and whoever reads the next one looks again. */
const MOST_LOOKS = 50;
/** Whoever waits for a start is told so often how far it has come, in milliseconds. */
const TOLD_EVERY_MS = 5_000;

/** Who is told how far it has come, and of what cannot be read. */
export interface ListingLog {
  info(about: object, text: string): void;
  error(about: object, text: string): void;
}

/** How each is listed. */
const LISTED: Readonly<Record<"payment" | "mandate", (state: unknown, moments: Moments) => ListRows>> = {
  payment: (state, moments) => listRowsOfPayment(bringUpPayment(state), moments),
  mandate: (state) => listRowsOfMandate(bringUpMandate(state)),
};

type Subject = keyof typeof LISTED;

/**
 * Lists every payment and mandate that is not listed as it is: those of a database of before, and those that a server
 * of the release before has written meanwhile. What one that lists brings about is never among them. One whose state
 * cannot be read keeps no other from being listed: it is left out and named in the log, and this looks at it again.
 */
export async function listUnlisted(pool: Pool, log?: ListingLog): Promise<void> {
  await listAll(pool, { which: isUnlisted, log });
}

/** Which are listed, and who is told. */
interface Listing {
  readonly which: (subject: Subject) => string;
  readonly log?: ListingLog | undefined;
}

async function listAll(pool: Pool, { which, log }: Listing): Promise<void> {
  for (const subject of ["payment", "mandate"] as const) {
    let [count, toldAt] = [0, performance.now()];
    for (let last: Place | undefined = FIRST; last !== undefined; ) {
      const part = await listSome(pool, subject, last, { which, log });
      last = part.last;
      count += part.count;
      const now = performance.now();
      if (log === undefined || now - toldAt < TOLD_EVERY_MS) continue;
      log.info({ count }, `${count} ${subject}s listed so far, of those that lists and searches do not know yet`);
      toldAt = now;
    }
  }
}

/**
 * Of which version its rows are. `listed_version` says so of the lists that the release before knows as well: what that
 * has written of a payment lacks the others.
 */
const OF_VERSION: Readonly<Record<Subject, string>> = { payment: "listed_in_full", mandate: "listed_version" };

/** As the predicates of `payment_not_in_full` and `mandate_unlisted` have it. */
export const isUnlisted = (subject: Subject) => `${OF_VERSION[subject]} is distinct from version`;

/** Of which version one is marked that could not be read: whoever writes it since makes it looked at again. */
const UNREADABLE = "-1 - version";

/** What a list waits for. */
const isWaitedFor = (subject: Subject) =>
  `${isUnlisted(subject)} and ${OF_VERSION[subject]} is distinct from ${UNREADABLE}`;

/** Where one stands among those that are not listed. */
interface Place {
  readonly version: number;
  readonly id: string;
}

const FIRST: Place = { version: 0, id: "" };

/** Where lists are. */
export interface Lists {
  readonly pool: Pool;
  /** Whose everything is that was made before it remembered its terminal. */
  readonly before: TerminalId;
}

/**
 * Makes sure that what is read of lists now is all there is, but for what somebody else holds for long: that stands in
 * lists as it was listed last. Gives the terminals whose it is, as lists write them: one,
 * or all.
 */
export async function listedTerminals(lists: Lists, wanted: TerminalId | null): Promise<readonly string[]> {
  const all = await bringListsUp(lists.pool);
  return wanted === null ? all : writtenAs(wanted, lists.before);
}

async function bringListsUp(pool: Pool): Promise<readonly string[]> {
  for (let looks = 1; ; looks += 1) {
    const { rows } = await pool.query<{ unlisted: boolean; terminals: string[] }>(standing);
    const [{ unlisted, terminals } = { unlisted: false, terminals: [] }] = rows;
    if (!unlisted || looks > MOST_LOOKS) return terminals;
    if (looks > 1) await pause(HELD_PAUSE_MS);
    await listAll(pool, { which: isWaitedFor });
  }
}

/** By `payment_not_in_full` and `mandate_unlisted`; from one terminal to the next by `listed_payment_newest`. */
const standing = {
  name: "lists-standing",
  text: `
with recursive whose (terminal) as (
  select min(terminal) from caravela.listed_payment
  union all
  select (select min(terminal) from caravela.listed_payment where terminal > whose.terminal) from whose where terminal is not null
)
select exists (select from caravela.payment where ${isWaitedFor("payment")})
    or exists (select from caravela.mandate where ${isWaitedFor("mandate")}) as unlisted,
       array(select terminal from whose where terminal is not null) as terminals`,
};

/**
 * In the order of `payment_not_in_full` and `mandate_unlisted`, so that no other index serves; from where the last ones
 * ended: what is listed stands in the index until it is cleaned, and is not read again and again.
 */
export const unlistedSql = (subject: Subject, which: string) => `
select id, version, state from caravela.${subject} where ${which} and (version, id) > ($1, $2)
 order by version, id limit ${AT_ONCE} for no key update skip locked`;

/** The first version's refunds had facts of their own name. */
const momentsSql = `
select coalesce(data ->> 'operation', data ->> 'refund') as operation, max(at) as at from caravela.fact
 where subject_id = any($1) and kind in ('operation_succeeded', 'refund_succeeded')
 group by 1`;

/** How many were looked at, and the last of them; undefined: there was none any more. */
interface Part {
  readonly count: number;
  readonly last: Place | undefined;
}

async function listSome(pool: Pool, subject: Subject, after: Place, listing: Listing): Promise<Part> {
  return inTransaction(pool, async (connection) => {
    const { rows } = await connection.query<StoredSubject>(unlistedSql(subject, listing.which(subject)), [
      after.version,
      after.id,
    ]);
    if (rows.length === 0) return { count: 0, last: undefined };
    const found = rows.map(({ id }) => id);
    const moments = subject === "payment" ? await momentsOf(connection, found) : new Map<string, Instant>();
    const { ids, unreadable, all } = readEach(subject, rows, moments, listing);
    for (const name of LIST_TABLE_NAMES) {
      const rowsOfList = all.flatMap((one) => one[name] ?? []);
      if (rowsOfList.length > 0) await writeList(connection, name, rowsOfList);
    }
    for (const name of UNDONE) await removeUndone(connection, name, ids, all);
    const becomes = `case when id = any($2) then ${UNREADABLE} else version end`;
    const marks = [...new Set(["listed_version", OF_VERSION[subject]])].map((mark) => `${mark} = ${becomes}`);
    await connection.query(`update caravela.${subject} set ${marks.join(", ")} where id = any($1)`, [
      found,
      unreadable,
    ]);
    return { count: rows.length, last: rows.at(-1) };
  });
}

type StoredSubject = Place & { readonly state: unknown };

/** The rows of each that can be read. What a state lacks, whatever it is, is a fault of that one alone. */
function readEach(subject: Subject, rows: readonly StoredSubject[], moments: Moments, { log }: Listing) {
  const ids: string[] = [];
  const unreadable: string[] = [];
  const all: ListRows[] = [];
  for (const { id, state } of rows) {
    try {
      all.push(LISTED[subject](state, moments));
      ids.push(id);
    } catch (error) {
      unreadable.push(id);
      log?.error({ err: error, [subject]: id }, "not listed: its stored state cannot be read");
    }
  }
  return { ids, unreadable, all };
}

async function momentsOf(connection: Queries, ids: readonly string[]): Promise<Moments> {
  const { rows } = await connection.query<{ operation: string; at: Date }>(momentsSql, [ids]);
  return new Map(rows.map(({ operation, at }) => [operation, at.getTime()]));
}

async function writeList(connection: Queries, name: ListTableName, rows: readonly object[]): Promise<void> {
  const source = `json_populate_recordset(null::caravela.${name}, $1::json) as given`;
  await connection.query(listed(name, source), [JSON.stringify(rows)]);
}

/** What may be gone since: money that moved, as it seemed, and did not; tasks that have ended; references likewise. */
const UNDONE = ["movement", "task", "listed_attempt"] as const satisfies readonly ListTableName[];

async function removeUndone(
  connection: Queries,
  name: (typeof UNDONE)[number],
  ids: readonly string[],
  all: readonly ListRows[],
): Promise<void> {
  const there = all.flatMap((rows) => (rows[name] ?? []).map(({ id }) => id));
  await connection.query(`delete from caravela.${name} where subject_id = any($1) and not (id = any($2))`, [
    ids,
    there,
  ]);
}
