import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import { createPool } from "@caravela/platform/postgres/pool";
import { databaseOf, type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { testFolder } from "@caravela/platform/testing/folder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importFrom } from "../../packages/cli/src/move/import.ts";
import {
  activeMandate,
  approve,
  askPhone,
  askReference,
  createPayment,
  eventTypesOf,
  payAtAtm,
  read,
} from "../support/actions.ts";
import { CaravelaRun } from "../support/caravela.ts";
import { jsonCaller } from "../support/json.ts";
import { caravelaWith, compiled, root } from "../support/programs.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

/** Nobody asks it to end. */
const NEVER = new AbortController().signal;
const SH_LIMIT_MS = 60_000;
let folder: string;
beforeAll(async () => {
  folder = await testFolder();
});

/** Runs a command to its end: the exit code, and what it said. */
async function caravela(args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, caravelaWith(...args), {
    cwd: root,
    env: { PATH: process.env.PATH, ...compiled, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { output: "", errors: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    said.output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said.errors += text;
  });
  const [code] = await once(child, "close");
  return { code, ...said };
}

const emptyDatabase = () => databaseOf("select 1");

/**
 * Each table of both schemas with its number of rows and a digest of them, the migrator's own included by the names of
 * what has run.
 */
async function contentOf(url: string): Promise<Record<string, string>> {
  const pool = createPool({ url, schema: "public", max: 1 });
  const { rows } = await pool.query<{ name: string }>(
    "select schemaname || '.' || tablename as name from pg_tables where schemaname in ('caravela', 'sibs_gateway') order by 1",
  );
  const content: Record<string, string> = {};
  for (const { name } of rows) {
    const row = name.endsWith(".migration") ? "name" : "each::text";
    const { rows: digest } = await pool.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(${row}, ';' order by ${row})), '') as it from ${name} as each`,
    );
    content[name] = digest[0]?.it;
  }
  await pool.end();
  return content;
}

describe("a stage's data in another database", () => {
  let stage: Stage;
  let moved: Stage | undefined;
  let file: string;
  const paid: string[] = [];
  let waiting: string;
  let reference: string;
  let mandate: string;
  const databases: TestDatabase[] = [];

  beforeAll(async () => {
    const database = await testDatabase();
    databases.push(database);
    stage = await setStage({}, { database: Promise.resolve({ ...database, drop: async () => undefined }) });
    file = join(folder, "stage.gz");
    paid.push(await createPayment(stage, { description: "a\ttab, a \\ and \\.\nanother line, São João 🐟" }));
    await askPhone(stage, paid[0] ?? "", "912000001");
    await approve(stage, "912000001");
    [waiting, reference] = [await createPayment(stage), await createPayment(stage)];
    await askPhone(stage, waiting, "912000002");
    await askReference(stage, reference);
    mandate = (await activeMandate(stage)).id;
    await stage.settle();
  });
  afterAll(async () => {
    await moved?.close();
    for (const database of databases) await database.drop();
  });

  async function target(): Promise<TestDatabase> {
    const database = await emptyDatabase();
    databases.push(database);
    return database;
  }

  it("is exported while its programs run, into a file that its owner alone may read", async () => {
    const { code, output, errors } = await caravela(["export", file], { DATABASE_URL: stage.settings.databaseUrl });
    expect([code, errors]).toEqual([0, ""]);
    expect(output).toMatch(/has all data: \d+ rows of \d+ tables[\s\S]*secrets[\s\S]*mode 0600/);
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe("600");
    const again = await caravela(["export", file], { DATABASE_URL: stage.settings.databaseUrl });
    expect([again.code, again.errors]).toEqual([1, `${file} is there already: name a new file.\n`]);
    const nowhere = await caravela(["export", join(folder, "no", "file")], {
      DATABASE_URL: stage.settings.databaseUrl,
    });
    expect(nowhere.errors).toMatch(/^.+ cannot be written \(ENOENT\): .+\n$/);
  });

  it("is the same there to the letter, and goes on", async () => {
    await stage.close();
    const whole = join(folder, "whole.gz");
    await caravela(["export", whole], { DATABASE_URL: stage.settings.databaseUrl });
    const before = await contentOf(stage.settings.databaseUrl);
    const database = await emptyDatabase();
    const { code, output, errors } = await caravela(["import", whole], { DATABASE_URL: database.url });
    expect([code, output, errors]).toEqual([0, `all of ${whole} is imported\n`, ""]);
    expect(await contentOf(database.url)).toEqual(before);
    expect(before["caravela.payment"]).toMatch(/^3 /);

    moved = await setStage({}, { database: Promise.resolve(database) });
    moved.shop.secret = stage.shop.secret;
    await moved.pool.query("delete from event_endpoint where url = $1", [moved.shop.url]);
    await moved.pool.query("update event_endpoint set url = $1 where url = $2", [moved.shop.url, stage.shop.url]);
    await approve(moved, "912000002");
    await payAtAtm(moved, (await read(moved, reference)).attempts[0].multibanco);
    await moved.settle();
    for (const id of [...paid, waiting, reference]) expect((await read(moved, id)).status).toBe("paid");
    expect(eventTypesOf(moved, waiting)).toContain("payment.paid");
    const charged = await createPayment(moved, { customer: { id: "c9", name: "Ana" } });
    await moved.api("POST", `/v1/payments/${charged}/attempts`, { method: "mandate", mandate });
    expect((await read(moved, charged)).status).toBe("paid");
  });

  it("is not imported into a database that has data, which stays as it is", async () => {
    const database = await target();
    await caravela(["import", file], { DATABASE_URL: database.url });
    const before = await contentOf(database.url);
    const { code, errors } = await caravela(["import", file], { DATABASE_URL: database.url });
    expect([code, errors]).toEqual([
      1,
      expect.stringMatching(
        /^The database has data of Caravela already \(in caravela\.\w+\), and nothing was imported: .+\n$/,
      ),
    ]);
    expect(await contentOf(database.url)).toEqual(before);
  });

  it("is imported where the schemas are there and empty", async () => {
    const database = await testDatabase();
    databases.push(database);
    expect((await caravela(["import", file], { DATABASE_URL: database.url })).code).toBe(0);
    expect((await contentOf(database.url))["caravela.payment"]).toMatch(/^3 /);
  });

  it("is imported whole or not at all, and only from a file of ours", async () => {
    const database = await target();
    const plain = gunzipSync(await readFile(file)).toString("latin1");
    const [header = ""] = plain.split("\n");
    const { schemas } = JSON.parse(header);
    const written = (text: string) => gzipSync(Buffer.from(text, "latin1"));
    const newer = {
      ...JSON.parse(header),
      schemas: { ...schemas, caravela: [...schemas.caravela, "9999-unheard-of"] },
    };
    const footer = plain.trimEnd().split("\n").at(-1) ?? "";
    const WHOLE = /^The file is not whole, and nothing of it was imported/;
    const OURS = /^The file is not one that `caravela export` wrote/;
    const faults: [string, Buffer, RegExp][] = [
      ["cut", (await readFile(file)).subarray(0, -200), WHOLE],
      ["cut before its end", written(plain.slice(0, -footer.length - 1)), WHOLE],
      ["cut in a line", written(plain.slice(0, Math.floor(plain.length / 2))), WHOLE],
      ["a row less", written(plain.replace(/(\{"schema":"caravela","table":"fact".*\n).*\n/, "$1")), WHOLE],
      ["a table less", written(plain.replace(/\{"schema":"caravela","table":"chore"[\s\S]*?\n\\\.\n/, "")), WHOLE],
      ["not compressed", Buffer.from(plain, "latin1"), OURS],
      ["something else", written("hello\n"), OURS],
      ["empty", Buffer.alloc(0), WHOLE],
      [
        "of a newer version",
        written(plain.replace(header, JSON.stringify(newer))),
        /does not know \(caravela\/9999-unheard-of\)/,
      ],
    ];
    for (const [name, bytes, says] of faults) {
      const faulty = join(folder, `${name}.gz`);
      await writeFile(faulty, bytes);
      const refused = await importFrom(faulty, { DATABASE_URL: database.url }, NEVER).catch((error) => error);
      expect.soft([refused.name, refused.message], name).toEqual(["CannotStart", expect.stringMatching(says)]);
    }
    const rows = Object.entries(await contentOf(database.url)).filter(([name]) => !/migration/.test(name));
    expect(rows.filter(([, content]) => content !== "0 ")).toEqual([]);
    await expect(importFrom(join(folder, "none.gz"), { DATABASE_URL: database.url }, NEVER)).rejects.toThrow(
      /none\.gz cannot be read \(ENOENT\)\.$/,
    );
    await expect(importFrom(file, { DATABASE_URL: database.url }, AbortSignal.abort())).rejects.toThrow(
      "The import was ended before it was whole: nothing was imported.",
    );
    expect((await caravela(["import", file], { DATABASE_URL: database.url })).code).toBe(0);
  });

  it("says where there is nothing to export", async () => {
    const database = await target();
    const nothing = join(folder, "nothing.gz");
    const { code, errors } = await caravela(["export", nothing], { DATABASE_URL: database.url });
    expect([code, errors]).toEqual([1, expect.stringMatching(/^There is no data of Caravela in this database/)]);
    const empty = await caravela(["export", nothing], { CARAVELA_DATA: join(folder, "never") });
    expect([empty.code, empty.errors]).toEqual([1, expect.stringMatching(/^There is no data in .+never: /)]);
    await expect(stat(nothing)).rejects.toThrow("ENOENT");
  });
});

it("the shape of an earlier version is brought up after its data is there", async () => {
  const old = await databaseOf(readFileSync(join(import.meta.dirname, "databases", "b46a054.sql"), "utf8"));
  const database = await emptyDatabase();
  const file = join(folder, "old.gz");
  expect(await caravela(["export", file], { DATABASE_URL: old.url })).toMatchObject({ code: 0 });
  expect(await caravela(["import", file], { DATABASE_URL: database.url })).toMatchObject({ code: 0, errors: "" });
  const [before, after] = [await contentOf(old.url), await contentOf(database.url)];
  for (const table of ["caravela.payment", "caravela.fact", "sibs_gateway.transaction"])
    expect(after[table]?.split(" ")[0], table).toBe(before[table]?.split(" ")[0]);
  const empty = await testDatabase();
  const { code, errors } = await caravela(["import", file], { DATABASE_URL: empty.url });
  expect([code, errors]).toEqual([
    1,
    expect.stringMatching(/^The schema caravela of the database is newer than the file/),
  ]);
  for (const one of [old, database, empty]) await one.drop();
});

it("every relation of both schemas is a table or an index: nothing else would be exported", async () => {
  const database = await testDatabase();
  const pool = createPool({ url: database.url, schema: "public", max: 1 });
  const { rows } = await pool.query(
    "select relname, relkind from pg_class where relnamespace::regnamespace::text in ('caravela', 'sibs_gateway') and relkind not in ('r', 'i', 't')",
  );
  await pool.end();
  await database.drop();
  expect(rows).toEqual([]);
});

/** The commands of the section of docs/going-live.md about moving. */
function commandsOfGuide(): string[] {
  const guide = readFileSync(join(root, "docs", "going-live.md"), "utf8");
  const section = /^### Moving the data\n(.*?)^##/ms.exec(guide)?.[1] ?? "";
  return [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, command = ""]) => command);
}

it("the embedded database moves to one of your own as the guide says, to the letter", async () => {
  const data = join(folder, "data");
  const database = await emptyDatabase();
  const ask = jsonCaller();
  const at = (run: CaravelaRun) => ({
    api: (method: string, path: string, body?: unknown) =>
      ask(`${run.address("API")}${path}`, method, body, {
        authorization: "Bearer sk_test_caravela",
        ...(method === "POST" && { "idempotency-key": crypto.randomUUID() }),
      }),
    sandbox: (method: string, path: string, body?: unknown) =>
      ask(`${run.address("SIBS Gateway")}/sandbox${path}`, method, body),
    events: [],
  });
  const embedded = await new CaravelaRun({ CARAVELA_DATA: data }).ready();
  const waiting = await createPayment(at(embedded));
  await askPhone(at(embedded), waiting, "912000002");

  const commands = commandsOfGuide();
  expect(commands).toHaveLength(2);
  const script = commands
    .join("\n")
    .replaceAll(/postgres:\/\/\S+/g, database.url)
    .replaceAll("caravela-data.gz", join(folder, "guide.gz"));
  const follow = () =>
    promisify(execFile)("sh", ["-euc", script], {
      cwd: root,
      timeout: SH_LIMIT_MS,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, CARAVELA_DATA: data },
    });
  await expect(follow()).rejects.toThrow(/Another Caravela is running on the data folder/);
  expect(await embedded.pressCtrlC()).toBe(0);
  await follow();

  const own = await new CaravelaRun({ CARAVELA_DATA: join(folder, "none"), DATABASE_URL: database.url }).ready();
  await approve(at(own), "912000002");
  await until(async () => (await read(at(own), waiting)).status === "paid");
  expect(await own.pressCtrlC()).toBe(0);
  await database.drop();
}, 120_000);
