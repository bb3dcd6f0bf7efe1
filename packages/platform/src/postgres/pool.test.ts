import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { type Gate, openGate } from "../testing/gate.ts";
import { DatabaseAway } from "./away.ts";
import { createPool, type Pool } from "./pool.ts";
import { inTransaction } from "./transaction.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "shelf" });
  await pool.query("create schema shelf");
  await pool.query("create table note (id bigint primary key)");
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const notes = async () =>
  (await pool.query<{ id: number }>("select id from note order by id")).rows.map(({ id }) => id);

it("sees its schema alone", async () => {
  const other = createPool({ url: database.url, schema: "public" });
  await expect(other.query("select from note")).rejects.toThrow(/does not exist/);
  await other.end();
});

it("reads whole numbers as numbers, and refuses those that a number cannot hold", async () => {
  expect((await pool.query("select 9007199254740991::bigint as n")).rows).toEqual([{ n: Number.MAX_SAFE_INTEGER }]);
  await expect(pool.query("select 9007199254740993::bigint as n")).rejects.toThrow(RangeError);
});

it("refuses a schema's name that would have to be quoted", () => {
  expect(() => createPool({ url: database.url, schema: "a; drop table note" })).toThrow(TypeError);
});

it("keeps all of a transaction, or nothing of it", async () => {
  expect(await inTransaction(pool, (one) => one.query("insert into note values (1)").then(() => "done"))).toBe("done");
  const failing = inTransaction(pool, async (one) => {
    await one.query("insert into note values (2)");
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await notes()).toEqual([1]);
});

it("lets go of a connection that broke inside of a transaction", async () => {
  const broken = inTransaction(pool, (one) => one.query("select pg_terminate_backend(pg_backend_pid())"));
  await expect(broken).rejects.toThrow();
  expect(await notes()).toEqual([1]);
  expect(pool.waitingCount).toBe(0);
});

describe("a line to PostgreSQL that goes silent", () => {
  let gate: Gate;
  let through: Pool;
  beforeEach(async () => {
    gate = await openGate(database.url);
    through = createPool({ url: gate.url, schema: "shelf", max: 4, statementLimitMs: 2_500 });
  });
  afterEach(async () => {
    await gate.shut();
    await through.end();
  });

  const one = "select 1 as one";
  const answered = { rows: [{ one: 1 }] };

  it.each([{ forgotten: false }, { forgotten: true }])(
    "gives up what has no answer, and works as soon as the line does ($forgotten: forgotten by what is between)",
    async (how) => {
      await Promise.all(Array.from({ length: 4 }, () => through.query("select pg_sleep(0.01)")));
      gate.silence();
      await Promise.all([
        expect(inTransaction(through, (held) => held.query(one))).rejects.toThrow(DatabaseAway),
        expect(through.query(one)).rejects.toThrow(DatabaseAway),
      ]);
      // nobody waits for a connection that is made anew, nor in the queue for one
      await Promise.all(Array.from({ length: 8 }, () => expect(through.query(one)).rejects.toThrow(DatabaseAway)));
      gate.speak(how);
      expect(await Promise.all(Array.from({ length: 8 }, () => through.query(one)))).toMatchObject(
        Array.from({ length: 8 }, () => answered),
      );
      expect(through.waitingCount).toBe(0);
    },
  );

  it("drops the connections that nobody uses with the one that had no answer: none of them costs a statement more", async () => {
    await Promise.all(Array.from({ length: 4 }, () => through.query("select pg_sleep(0.01)")));
    gate.silence();
    const asked = through.query(one);
    gate.speak({ forgotten: true });
    await expect(asked).rejects.toThrow(DatabaseAway);
    for (let times = 0; times < 4; times++) expect(await through.query(one)).toMatchObject(answered);
  });

  it("ends what PostgreSQL itself takes too long for, and keeps the connection", async () => {
    // PostgreSQL ends it at four fifths of the limit: what is left must be enough for a busy machine to say so
    const own = createPool({ url: gate.url, schema: "shelf", statementLimitMs: 3_000 });
    const slow = own.query("select pg_sleep(30)");
    await expect(slow).rejects.toMatchObject({ name: "DatabaseAway", code: "57014", isConnectionLost: false });
    await own.end();
  });

  it("waits for as long as it takes where no limit is set", async () => {
    const patient = createPool({ url: gate.url, schema: "shelf", statementLimitMs: null });
    expect((await patient.query("show statement_timeout")).rows).toEqual([{ statement_timeout: "0" }]);
    expect((await patient.query("select pg_sleep(1)")).rowCount).toBe(1);
    await patient.end();
  });
});

describe("through a pooler that lends another session for each transaction", () => {
  const settings = "select current_setting('statement_timeout') as limit, current_setting('search_path') as path";
  const withName = { name: "by-name", text: "select name from pg_prepared_statements" };

  it("nothing is set on a session, and no statement is kept there by its name", async () => {
    const unnamed = createPool({ url: database.url, schema: "shelf", max: 1, pooler: "unnamed" });
    const { rows } = await unnamed.query(settings);
    expect(rows).toEqual([{ limit: "0", path: '"$user", public' }]);
    await unnamed.query(withName);
    expect((await unnamed.query(withName)).rows).toEqual([]);
    await unnamed.end();
  });

  it("statements keep their names where it knows them", async () => {
    const named = createPool({ url: database.url, schema: "shelf", max: 1, pooler: "named" });
    expect((await named.query(settings)).rows).toEqual([{ limit: "0", path: '"$user", public' }]);
    await named.query(withName);
    expect((await named.query(withName)).rows).toEqual([{ name: "by-name" }]);
    await named.end();
  });

  it.each(["none", "unnamed", "named"] as const)(
    "a connection begins with what such a one lets through (%s)",
    async (pooler) => {
      const { port, parameters, close } = await firstMessage();
      const pool = createPool({
        url: `postgres://u@127.0.0.1:${port}/d`,
        schema: "shelf",
        pooler,
        statementLimitMs: 5_000,
      });
      await Promise.all([expect(pool.query("select")).rejects.toThrow(DatabaseAway), parameters.then(close)]);
      expect((await parameters).toSorted()).toEqual(["application_name", "client_encoding", "database", "user"]);
      await pool.end();
    },
  );

  it("its own sessions are set, and names without a schema mean none of a program", async () => {
    const program = createPool({ url: database.url, schema: "shelf", max: 1, bareNames: "none" });
    expect((await program.query(settings)).rows).toEqual([{ limit: "4800ms", path: '""' }]);
    await expect(program.query("select from note")).rejects.toThrow(/does not exist/);
    await program.end();
  });

  it("read the smallest table by its index, where that is asked for: it will not stay small", async () => {
    await pool.query("create table leaf (id integer primary key); insert into leaf values (1), (2)");
    await pool.query("analyze leaf");
    const program = createPool({ url: database.url, schema: "shelf", max: 1, byIndex: true });
    const planOf = async (asked: Pool) =>
      JSON.stringify((await asked.query("explain select from leaf where id = 1")).rows);
    expect([await planOf(pool), await planOf(program)]).toEqual([
      expect.stringContaining("Seq Scan"),
      expect.stringContaining("Index Only Scan"),
    ]);
    // what it then takes for dear is not compiled first, whatever is set for all sessions
    const { rows } = await program.query("select setting, source from pg_settings where name = 'jit'");
    expect(rows).toEqual([{ setting: "off", source: "session" }]);
    await program.end();
  });
});

/** Listens for the names of the parameters with which a connection begins, and hangs up. */
async function firstMessage() {
  const { promise: parameters, resolve } = Promise.withResolvers<string[]>();
  const server = createServer((socket) =>
    socket.once("data", (bytes) => {
      const texts = bytes.subarray(8).toString("latin1").split("\0");
      resolve(texts.filter((text, place) => place % 2 === 0 && text !== ""));
      socket.destroy();
    }),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { port: (server.address() as AddressInfo).port, parameters, close: () => server.close() };
}

describe("what PostgreSQL says of itself", () => {
  const saying = (code: string) =>
    pool.query(`do $$ begin raise exception using errcode = '${code}', message = 'so'; end $$`);

  it.each(["08006", "25006", "53100", "53300", "55P03", "57P01", "57P03", "58030"])(
    "%s is no fault of the statement: the database is away",
    async (code) => {
      await expect(saying(code)).rejects.toMatchObject({ name: "DatabaseAway", code });
    },
  );

  it.each(["23505", "22001", "42P01"])("%s is told as it is", async (code) => {
    await expect(saying(code)).rejects.toMatchObject({ name: "error", code });
  });

  it.each(["40001", "40P01"])("%s: the statement is tried once again, and so is a transaction", async (code) => {
    await pool.query("create sequence if not exists tries");
    // a sequence is not rolled back
    const text = `do $$ begin if nextval('tries') % 2 = 1 then raise exception using errcode = '${code}'; end if; end $$`;
    await pool.query(text);
    await inTransaction(pool, (held) => held.query(text));
    await pool.query("alter sequence tries increment by 2 restart with 1");
    await expect(pool.query(text)).rejects.toMatchObject({ name: "DatabaseAway", code });
    await pool.query("drop sequence tries");
  });

  it("a text that it cannot hold is held as far as it can be", async () => {
    const { rows } = await pool.query("select $1::text as one, $2::text[] as many", ["a\0b", ["\0", "c"]]);
    expect(rows).toEqual([{ one: "a\uFFFDb", many: ["\uFFFD", "c"] }]);
  });
});
