import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CannotStart } from "../cannot-start.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { testFolder } from "../testing/folder.ts";
import { pause } from "../timer.ts";
import { migrate } from "./migrate.ts";
import { openSchema } from "./open-schema.ts";
import { createPool, type Pool } from "./pool.ts";
import { standingOf } from "./schema-version.ts";

let database: TestDatabase;
let folder: string;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  folder = await testFolder();
  pool = createPool({ url: database.url, schema: "shelf" });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const up = () => migrate({ url: database.url, schema: "shelf", folder });
const file = (name: string, text: string) => writeFile(join(folder, name), text);

it("runs each file once, in the order of their numbers, several statements and all", async () => {
  await file(
    "0001-book.sql",
    "create table book (id bigint primary key);\n-- two in one\ninsert into book values (1);",
  );
  await up();
  await file("0002-title.sql", "alter table book add title text not null default 'Os Maias';");
  await file("notes.txt", "not a migration");
  await up();
  expect((await pool.query("select * from book")).rows).toEqual([{ id: 1, title: "Os Maias" }]);
});

it("lets programs that start at once take turns", async () => {
  await file("0003-page.sql", "create table page (id bigint); insert into page values (1);");
  await Promise.all([up(), up(), up()]);
  expect((await pool.query("select count(*) as pages from page")).rows).toEqual([{ pages: 1 }]);
});

it("leaves nothing behind of what failed, and names the file", async () => {
  await file("0004-half.sql", "create table half (id bigint); select 1 / 0;");
  await expect(up()).rejects.toThrow(/^migration shelf\/0004-half failed: .*division by zero/);
  expect((await pool.query("select to_regclass('half') as half")).rows).toEqual([{ half: null }]);
  await rm(join(folder, "0004-half.sql"));
});

const standing = () => standingOf(pool, "shelf");

it("writes down how far the schema has come, also of one whose version did not", async () => {
  expect(await standing()).toEqual({ version: 3, serves: 0 });
  await pool.query("drop table migration_standing");
  await up();
  expect(await standing()).toEqual({ version: 3, serves: 0 });
});

