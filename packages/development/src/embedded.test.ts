import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CannotStart } from "@caravela/platform/cannot-start";
import { testFolder } from "@caravela/platform/testing/folder";
import pg from "pg";
import { beforeAll, expect, it } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded.ts";
import { runningOn } from "./postmaster.ts";
import { databaseUser } from "./system-user.ts";

let dataFolder: string;
let cluster: string;

beforeAll(async () => {
  dataFolder = join(await testFolder(), "data");
  cluster = join(dataFolder, "postgres");
});

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query({ text: statement, rowMode: "array" });
  await client.end();
  return rows[0]?.[0];
}

/** Starts, does something and stops again. */
async function during<T>(work: (postgres: EmbeddedPostgres) => Promise<T>): Promise<T> {
  const postgres = await startEmbeddedPostgres({ dataFolder });
  try {
    return await work(postgres);
  } finally {
    await postgres.stop();
  }
}

/** Another program that starts PostgreSQL on the folder and is killed as soon as it runs. */
async function startAndKillOwner(): Promise<void> {
  const program = `import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, "embedded.ts"))};
    await startEmbeddedPostgres({ dataFolder: ${JSON.stringify(dataFolder)} });
    console.log("runs");
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ["--conditions=@caravela/source", "--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(owner.stdout, "data");
  owner.kill("SIGKILL");
  await once(owner, "exit");
}

it("makes a durable database on the first start and keeps it for the next", async () => {
  await during(async ({ url }) => {
    expect(await ask(url, "show fsync")).toBe("on");
    expect(await ask(url, "show server_encoding")).toBe("UTF8");
    await ask(url, "create table kept as select 'ação' as word");
  });
  expect(runningOn(cluster)).toBeUndefined();
  await during(async ({ url }) => expect(await ask(url, "select upper(word) from kept")).toBe("AÇÃO"));
});

it("notes its port in the data folder, for nobody else to read", async () => {
  await during(async ({ url }) => {
    const { port, password } = JSON.parse(await readFile(join(dataFolder, "postgres.json"), "utf8"));
    expect(url).toBe(`postgres://caravela:${password}@127.0.0.1:${port}/caravela`);
  });
});

it("adopts the PostgreSQL of a program that was killed", async () => {
  await startAndKillOwner();
  const orphan = runningOn(cluster);
  expect(orphan).toBeDefined();
  await during(async ({ url }) => {
    expect(runningOn(cluster)?.pid).toBe(orphan?.pid);
    expect(await ask(url, "select count(*)::int from kept")).toBe(1);
  });
  expect(runningOn(cluster)).toBeUndefined();
});

it("respects a folder that a living program uses, with one line", async () => {
  await during(async ({ url }) => {
    const second = startEmbeddedPostgres({ dataFolder });
    await expect(second).rejects.toThrow(CannotStart);
    await expect(second).rejects.toThrow(/^Another Caravela is running on the data folder .+$/);
    expect(await ask(url, "select 1")).toBe(1);
  });
});

it("says when PostgreSQL has ended unasked, and starts again after that", async () => {
  const postgres = await startEmbeddedPostgres({ dataFolder });
  process.kill(runningOn(cluster)?.pid ?? 0, "SIGKILL");
  await postgres.ended;
  await during(async ({ url }) => expect(await ask(url, "select count(*)::int from kept")).toBe(1));
});

it("starts although its lock file names a process that has become another program", async () => {
  // of the same user: PostgreSQL itself overlooks another user's
  const other = spawn("sleep", ["60"], { ...databaseUser(cluster), cwd: "/" });
  await writeFile(join(cluster, "postmaster.pid"), `${other.pid}\n${cluster}\n0\n1\n\n127.0.0.1\n0 0\nready\n`);
  await chmod(join(cluster, "postmaster.pid"), 0o666);
  await during(async ({ url }) => expect(await ask(url, "select 1")).toBe(1));
  other.kill();
});

it("begins anew where the first start was cut short", async () => {
  await rename(dataFolder, `${dataFolder}.kept`);
  await mkdir(join(dataFolder, "postgres.partial", "base"), { recursive: true });
  await during(async ({ url }) => expect(await ask(url, "select 1")).toBe(1));
  await rm(dataFolder, { recursive: true });
  await rename(`${dataFolder}.kept`, dataFolder);
});

it("refuses in one line a folder that cannot be", async () => {
  await writeFile(join(dataFolder, "..", "file"), "");
  const start = startEmbeddedPostgres({ dataFolder: join(dataFolder, "..", "file", "data") });
  await expect(start).rejects.toThrow(/^The data folder .+ cannot be written to \(ENOTDIR\): set CARAVELA_DATA .+$/);
});

it.runIf(process.getuid?.() === 0)("refuses in one line a folder that the database's user cannot enter", async () => {
  const closed = await testFolder();
  await chmod(closed, 0o700);
  const start = startEmbeddedPostgres({ dataFolder: join(closed, "data") });
  await expect(start).rejects.toThrow(/^PostgreSQL runs as user \d+, who cannot enter .+: set CARAVELA_DATA .+$/);
});

it("writes no value of anybody's into PostgreSQL's log, in a data folder of before neither", async () => {
  const phone = "351#912345678";
  await during(async ({ url }) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("create temporary table asked (phone text primary key, born date)");
    const ask = (text: string, values: string[]) => client.query(text, values).catch((error) => error.code);
    await ask("insert into asked values ($1)", [phone]);
    expect(await ask("insert into asked values ($1)", [phone])).toBe("23505");
    expect(await ask("insert into asked (born) values ($1::text::date)", [phone])).toBe("22007");
    expect(await ask("select $1::jsonb", [`{"phone": "${phone}", "\\u0000": 1}`])).toBe("22P05");
    expect(await ask(`select '${phone}'::integer`, [])).toBe("22P02");
    await client.end();
  });
  const log = await readFile(join(dataFolder, "postgres.log"), "utf8");
  expect(log).toContain("ready to accept connections");
  expect(log).not.toContain("912345678");
});
