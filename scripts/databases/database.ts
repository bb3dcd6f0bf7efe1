import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseUser } from "@caravela/development/system-user";
import pg from "pg";
import { freePort } from "../../tests/support/shop.ts";
import { until } from "../../tests/support/until.ts";

const BIN = process.env.POSTGRES_BIN ?? "/usr/lib/postgresql/15/bin";

/** Some versions' sessions would have each statement compiled first, which takes seconds. */
const SETTINGS = ["-c", "fsync=off", "-c", "jit=off"];

/** A PostgreSQL of its own for one version's programs. */
export interface Database {
  readonly url: string;
  /** All that is stored, as statements that any PostgreSQL takes. */
  dump(): string;
  stop(): Promise<void>;
}

/** Starts an empty PostgreSQL in a temporary folder. */
export async function startDatabase(): Promise<Database> {
  const home = mkdtempSync(join(tmpdir(), "caravela-database-"));
  chmodSync(home, 0o755);
  const cluster = join(home, "cluster");
  mkdirSync(cluster);
  const user = databaseUser(cluster);
  if (user !== undefined) chownSync(cluster, user.uid, user.gid);
  const options = { ...user, cwd: cluster };
  execFileSync(
    join(BIN, "initdb"),
    [`--pgdata=${cluster}`, "--username=caravela", "--auth=trust", "--encoding=UTF8", "--locale=C"],
    options,
  );
  const port = await freePort();
  const postgres = spawn(
    join(BIN, "postgres"),
    ["-D", cluster, "-h", "127.0.0.1", "-p", String(port), "-k", "", ...SETTINGS],
    { ...options, stdio: "ignore" },
  );
  const url = `postgres://caravela@127.0.0.1:${port}/postgres`;
  await until(() => answers(url), 20_000);
  return {
    url,
    dump: () => statements(url),
    stop: async () => {
      postgres.kill("SIGINT");
      await once(postgres, "exit");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Without the lines that only psql understands. */
function statements(url: string): string {
  const args = ["--inserts", "--no-owner", "--no-privileges", "--schema=caravela", "--schema=sibs_gateway", url];
  const text = execFileSync(join(BIN, "pg_dump"), args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return text
    .split("\n")
    .filter((line) => !line.startsWith("\\") && !line.startsWith("--") && line !== "")
    .join("\n");
}
