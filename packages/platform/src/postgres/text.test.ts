import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createPool, type Pool } from "./pool.ts";
import { holdableJson, momentText } from "./text.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "public", max: 1 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

it.each([
  "2026-11-28T12:00:00.123Z",
  "0001-01-01T00:00:00Z",
  "0000-06-01T00:00:00Z",
  "-000001-06-01T00:00:00Z",
  "+010000-01-01T00:59:59Z",
])("writes %s in a JSON so that PostgreSQL reads the same moment", async (text) => {
  const moment = new Date(text);
  const { rows } = await pool.query<{ same: boolean }>({
    text: "select ($1::json ->> 'at')::timestamptz = $2::timestamptz as same",
    values: [JSON.stringify({ at: momentText(moment) }), moment],
  });
  expect(rows).toEqual([{ same: true }]);
});

it.each(["plain", "a\0b", "half \ud800 of a pair", "\\u0000 as it is spelt", "\udfff\ud83d\ude00"])(
  "writes %j in a JSON that PostgreSQL takes, with every character that it can hold",
  async (text) => {
    const { rows } = await pool.query<{ text: string }>({
      text: "select $1::jsonb -> 'texts' ->> 0 as text",
      values: [holdableJson({ texts: [text] })],
    });
    expect(rows).toEqual([{ text: text.replaceAll("\0", "\ufffd").toWellFormed() }]);
  },
);