describe("while a version before goes on working", () => {
  it("waits for a table in use only for moments, so that whoever comes after it is not kept waiting", async () => {
    const reader = await pool.connect();
    await reader.query("begin");
    await reader.query("select from book");
    await file("0005-year.sql", "alter table book add column year integer;");
    const migrated = up();
    await waitFor("select from pg_locks where not granted");
    const asked = performance.now();
    await pool.query("select from book");
    expect(performance.now() - asked).toBeLessThan(3_000);
    await reader.query("commit");
    reader.release();
    await migrated;
    expect((await pool.query("select year from book")).rows).toEqual([{ year: null }]);
  });

  it("builds an index while others write, and builds anew what was broken off before", async () => {
    await pool.query("insert into book (id, title) values (2, 'Os Maias')");
    const unique = "create unique index concurrently if not exists book_title on book (title);";
    await file("0006-by-title.sql", `-- run: concurrently\n${unique}`);
    await expect(up()).rejects.toThrow(/^migration shelf\/0006-by-title failed: .*could not create unique index/);
    expect(await isValid("book_title")).toBe(false);
    await pool.query("update book set title = 'A Cidade e as Serras' where id = 2");
    await up();
    expect(await isValid("book_title")).toBe(true);
  });

  it("waits for its turn without holding up whoever builds an index", async () => {
    await file(
      "0007-by-year.sql",
      "-- run: concurrently\ncreate index concurrently if not exists book_year on book (year);",
    );
    const writer = await pool.connect();
    await writer.query("begin");
    await writer.query("insert into book (id, title) values (3, 'O Crime')");
    const both = [up(), up()];
    await waitFor("select from pg_locks where not granted");
    await writer.query("commit");
    writer.release();
    await Promise.all(both);
    expect(await isValid("book_year")).toBe(true);
  });

  it("changes what is stored part by part, each from where the one before ended", async () => {
    await pool.query("insert into book (id, title) select n, n::text from generate_series(10, 19) n");
    const batch = `-- run: in batches
      with part as (select id from book where id > coalesce(nullif($1, ''), '0')::bigint order by id limit 4), changed as (
        update book set year = 1888 where id in (select id from part))
      select max(id) as last from part;`;
    await file("0008-years.sql", batch);
    await up();
    const { rows } = await pool.query(
      "select distinct year, count(distinct xmin::text) as parts from book group by year",
    );
    expect(rows).toEqual([{ year: 1888, parts: 4 }]);
  });

  it("gives way where it and somebody's statement wait for one another", async () => {
    await pool.query("create table loan (id bigint primary key); insert into loan values (1)");
    const writer = await pool.connect();
    await writer.query("begin");
    await writer.query("update loan set id = 1");
    await file(
      "0009-lent.sql",
      "alter table book add column lent boolean; select pg_sleep(0.4); alter table loan add column ended boolean;",
    );
    const done = up();
    try {
      await waitFor("select from pg_stat_activity where state = 'active' and wait_event = 'PgSleep'");
      await writer.query("update book set year = 1888");
      await writer.query("commit");
    } finally {
      writer.release(true);
      await done;
    }
    expect(await standing()).toMatchObject({ version: 9 });
    await pool.query("alter table book drop column lent; drop table loan");
    await pool.query("delete from migration where name = '0009-lent'; update migration_standing set version = 8");
    await rm(join(folder, "0009-lent.sql"));
  });

  it("takes nothing away that the version before needs, unless it is alone", async () => {
    await file("0009-no-year.sql", "-- serves: 0008\nalter table book drop column year;");
    await up();
    expect(await standing()).toEqual({ version: 9, serves: 8 });
    await file("0010-no-title.sql", "-- serves: 0010\nalter table book drop column title;");
    const refused = /shelf\/0010-no-title takes away .*caravela migrate --alone/;
    await expect(up()).rejects.toThrow(refused);
    // a program that migrates by itself does not know who else is there, unless it is told
    await expect(openSchema({ databaseUrl: database.url }, { schema: "shelf", folder })).rejects.toThrow(refused);
    expect(await standing()).toEqual({ version: 9, serves: 8 });
    await openSchema({ databaseUrl: database.url, migrates: "alone" }, { schema: "shelf", folder });
    expect(await standing()).toEqual({ version: 10, serves: 10 });
  });
});

describe("a program of the version before", () => {
  const open = (migrates: boolean) => openSchema({ databaseUrl: database.url, migrates }, { schema: "shelf", folder });

  it("starts on a newer schema that serves it, migrating or not", async () => {
    await rm(join(folder, "0010-no-title.sql"));
    await pool.query("update migration_standing set serves = 9");
    for (const migrates of [true, false]) {
      const schema = await open(migrates);
      expect(await schema.misfit(pool)).toBeNull();
    }
    expect(await standing()).toEqual({ version: 10, serves: 9 });
  });

  it("refuses one that serves it no more, and says so when it becomes so", async () => {
    const schema = await open(false);
    await pool.query("update migration_standing set serves = 10");
    const newer =
      "The schema shelf is newer than this program (it serves programs that know 0010, and this one knows 0009): start a newer version.";
    expect(await schema.misfit(pool)).toBe(newer);
    for (const migrates of [true, false]) await expect(open(migrates)).rejects.toThrow(new CannotStart(newer));
  });

  it("refuses an older one, unless it migrates it itself", async () => {
    await pool.query("update migration_standing set version = 8, serves = 0");
    const older =
      "The schema shelf is older than this program (it stands at 0008, and 0009 is needed): run `caravela migrate`.";
    await expect(open(false)).rejects.toThrow(new CannotStart(older));
    await pool.query("drop table migration_standing");
    await expect(open(false)).rejects.toThrow("The schema shelf is older than this program (0009 is needed)");
    await open(true);
  });
});

async function isValid(index: string): Promise<boolean> {
  const { rows } = await pool.query("select indisvalid from pg_index where indexrelid = to_regclass($1)", [index]);
  return rows[0]?.indisvalid;
}

/** Until the question has an answer. */
async function waitFor(question: string): Promise<void> {
  while ((await pool.query(question)).rowCount === 0) await pause(20);
}
