/**
 * Plays through a real PgBouncer in transaction mode: gateway and server reach PostgreSQL through it alone, once with
 * `DATABASE_DIRECT_URL` beside it and once without. Payments by phone, reference and card are made all at once, paid,
 * told to the shop and refunded, and a page of another process follows.
 *
 *     PGBOUNCER=/usr/sbin/pgbouncer npm run pgbouncer
 *
 * By hand, since no package of npm brings PgBouncer along. Debian's need not be installed: `apt-get download pgbouncer
 * libc-ares2`, then `dpkg -x` of both into a folder, and LD_LIBRARY_PATH names the libraries in it. Ends with what was
 * done, and exit code 1 when something did not come out.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@caravela/development/embedded";
import { createLog } from "@caravela/platform/log";
import { type Address, createPool } from "@caravela/platform/postgres/pool";
import { migrateAll } from "../packages/cli/src/migrate.ts";
import { Changes } from "../packages/server/src/storage/changes.ts";
import {
  approve,
  askPhone,
  askReference,
  createPayment,
  eventTypesOf,
  payAtAtm,
  read,
} from "../tests/support/actions.ts";
import { createCardPayment, payByCard } from "../tests/support/cards.ts";
import { type Stage, setStage } from "../tests/support/stage.ts";
import { until } from "../tests/support/until.ts";
import { startBouncer } from "./pgbouncer/bouncer.ts";

const AT_ONCE = 20;
const program = process.env.PGBOUNCER ?? "/usr/sbin/pgbouncer";
const dataFolder = await mkdtemp(join(tmpdir(), "caravela-bounced-"));
await chmod(dataFolder, 0o755); // as the user of the database must be able to enter it
const postgres = await startEmbeddedPostgres({ dataFolder, durable: false });
const bouncer = await startBouncer(program, postgres.url);
try {
  await migrateAll({ DATABASE_URL: bouncer.url, DATABASE_DIRECT_URL: postgres.url });
  for (const databaseDirectUrl of [postgres.url, null]) await playThrough(databaseDirectUrl);
} finally {
  await bouncer.stop();
  await postgres.stop();
  await rm(dataFolder, { recursive: true, force: true });
}

async function playThrough(databaseDirectUrl: string | null): Promise<void> {
  const database = Promise.resolve({ url: postgres.url, drop: async () => undefined });
  const stage = await setStage(
    { databasePooler: "unnamed", databaseDirectUrl, migrates: false, methods: ["mbway", "multibanco", "card"] },
    { database, lead: async () => bouncer.url },
  );
  try {
    const paid = await Promise.all(Array.from({ length: AT_ONCE }, (_, place) => pay(stage, place)));
    await stage.settle();
    await expectAll(stage, paid, "paid");
    for (const id of paid) await until(() => eventTypesOf(stage, id).includes("payment.paid"), 20_000);
    const refunds = await Promise.all(
      paid.map((id) => stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 100 })),
    );
    const given = refunds.filter(({ body }) => body.status === "succeeded").length;
    if (given < paid.length) throw new Error(`${paid.length - given} refunds were not given`);
    await follows(stage, { url: bouncer.url, pooler: "unnamed" });
    console.log(
      `${bouncer.version}, ${databaseDirectUrl === null ? "alone" : "with DATABASE_DIRECT_URL"}: ${paid.length} payments paid, told and refunded; followed by another process`,
    );
  } finally {
    await stage.close();
  }
}

/** By phone, by reference or by card, each by its place. */
async function pay(stage: Stage, place: number): Promise<string> {
  if (place % 5 === 4) {
    const id = await createCardPayment(stage);
    await payByCard(stage, id, "4111111111111111");
    return id;
  }
  const id = await createPayment(stage);
  const phone = `9120001${String(place).padStart(2, "0")}`;
  if (place % 5 === 3) {
    await askReference(stage, id);
    await payAtAtm(stage, (await read(stage, id)).attempts[0].multibanco);
  } else {
    await askPhone(stage, id, phone);
    await approve(stage, phone);
  }
  return id;
}

async function expectAll(stage: Stage, ids: readonly string[], status: string): Promise<void> {
  for (const id of ids) await until(async () => (await read(stage, id)).status === status, 20_000);
}

/** Another process, to which nobody can tell anything, sees what changes all the same. */
async function follows(stage: Stage, address: Address): Promise<void> {
  const pool = createPool({ ...address, schema: "caravela", bareNames: "none", max: 1 });
  const changes = new Changes({ pool, ears: null, log: createLog({ name: "follower", level: "silent" }) });
  const id = await createPayment(stage);
  let times = 0;
  changes.subscribe(id, () => times++);
  await changes.start();
  await until(() => times === 1, 5_000);
  await stage.api("POST", `/v1/payments/${id}/cancel`);
  await until(() => times === 2, 5_000);
  changes.stop();
  await pool.end();
}
