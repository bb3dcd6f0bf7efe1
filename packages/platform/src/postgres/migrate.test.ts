import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { testFolder } from "../testing/folder.ts";
import { migrate } from "./migrate.ts";
import { createPool, type Pool } from "./pool.ts";

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
});
