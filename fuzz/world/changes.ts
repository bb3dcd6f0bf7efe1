import pg from "pg";
import { type Change, COUNTED } from "./counted.ts";

const NOTED = `
create schema fuzz;
create unlogged table fuzz.change (
  number bigint generated always as identity primary key,
  "table" text not null, did text not null, before jsonb, after jsonb);
create function fuzz.note() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' then
    insert into fuzz.change ("table", did) values (tg_table_schema || '.' || tg_table_name, tg_op);
  elsif tg_op <> 'UPDATE' or to_jsonb(old) <> to_jsonb(new) then
    insert into fuzz.change ("table", did, before, after)
    values (tg_table_schema || '.' || tg_table_name, tg_op,
            case when tg_op = 'INSERT' then null else to_jsonb(old) end,
            case when tg_op = 'DELETE' then null else to_jsonb(new) end);
  end if;
  return null;
end $$`;

const TABLES = `
select format('%I.%I', table_schema, table_name) as name from information_schema.tables
 where table_type = 'BASE TABLE' and table_schema in ('caravela', 'sibs_gateway')`;

const SINCE = `
select number::int, "table", did,
       array(select key from jsonb_each(before) where after is not null and value <> after -> key order by key) as columns
  from fuzz.change where number > $1 order by number limit 200`;

/** Has a database write down each row of each table that is changed, but for those that any request may change. */
export async function noteChanges(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(NOTED);
    const { rows } = await client.query<{ name: string }>(TABLES);
    for (const { name } of rows.filter((one) => !COUNTED.some(({ table, by }) => table === one.name && by === "any"))) {
      await client.query(
        `create trigger fuzz_row after insert or update or delete on ${name} for each row execute function fuzz.note();
         create trigger fuzz_all after truncate on ${name} for each statement execute function fuzz.note()`,
      );
    }
  } finally {
    await client.end();
  }
}

/** What changed in a database, read from one connection of its own. */
export class Changes {
  readonly #client: pg.Client;
  #last = 0;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async of(url: string): Promise<Changes> {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    const changes = new Changes(client);
    await changes.since();
    return changes;
  }

  /** What was changed and committed since it was asked last. */
  async since(): Promise<Change[]> {
    const { rows } = await this.#client.query<Change>({ name: "changes-since", text: SINCE, values: [this.#last] });
    this.#last = rows.at(-1)?.number ?? this.#last;
    return rows.length === 200 ? [...rows, ...(await this.since())] : rows;
  }

  /** For what else is asked of the database. */
  get queries(): Pick<pg.Client, "query"> {
    return this.#client;
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}
