import { migrationOf } from "@caravela/platform/postgres/migrations";
import { describe, expect, it } from "vitest";
import { faultsOf, faultsOfNumbers } from "./rules.ts";

const faults = (text: string, name = "0020-title") => faultsOf(migrationOf(name, text), 11).map(({ says }) => says);

describe("a file that runs in one transaction", () => {
  it.each([
    ["update payment set status = 'open';", /changes a whole table/],
    ["delete from fact\n where at < now();", /changes a whole table/],
    ["with old as (select 1) update payment set status = 'open';", /changes a whole table/],
    ["alter table payment add column a bigint not null default 0 check (a > 0);", /looks through a table/],
    ["alter table payment\n  add column a text,\n  add column b text references event;", /looks through a table/],
    ["alter table payment drop constraint a;\nalter table payment validate constraint b;", /a file of its own/],
    ["alter table payment drop column a;", /without saying whom/],
    ["alter table payment rename column a to b;", /without saying whom/],
    ["drop table card_try;", /without saying whom/],
    ["-- serves: 0012\ndrop table card_try;", /in the release after/],
  ])("may not say %j", (text, says) => {
    expect(faults(text)).toEqual([expect.stringMatching(says)]);
  });

  it.each([
    "alter table payment add column a bigint not null default 0;",
    "alter table payment add constraint c check (a > 0) not valid;",
    "alter table payment validate constraint c;\nalter table payment validate constraint d;",
    "create table made (id text check (id > ''));\nupdate made set id = 'a';",
    "update clock set offset_ms = 0;",
    "-- serves: 0011\nalter table payment drop column a;",
  ])("may say %j", (text) => {
    expect(faults(text)).toEqual([]);
  });
});

it("has only indexes by their names in a file that runs concurrently", () => {
  const run = (text: string) => faults(`-- run: concurrently\n${text}`);
  expect(
    run("create unique index concurrently if not exists a on payment (id);\ndrop index concurrently if exists b;"),
  ).toEqual([]);
  expect(run("create index a on payment (id);")).toHaveLength(1);
  expect(run("create index concurrently on payment (id);")).toHaveLength(1);
  expect(run("alter table payment add column a text;")).toHaveLength(1);
});

it("goes from key to key in a file that runs in batches", () => {
  const run = (text: string) => faults(`-- run: in batches\n${text}`);
  const part = "with part as (select id from payment where id > $1 order by id limit 1000)";
  expect(
    run(
      `${part}, changed as (update payment set a = 1 where id in (select id from part))\nselect max(id) as last from part;`,
    ),
  ).toEqual([]);
  expect(run("update payment set a = 1;")).toHaveLength(1);
});

it("says which file asks to be run as nobody can", () => {
  expect(() => migrationOf("0020-title", "-- run: quickly\nselect 1;")).toThrow(/^0020-title: "run: quickly"/);
  expect(() => migrationOf("0020-title", "-- serves: all\nselect 1;")).toThrow(/^0020-title: "serves: all"/);
});

it("a number that is left out, or stands twice, is found", () => {
  const named = (...names: string[]) => faultsOfNumbers(names.map((name) => migrationOf(name, "")));
  expect(named("0001-a", "0002-b", "0003-c")).toEqual([]);
  expect(named("0001-a", "0003-c")).toMatchObject([{ file: "0003-c", says: expect.stringContaining("without gaps") }]);
  expect(named("0001-a", "0001-b")).toMatchObject([{ file: "0001-b" }]);
});
