import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "@caravela/platform/cannot-start";
import { openSchema } from "@caravela/platform/postgres/open-schema";
import { createPool } from "@caravela/platform/postgres/pool";
import { databaseOf, type TestDatabase } from "@caravela/platform/testing/database";
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { migrateAll, SCHEMAS } from "../../packages/cli/src/migrate.ts";
import { approve, askPhone, createPayment, read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

const guide = readFileSync(join(import.meta.dirname, "..", "..", "docs", "upgrading.md"), "utf8");
const [ROLES = "", RIGHTS = "", HANDED_OVER = ""] = [...guide.matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(
  ([, block]) => block,
);

let database: TestDatabase;
let stage: Stage | undefined;
const names = { owner: "", server: "" };

afterEach(async () => {
  await stage?.close();
  stage = undefined;
  await database.drop();
  await administer(database.url, `drop role ${names.owner}; drop role ${names.server}`, "template1");
});

/** A statement of the guide with names of our own: roles are the cluster's, and other tests have theirs. */
function named(statements: string): string {
  const ours = new URL(database.url).pathname.slice(1);
  return statements
    .replaceAll("create database caravela ", `create database ${ours}_unused `)
    .replaceAll("database caravela ", `database ${ours} `)
    .replaceAll("caravela_owner", names.owner)
    .replaceAll("caravela_server", names.server)
    .replaceAll("reassign owned by caravela ", `reassign owned by ${names.server} `)
    .replaceAll(/ to caravela;/g, ` to ${names.server};`);
}

async function administer(url: string, statements: string, name = new URL(url).pathname.slice(1)): Promise<void> {
  const client = new pg.Client({ connectionString: new URL(`/${name}`, url).href });
  await client.connect();
  await client.query(statements).finally(() => client.end());
}

function addressOf(role: string, password: string): string {
  const url = new URL(database.url);
  url.username = role;
  url.password = password;
  return url.href;
}

async function prepare(): Promise<void> {
  const mark = randomBytes(4).toString("hex");
  Object.assign(names, { owner: `owner_${mark}`, server: `server_${mark}` });
  database = await databaseOf("select 1");
}

/**
 * A payment is made and paid by a server whose role can change no table, on sessions on which nothing is set: as behind
 * a pooler, names without a schema mean nothing.
 */
async function serves(url: string): Promise<void> {
  const atOurs = { ...database, drop: async () => undefined };
  stage = await setStage(
    { migrates: false, databasePooler: "unnamed" },
    { database: Promise.resolve(atOurs), lead: () => Promise.resolve(url) },
  );
  const id = await createPayment(stage);
  await askPhone(stage, id, "912000001");
  await approve(stage, "912000001");
  await stage.settle();
  expect(await read(stage, id)).toMatchObject({ status: "paid" });
  expect((await fetch(`${stage.server.url}/readyz`)).status).toBe(200);
  const pool = createPool({ url, schema: "caravela", max: 1 });
  for (const statement of [
    "create table caravela.mine ()",
    "alter table caravela.payment add column mine text",
    "drop table caravela.fact",
    "create index on caravela.payment (amount)",
    "create schema mine",
  ])
    await expect.soft(pool.query(statement), statement).rejects.toMatchObject({ code: "42501" });
  await pool.end();
}

it("one role migrates and another serves, as the guide makes them", async () => {
  await prepare();
  const [owner, server] = [...ROLES.matchAll(/password '([^']+)'/g)].map(([, password = ""]) => password);
  for (const statement of named(ROLES)
    .split("\n")
    .filter((line) => line.startsWith("create role")))
    await administer(database.url, statement);
  const ours = new URL(database.url).pathname.slice(1);
  await administer(database.url, `alter database ${ours} owner to ${names.owner}`);
  await administer(database.url, named(RIGHTS));
  const serving = addressOf(names.server, server ?? "");
  const schemas = SCHEMAS.map((one) => () => openSchema({ databaseUrl: serving, migrates: false }, one));
  for (const open of schemas) await expect(open()).rejects.toThrow(/is older than this program .*caravela migrate/);
  await expect(migrateAll({ DATABASE_URL: serving })).rejects.toThrow(
    new CannotStart(
      "The role of this address may not change the schema caravela: run it with the role that migrates, as docs/upgrading.md has it.",
    ),
  );
  await migrateAll({ DATABASE_URL: addressOf(names.owner, owner ?? "") });
  await serves(serving);
});

it("the role that owned everything goes on as the one that serves, as the guide hands over", async () => {
  await prepare();
  const ours = new URL(database.url).pathname.slice(1);
  await administer(
    database.url,
    `create role ${names.server} login password 'known'; alter database ${ours} owner to ${names.server}`,
  );
  const serving = addressOf(names.server, "known");
  await migrateAll({ DATABASE_URL: serving });
  await administer(database.url, named(HANDED_OVER));
  await serves(serving);
});
