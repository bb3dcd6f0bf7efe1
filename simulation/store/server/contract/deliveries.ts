import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { EventId } from "../../../../packages/server/src/domain/identifiers.ts";
import { newPayment } from "../../../../packages/server/src/domain/payment/testing/builders.ts";
import { type DueDelivery, deliver } from "../../../../packages/server/src/events/deliver.ts";
import { deliveriesOf, forgetHours } from "../../../../packages/server/src/events/endpoint-hours.ts";
import {
  deleteEndpoint,
  endEndpoint,
  giveUpAtEnded,
  isSentTo,
  knownEndpoints,
  saveEndpoint,
} from "../../../../packages/server/src/events/endpoints.ts";
import { forgetEvents } from "../../../../packages/server/src/events/forget.ts";
import { ping } from "../../../../packages/server/src/events/ping.ts";
import { readEvent, resendEvent } from "../../../../packages/server/src/events/read.ts";
import type { BothServers } from "../testing/both-servers.ts";
import { holding, lookingForWhatIsDue } from "../testing/due-of-server.ts";
import type { Stores } from "../testing/stores.ts";

const SEED = 11;
const MOVES = 40;
const HOUR = 3_600_000;

const register = (
  stores: Stores,
  url: string,
  more: { types?: string[]; terminal?: "1" | "52221"; secret?: string } = {},
) =>
  inTransaction(stores.pool, (connection) => {
    const { types = null, terminal = null, secret = null } = more;
    return saveEndpoint({ ...stores, connection }, { url, types, terminal, secret });
  });

/** How an endpoint answers; null: not at all. */
const move = fc.record({
  waitMs: fc.constantFrom(1_000, 30_000, 600_000, HOUR, 30 * HOUR),
  statuses: fc.array(fc.constantFrom(200, 204, 500, 410, null), { minLength: 1, maxLength: 3 }),
  hangs: fc.boolean(),
  retryAfter: fc.constantFrom(null, null, "120"),
  creates: fc.boolean(),
  resends: fc.nat(30),
  limit: fc.constantFrom(1, 100),
});

type Due = DueDelivery & { readonly due_key: string | null; readonly due_lease: string; readonly due_since: Date };

