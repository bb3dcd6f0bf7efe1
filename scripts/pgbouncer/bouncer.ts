import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseUser } from "@caravela/development/system-user";
import pg from "pg";
import { freePort } from "../../tests/support/shop.ts";
import { until } from "../../tests/support/until.ts";

/** A PgBouncer that runs. */
export interface Bouncer {
  /** The database's address, through it. */
  readonly url: string;
  /** The text of its version. */
  readonly version: string;
  stop(): Promise<void>;
}

/**
 * Starts a PgBouncer in transaction mode before a database, with so few sessions that nobody keeps one: what is set on
 * one is soon met by another.
 */
export async function startBouncer(program: string, database: string): Promise<Bouncer> {
  const folder = await mkdtemp(join(tmpdir(), "caravela-pgbouncer-"));
  await chmod(folder, 0o755);
  const { hostname, port: behind, username, password, pathname } = new URL(database);
  const port = await freePort();
  const name = pathname.replace("/", "");
  const settings = `[databases]
${name} = host=${hostname} port=${behind} dbname=${name} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
max_client_conn = 200
log_connections = 0
log_disconnections = 0
log_stats = 0
`;
  const file = join(folder, "pgbouncer.ini");
  await writeFile(file, settings, { mode: 0o644 });
  const child = spawn(program, [file], {
    ...databaseUser(folder),
    cwd: folder,
    stdio: "ignore",
  });
  const url = `postgres://${username}@127.0.0.1:${port}/${name}`;
  await until(() => answers(url), 10_000);
  return {
    url,
    version: await versionOf(port),
    stop: async () => {
      child.kill("SIGINT");
      await once(child, "exit");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return ask(url, "select 1").then(
    () => true,
    () => false,
  );
}

/** Its own console knows only the simple protocol, which is what a statement without values is sent by. */
async function versionOf(port: number): Promise<string> {
  const [row] = await ask(`postgres://pgbouncer@127.0.0.1:${port}/pgbouncer`, "show version");
  return String(row?.version);
}

async function ask(url: string, statement: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(statement)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
