import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { type Gate, openGate } from "../testing/gate.ts";
import { DatabaseAway } from "./away.ts";
import { createPool, type Pool } from "./pool.ts";
import { addressOfPrimary } from "./primary.ts";

const LIMIT_MS = 1_000;

let database: TestDatabase;
let gate: Gate;
let standby: Host;
let other: Host;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  gate = await openGate(database.url);
  standby = await openHost(database.url);
  other = await openHost(database.url);
  pool = createPool({
    url: listOf(standby.port, portOf(gate.url), other.port),
    schema: "caravela",
    statementLimitMs: LIMIT_MS,
  });
});
afterAll(async () => {
  await pool.end();
  for (const host of [standby, other]) host.server.close();
  await gate.shut();
  await database.drop();
});

it("of several hosts each connection is to the one that takes changes, and goes with it when that is another", async () => {
  await expectWritten();
  expect(other.sessions).toBe(0);

  // the first falls, and the last takes over
  other.isStandby = false;
  await gate.shut();
  await afterLosses();
  await expectWritten();
  expect(other.sessions).toBeGreaterThan(0);

  // in order, it becomes a standby again: who is connected is cut off, as PostgreSQL does it
  await gate.open();
  other.isStandby = true;
  await pool.query("select pg_terminate_backend(pg_backend_pid())").catch(() => undefined);
  await afterLosses();
  await expectWritten();
  gate.silence();
  await expect(pool.query("select 1")).rejects.toThrow(DatabaseAway);
  gate.speak();
});

it("where none takes changes each says why, and no password is told; it is looked again each time", async () => {
  await gate.shut();
  const alone = createPool({
    url: listOf(standby.port, portOf(gate.url)),
    schema: "caravela",
    statementLimitMs: LIMIT_MS,
  });
  const error = await alone.query("select 1").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DatabaseAway);
  const { message } = error as Error;
  expect(message).toMatch(new RegExp(`127.0.0.1:${standby.port} takes no changes now; 127.0.0.1:\\d+ .*ECONNREFUSED`));
  expect(message).not.toContain(new URL(database.url).password);
  await gate.open();
  await alone.query("select 1");
  await alone.end();
});

it("a single session is to that one, too", async () => {
  expect(await addressOfPrimary(listOf(standby.port, portOf(gate.url)))).toBe(gate.url);
  expect(await addressOfPrimary(database.url)).toBe(database.url);
});

/** What broke is told to whoever was connected, once for each connection. */
async function afterLosses(): Promise<void> {
  await expect
    .poll(() =>
      pool.query("select 1").then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
}

async function expectWritten(): Promise<void> {
  const { rows } = await pool.query("select current_setting('transaction_read_only') as is_read_only");
  expect(rows).toEqual([{ is_read_only: "off" }]);
}

function listOf(...ports: number[]): string {
  const url = new URL(database.url);
  return database.url
    .replace(url.host, ports.map((port) => `127.0.0.1:${port}`).join(","))
    .concat("?target_session_attrs=read-write");
}

const portOf = (url: string): number => Number(new URL(url).port);

/** A way to the same PostgreSQL whose sessions take no changes, as a standby's, for as long as that is said. */
interface Host {
  readonly server: Server;
  readonly port: number;
  isStandby: boolean;
  /** How many sessions there were that take changes. */
  sessions: number;
}

async function openHost(database: string): Promise<Host> {
  const behind = new URL(database);
  const server = createServer((socket) => {
    const onward = connect(Number(behind.port), behind.hostname);
    if (!host.isStandby) host.sessions += 1;
    socket.once("data", (begin) => {
      onward.write(host.isStandby ? readOnly(begin) : begin);
      socket.pipe(onward);
    });
    onward.pipe(socket);
    for (const one of [socket, onward]) one.on("error", () => undefined);
    socket.on("close", () => onward.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const host: Host = { server, port: (server.address() as AddressInfo).port, isStandby: true, sessions: 0 };
  return host;
}

/** The message that begins a session, with one parameter more. */
function readOnly(begin: Buffer): Buffer {
  const more = Buffer.from("options\0-c default_transaction_read_only=on\0\0");
  const message = Buffer.concat([begin.subarray(0, -1), more]);
  message.writeUInt32BE(message.length, 0);
  return message;
}