/** The shop's endpoints, and what they are sent. */
export function deliveriesAreMade(servers: BothServers): void {
  it("endpoints are registered, changed, told of as they are, and each terminal has its own", async () => {
    const said = await servers.same(async (stores) => {
      const { pool, clock, chance } = stores;
      const first = await register(stores, "https://shop.example/hook");
      const again = await register(stores, "https://SHOP.example/hook", {
        types: ["payment.paid"],
        secret: "whsec_AAAA",
      });
      const own = await register(stores, "https://shop.example/hook", { terminal: "1" });
      const sent = [first, own].map(({ endpoint }) => endpoint.id);
      const isSent = await Promise.all(sent.map((id) => isSentTo(pool, id, "52221")));
      const pinged = await ping({ pool, clock, chance, systemClock: clock, reach: deaf() }, first.endpoint.id);
      const none = await ping({ pool, clock, chance, systemClock: clock, reach: deaf() }, "ep_none");
      return { first, again, own, isSent, pinged, none, known: await knownEndpoints(pool) };
    });
    expect(said.again.isNew).toBe(false);
    expect(said.isSent).toEqual([true, false]);
    await servers.sameRows();
  });

  it("whatever endpoints answer, each is sent what is due in its order, and how it went is written down", async () => {
    const moves = fc.sample(move, { numRuns: MOVES, seed: SEED });
    const texts = await lookingForWhatIsDue();
    await servers.same(async (stores) => {
      const { pool, time, clock, payments } = stores;
      for (const path of ["all", "paid", "canceled"])
        await register(stores, `https://shop.example/${path}`, path === "all" ? {} : { types: [`payment.${path}`] });
      const said: unknown[] = [];
      let count = 0;
      for (const one of moves) {
        time.now += one.waitMs;
        if (one.creates) {
          count += 1;
          const id = `pay_d${count}` as const;
          await payments.createOnce(() => newPayment({ id, payToken: `d ${count}` }));
          time.now += 7;
          await payments.decide(id, (_state, { now: at }) => [{ kind: "payment_canceled", at }]);
        }
        const claim = { name: "due-claim-deliveries", text: texts.get("due-claim-deliveries") ?? "" };
        const { rows } = await pool.query<Due>({ ...claim, values: [clock.now(), one.limit, HOUR] });
        const due = rows.filter(({ due_key }) => due_key !== null);
        for (const [place, row] of inOrder(due).entries()) {
          // no two are due at the same moment: which of them is claimed first says nobody
          time.now += 1;
          said.push(await tried(stores, row, { ...one, status: one.statuses[place % one.statuses.length] ?? null }));
        }
        time.now += 1;
        const again = due[one.resends];
        if (again !== undefined) said.push(await resendEvent(pool, again.event_id, clock.now(), "52221"));
        said.push(await pool.query(restOf(due)).then(({ rowCount }) => rowCount));
      }
      const known = await knownEndpoints(pool);
      said.push(
        await deliveriesOf(
          pool,
          known.map(({ id }) => id),
          clock.now(),
        ),
      );
      return said;
    });
    const { "caravela.event": events = [] } = await servers.sameRows();
    const ids = events.map((event) => (event as { readonly id: EventId }).id);
    await servers.same(({ pool }) => Promise.all(["evt_none" as const, ...ids].map((id) => readInOrder(pool, id))));
  });

  it("many tries are written down together", async () => {
    const texts = await lookingForWhatIsDue();
    await servers.same(async (stores) => {
      const { pool, payments, clock, time } = stores;
      time.now += 100 * HOUR;
      await register(stores, "https://shop.example/together");
      for (const number of [1, 2, 3]) {
        const id = `pay_together${number}` as const;
        await payments.createOnce(() => newPayment({ id, payToken: `together ${number}` }));
        await payments.decide(id, (_state, { now: at }) => [{ kind: "payment_canceled", at }]);
      }
      const said: unknown[] = [];
      for (const status of [200, 500, 200, 200]) {
        const claim = { name: "due-claim-deliveries", text: texts.get("due-claim-deliveries") ?? "" };
        const { rows } = await pool.query<Due>({ ...claim, values: [clock.now(), 100, HOUR] });
        const due = inOrder(rows.filter(({ id, body }) => id !== null && body?.includes("pay_together")));
        const answer = { status, hangs: false, retryAfter: null };
        said.push(await Promise.all(due.map((row) => tried(stores, row, answer))));
        time.now += HOUR;
      }
      return said;
    });
    await servers.sameRows();
  });

  it("an endpoint ends with what is due there, is removed with all that it had, and old events are forgotten", async () => {
    await servers.same(async (stores) => {
      const { pool, clock, time } = stores;
      const [first, second] = await knownEndpoints(pool);
      if (first === undefined || second === undefined) throw new TypeError("there are endpoints");
      await endEndpoint(pool, { id: first.id, version: 9, at: clock.now() });
      await endEndpoint(pool, { id: first.id, version: 2, at: clock.now() });
      await endEndpoint(pool, { id: second.id, version: 1, at: clock.now() });
      await giveUpAtEnded(pool, clock.now());
      const removed = [
        await deleteEndpoint(pool, second.id, clock.now()),
        await deleteEndpoint(pool, second.id, clock.now()),
      ];
      const none = await resendEvent(pool, "evt_none", clock.now(), "52221");
      time.now += 1_000 * HOUR;
      await forgetHours(pool, clock.now());
      await forgetEvents(pool, new Date(time.now - HOUR), new AbortController().signal);
      return { removed, none };
    });
    await servers.sameRows();
  });
}

/** Nobody is reached by it. */
const deaf = () => answering({ status: null, hangs: false, retryAfter: null, tell: () => undefined });

interface Answer {
  readonly status: number | null;
  readonly hangs: boolean;
  readonly retryAfter: string | null;
  readonly tell: () => void;
}

function answering({ status, retryAfter, tell }: Answer) {
  const post = async () => {
    tell();
    if (status === null) throw new TypeError("nobody answers");
    return { status, retryAfter };
  };
  return { post } as never;
}

/** Sends one as the server does; what hangs takes two seconds. */
async function tried({ pool, clock, tries }: Stores, row: Due, answer: Omit<Answer, "tell">) {
  let ms = 0;
  const counted: string[] = [];
  const log = { info: () => undefined } as never;
  const tell = () => {
    ms = answer.hangs ? 2_000 : 10;
  };
  const delivering = {
    pool,
    clock,
    log,
    tries,
    systemClock: { now: () => new Date(ms) },
    reach: answering({ ...answer, tell }),
    count: (outcome: string) => void counted.push(outcome),
    poke: () => void counted.push("more"),
  };
  await deliver(delivering, row, async () => row.due_lease);
  return [row.id, counted];
}

/** What is due at the same moment has no order. */
const inOrder = (due: readonly Due[]) =>
  due.toSorted((one, other) => one.due_since.getTime() - other.due_since.getTime() || (one.id < other.id ? -1 : 1));

/** Gives back what was not done with. */
function restOf(due: readonly Due[]) {
  return holding("deliveries").giveBack(
    due.map(({ id, due_lease }) => ({ key: id, lease: due_lease, lane: null, row: {} })),
  );
}

/** Tries of the same moment have no order. */
async function readInOrder(pool: Pool, id: EventId) {
  const event = await readEvent(pool, id);
  return { ...event, deliveries: event?.deliveries.map((one) => JSON.stringify(Object.entries(one).sort())).sort() };
}
