import { type Kept, microseconds, type Row, rowsIn } from "../columns.ts";
import { type Statement, type Tables, touched } from "../database.ts";

/** What is written down of requests, and whose everything is. */
export const houseStatements: Readonly<Record<string, Statement>> = {
  "audit-last": (tables) => {
    const audit = tables.of("caravela.audit");
    return audit
      .inOrder("newest")
      .fromLast()
      .take(1)
      .map((row) => audit.read(row, ["number", "at", "hash"]))
      .toArray();
  },

  "audit-add": (tables, [numbers, moments, entries, hashes]) => {
    for (const [place, number] of (numbers as readonly number[]).entries()) {
      const [at, entry, hash] = [moments, entries, hashes].map((all) => (all as readonly unknown[])[place]);
      tables.of("caravela.audit").insert({ number, at, entry, hash });
    }
    return touched((numbers as readonly number[]).length);
  },

  "requests-logged": (tables, [requests]) => {
    const log = tables.of("caravela.request_log");
    const news = rowsIn(requests).filter((one) => log.insertNew(one) !== null);
    return touched(news.length);
  },

  "owner-of-pay": ofSubject("caravela.payment"),
  "owner-of-man": ofSubject("caravela.mandate"),
  "owner-of-tok": ofSubject("caravela.saved_card"),
  "owner-of-evt": ofSubject("caravela.event"),
  "owner-of-ep": ofAllUnlessSaid("caravela.event_endpoint"),
  "owner-of-key": ofAllUnlessSaid("caravela.api_key"),
  "owner-of-apr": ofAllUnlessSaid("caravela.approval"),

  "owner-of-part": (tables, [key, before]) => {
    const found = tables.of("caravela.found_by").get(String(key));
    if (found === undefined) return [];
    const subject = found.subject_id ?? null;
    const of = tables.of("caravela.payment").get(subject) ?? tables.of("caravela.mandate").get(subject);
    return [{ terminal: of?.terminal ?? before }];
  },

  "owner-of-task": (tables, [id, before]) =>
    one(tables, "caravela.task", id).map(({ terminal }) => ({ terminal: terminal === "" ? before : terminal })),

  "api-key-find": (tables, [hashes, now]) => {
    const secrets = tables.of("caravela.api_key_secret");
    return (hashes as readonly Buffer[])
      .map((hash) => secrets.get(hash.toString("base64")))
      .filter((secret) => secret !== undefined && isOpen(secret.ends_at, now))
      .flatMap((secret) => keysOf(tables, secret as Row, now));
  },

  "api-key-used": (tables, [id, at]) => {
    const keys = tables.of("caravela.api_key");
    const unseen = one(tables, "caravela.api_key", id).filter(({ used_at }) => isBefore(used_at, at));
    for (const key of unseen) keys.update(key, { used_at: at });
    return touched(unseen.length);
  },

  "api-key-create": (tables, [hash, id, name, terminal, scopes, ...more]) => {
    const [refund_limit, budgets, capture_limit, capture_budgets, expires_at, created_at] = more;
    const limits = { refund_limit, budgets, capture_limit, capture_budgets };
    tables.of("caravela.api_key").insert({ id, name, terminal, scopes, ...limits, expires_at, created_at });
    tables.of("caravela.api_key_secret").insert({ hash, key_id: id });
    return touched(1);
  },

  "api-key-revoke": (tables, [id]) => {
    const gone = one(tables, "caravela.api_key", id);
    const secrets = tables.of("caravela.api_key_secret");
    for (const secret of secrets.having("key_id", String(id))) secrets.remove(secret);
    for (const key of gone) tables.of("caravela.api_key").remove(key);
    return touched(gone.length);
  },
};

/** The row of an identifier, if there is one. */
function one(tables: Tables, table: string, id: unknown): readonly Row[] {
  const row = tables.of(table).get(String(id));
  return row === undefined ? [] : [row];
}

function ofSubject(table: string): Statement {
  return (tables, [id, before]) => one(tables, table, id).map(({ terminal }) => ({ terminal: terminal ?? before }));
}

function ofAllUnlessSaid(table: string): Statement {
  return (tables, [id]) =>
    one(tables, table, id).map(({ terminal }) => ({ terminal: terminal === "" ? null : terminal }));
}

const isOpen = (end: Kept | undefined, now: unknown): boolean => end == null || Number(end) > microseconds(now);
const isBefore = (last: Kept | undefined, at: unknown): boolean => last == null || Number(last) < microseconds(at);

const POWERS = ["id", "name", "terminal", "scopes", "refund_limit", "budgets", "capture_limit", "capture_budgets"];

function keysOf(tables: Tables, { hash, key_id }: Row, now: unknown): object[] {
  const keys = tables.of("caravela.api_key");
  return one(tables, "caravela.api_key", key_id)
    .filter(({ expires_at }) => isOpen(expires_at, now))
    .map((key) => ({
      hash: Buffer.from(String(hash), "base64"),
      ...keys.read(key, [...POWERS, "expires_at", "used_at"]),
    }));
}
