import { migrate } from "@caravela/platform/postgres/migrate";
import { makeDatabase, type TestDatabase } from "@caravela/platform/testing/database";
import pg from "pg";
import { SCHEMAS } from "../../packages/cli/src/migrate.ts";
import { Changes, noteChanges } from "./changes.ts";
import { Client } from "./client.ts";
import { leadLives } from "./lives.ts";
import { choosePorts, type Ports, type Programs, startPrograms } from "./programs.ts";
import type { Known, Things } from "./things.ts";

/** For so long a world that was set up is fresh: in it, phones still wait for their owners. */
const FRESH_MS = 90_000;
const SERRA = "600001";

/** A world to send inputs to: the programs, on a database of their own with real lives in it. */
export interface World extends Programs {
  readonly things: Things;
  readonly changes: Changes;
  readonly databaseUrl: string;
  /** What both programs have written to their logs since it was taken last. */
  takeLines(): string[];
}

/** Makes worlds that are all alike, each a copy of one that was set up a moment ago. */
export class Worlds {
  readonly #postgres: string;
  #ports: Ports | null = null;
  #mould: { database: TestDatabase; things: Things; madeAt: number } | null = null;

  /** @param postgres the address of a PostgreSQL whose user may make databases */
  constructor(postgres: string) {
    this.#postgres = postgres;
  }

  async open(): Promise<World> {
    const ports = await this.#portsOnce();
    const { database: mould, things } = await this.#fresh(ports);
    const database = await makeDatabase(this.#postgres, "fuzz_", new URL(mould.url).pathname.slice(1));
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const programs = await startPrograms({ databaseUrl: database.url, ports, terminals: things.terminals, log });
    const changes = await Changes.of(database.url);
    return {
      ...programs,
      things,
      changes,
      databaseUrl: database.url,
      takeLines: () => lines.splice(0),
      close: async () => {
        await programs.close();
        await changes.close();
        await database.drop();
      },
    };
  }

  async close(): Promise<void> {
    await this.#mould?.database.drop();
    this.#mould = null;
  }

  async #portsOnce(): Promise<Ports> {
    this.#ports ??= await choosePorts();
    return this.#ports;
  }

  async #fresh(ports: Ports) {
    if (this.#mould !== null && performance.now() - this.#mould.madeAt < FRESH_MS) return this.#mould;
    await this.close();
    const database = await makeDatabase(this.#postgres, "fuzz_mould_");
    this.#mould = { database, things: await setUp(database.url, ports), madeAt: performance.now() };
    return this.#mould;
  }
}

async function setUp(databaseUrl: string, ports: Ports): Promise<Things> {
  for (const { schema, folder } of SCHEMAS) await migrate({ url: databaseUrl, schema, folder });
  const ground = { databaseUrl, ports, log: () => undefined };
  const terminals = await openTerminals(await startPrograms({ ...ground, terminals: [] }), ports);
  const programs = await startPrograms({ ...ground, terminals });
  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  try {
    const things = await leadLives(new Client(programs), sql, terminals);
    await noteChanges(databaseUrl);
    return things;
  } finally {
    await sql.end();
    await programs.close();
  }
}

/** Gives the gateway a second terminal, and both somewhere to notify. */
async function openTerminals(programs: Programs, { server }: Ports): Promise<Known[]> {
  const client = new Client(programs);
  const url = `http://127.0.0.1:${server}/notifications/sibs`;
  const webhook = (byte: number) => ({ url, secret: Buffer.alloc(32, byte).toString("base64") });
  await client.sandbox("PUT", "/terminals/52221", { token: "token-of-cais", webhook: webhook(3) });
  await client.sandbox("PUT", `/terminals/${SERRA}`, { entity: "21999", token: "token-of-serra", webhook: webhook(5) });
  const { terminals } = await client.sandbox("GET", "/terminals");
  await programs.close();
  return terminals.map((one: Known & { webhook: { secret: string } }) => ({ ...one, secret: one.webhook.secret }));
}
