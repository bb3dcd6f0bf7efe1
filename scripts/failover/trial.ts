import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pause } from "@caravela/platform/timer";
import { migrateAll } from "../../packages/cli/src/migrate.ts";
import { verifyAll } from "../../packages/cli/src/verify.ts";
import { Dice } from "../../simulation/dice.ts";
import { jsonCaller } from "../../tests/support/json.ts";
import { compare, type Findings, isAtRest, storedPayments } from "./books.ts";
import { Cluster } from "./cluster.ts";
import { INJURIES, type Kind } from "./injuries.ts";
import type { Site } from "./machine.ts";
import { Orders } from "./orders.ts";
import { type Programs, startPrograms } from "./programs.ts";
import type { Replication } from "./templates.ts";
import { databaseUrls } from "./templates.ts";

const nothing = () => undefined;
const SILENT = { note: nothing, result: nothing, item: nothing, fault: nothing };

/** How long payments go on undisturbed before each injury, in milliseconds. */
const CALM_MS = 4_000;
/** How long an injury lasts at least, so that it is not undone before anybody noticed. */
const HURT_MS = 8_000;
/** How long no payment may go through before that counts as for ever. */
const RECOVERY_LIMIT_MS = 150_000;

/** One injury, and what it came to. */
export interface Try {
  readonly kind: Kind;
  /** For each server, the longest time in which no payment went through, in seconds. */
  readonly outages: readonly number[];
  /** Machines that did not come back by themselves. */
  readonly rebuilt: readonly string[];
}

/** All injuries with one kind of replication, and how the books stand afterwards. */
export interface Trial {
  readonly replication: Replication;
  readonly tries: readonly Try[];
  readonly payments: number;
  readonly refunds: number;
  readonly findings: Findings;
}

/** Sets up a cluster, and hurts it in the order of chance while payments go on. */
export async function tryOut(site: Site, kinds: readonly Kind[], tries: number, seed: number): Promise<Trial> {
  const dice = new Dice(seed);
  mkdirSync(site.logs, { recursive: true });
  const cluster = new Cluster(site);
  try {
    await cluster.build();
    const { byHaproxy, byList } = databaseUrls(site);
    await migrateAll({ DATABASE_URL: byHaproxy }, {}, SILENT);
    const programs = await startPrograms({
      folder: join(site.folder, "programs"),
      logs: site.logs,
      databases: [byHaproxy, byList],
    });
    try {
      await introduceShop(programs);
      const orders = new Orders(programs);
      orders.start(dice.more());
      const done: Try[] = [];
      const stuck: string[] = [];
      for (const kind of shuffled(Array.from({ length: tries }, () => kinds).flat(), dice)) {
        try {
          done.push(await hurt(kind, cluster, orders));
        } catch (error) {
          // nothing can be tried on what does not go on; what was acknowledged until then is compared all the same
          stuck.push(`after ${kind}: ${(error as Error).message}`);
          break;
        }
        tell(site.replication, done);
      }
      await orders.stop();
      await settle(orders, byHaproxy);
      const findings = await compare(orders, programs.shop.events, byHaproxy);
      findings.wrong.push(...stuck);
      if (programs.hasFallen()) findings.wrong.push("a program ended by itself");
      if (!(await verifyAll({ DATABASE_URL: byHaproxy })))
        findings.wrong.push("a journal does not replay to its state");
      return {
        replication: site.replication,
        tries: done,
        payments: orders.all.filter(({ isPaid }) => isPaid).length,
        refunds: orders.all.filter(({ refund }) => refund !== null).length,
        findings,
      };
    } finally {
      await programs.stop();
    }
  } finally {
    cluster.remove();
  }
}

async function introduceShop({ serverUrls, apiKey, shop }: Programs): Promise<void> {
  const headers = { authorization: `Bearer ${apiKey}`, "idempotency-key": crypto.randomUUID() };
  const { body } = await jsonCaller()(`${serverUrls[0]}/v1/event-endpoints`, "POST", { url: shop.url }, headers);
  shop.secret = String(body.secret);
}

async function hurt(kind: Kind, cluster: Cluster, orders: Orders): Promise<Try> {
  const injury = INJURIES[kind];
  await pause(CALM_MS);
  const machine = await (injury.isOfStandby ? cluster.standby() : cluster.primary());
  const begun = performance.now();
  await injury.hurt(machine, cluster);
  await pause(HURT_MS);
  if (injury.isReplaced) await cluster.replaced(machine);
  await goesOn(orders);
  injury.heal(machine);
  const rebuilt = await cluster.whole();
  await goesOn(orders);
  return { kind, outages: [0, 1].map((server) => longestGap(orders, server, begun) / 1000), rebuilt };
}

/** By each server a payment has gone through that began only now. */
async function goesOn(orders: Orders): Promise<void> {
  const since = performance.now();
  for (const server of [0, 1])
    while (!orders.passed.some((one) => one.server === server && one.begun > since)) {
      if (performance.now() - since > RECOVERY_LIMIT_MS)
        throw new Error(`no payment goes through server ${server + 1} any more`);
      await pause(50);
    }
}

/** The longest time between two payments that went through, from a moment on. */
function longestGap(orders: Orders, server: number, begun: number): number {
  let last = begun;
  let longest = 0;
  for (const { at } of orders.passed.filter((one) => one.server === server && one.at > begun)) {
    longest = Math.max(longest, at - last);
    last = at;
  }
  return longest;
}

/** What is still under way comes to its end: customers answer, and time passes. */
async function settle(orders: Orders, databaseUrl: string): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    for (const order of orders.all.filter(({ isPaid }) => !isPaid)) await orders.answer(order, null);
    await orders.sandbox("POST", "/clock/advance", { seconds: 90 }).catch(() => undefined);
    const payments = await storedPayments(databaseUrl);
    if (payments.every(isAtRest)) return;
  }
}

function shuffled<T>(some: readonly T[], dice: Dice): T[] {
  return some
    .map((one) => ({ one, place: dice.between(0, 2 ** 31) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

function tell(replication: Replication, done: readonly Try[]): void {
  const last = done.at(-1);
  if (last === undefined) return;
  const outages = last.outages.map((one) => one.toFixed(1)).join(" and ");
  const rebuilt = last.rebuilt.length > 0 ? `; made anew: ${last.rebuilt.join(", ")}` : "";
  console.log(`${replication}, ${done.length}: ${last.kind}; no payment for ${outages} s${rebuilt}`);
}
