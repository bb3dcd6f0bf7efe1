import type { Pool } from "@caravela/platform/postgres/pool";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Claimed } from "../../../../packages/platform/src/postgres/due-statements.ts";
import { enlist } from "../../../../packages/server/src/work/chores.ts";
import type { BothServers } from "../testing/both-servers.ts";
import { DUE_NAMES, type DueName, holding, lookingForWhatIsDue } from "../testing/due-of-server.ts";

const MOVES = 80;
const SEED = 7;
const HOUR = 3_600_000;

/** A row as a claim gives it. */
interface ClaimedRow {
  readonly due_key: string | null;
  readonly due_lease: string;
  readonly due_since: Date;
  readonly due_next: Date | null;
  readonly due_lane: string | null;
}

const DOES = ["claim", "claim", "renew", "give-back"] as const;

/** What somebody does with what is due; leases run out at once, or never. */
const move = fc.record({
  name: fc.constantFrom(...DUE_NAMES),
  does: fc.constantFrom(...DOES),
  // more than there are of one moment, or none
  limit: fc.constantFrom(0, 1_000),
  leaseMs: fc.constantFrom(-1, 3_600_000),
  place: fc.nat(20),
  waitMs: fc.constantFrom(0, 1_000, 60_000, HOUR, 24 * HOUR),
});

/** What is due, looked for by several at once. */
export function dueRowsAreShared(servers: BothServers): void {
  it("what is due is claimed once, in its order, until its lease has run out or is given back", async () => {
    const texts = await lookingForWhatIsDue();
    const chosen = fc.sample(move, { numRuns: MOVES, seed: SEED });
    const each = DUE_NAMES.flatMap((name) => DOES.map((does) => ({ name, does })));
    const moves = chosen.map((one, place) => ({ ...one, ...each[place] }));
    const claims = await servers.same(async ({ pool, time, clock }) => {
      await enlist(pool, clock, { first: async () => undefined, second: async () => undefined, none: null });
      await enlist(pool, clock, { second: async () => undefined }, { second: new Date(0) });
      const inHand = new Map<DueName, Claimed<unknown>[]>();
      const said: unknown[] = [];
      for (const one of moves) {
        time.now += one.waitMs;
        const held = inHand.get(one.name) ?? [];
        said.push(await looked(pool, texts, one.name, clock.now()));
        if (one.does === "claim") {
          const values = [clock.now(), one.limit, one.leaseMs];
          const rows = await asked<ClaimedRow>(pool, texts, `due-claim-${one.name}`, values);
          const claimed = rows.filter((row) => row.due_key !== null);
          inHand.set(one.name, [...held, ...claimed.map(asHeld)]);
          said.push(shown(rows));
        } else {
          const some = held.slice(0, one.place);
          const { renew, giveBack } = holding(one.name);
          const { name, text, values = [] } = one.does === "renew" ? renew(some) : giveBack(some);
          const { rows, rowCount } = await pool.query<{ key: string; lease: string }>({
            name: `${name}`,
            text,
            values: one.does === "renew" ? [...values.slice(0, 2), one.leaseMs] : values,
          });
          for (const { key, lease } of rows) for (const own of some) if (own.key === key) own.lease = lease;
          said.push(rowCount, one.does === "renew" ? rows.map(({ key }) => key).sort() : null);
        }
      }
      said.push(await asked(pool, texts, "due-next-of-all", [clock.now()]));
      return said;
    });
    expect(JSON.stringify(claims)).toContain("due_lane");
    await servers.sameRows();
  });
}

const asHeld = ({ due_key, due_lease, due_lane }: ClaimedRow): Claimed<unknown> => ({
  key: String(due_key),
  lease: due_lease,
  lane: due_lane,
  row: {},
});

async function asked<R extends object>(
  pool: Pool,
  texts: ReadonlyMap<string, string>,
  name: string,
  values: readonly unknown[],
): Promise<R[]> {
  return (await pool.query<R>({ name, text: texts.get(name) ?? "", values: [...values] })).rows;
}

/** Whether anything is due, and when the next one is. */
async function looked(pool: Pool, texts: ReadonlyMap<string, string>, name: DueName, now: Date) {
  const any = await asked(pool, texts, `due-any-${name}`, [now]);
  const next = await asked(pool, texts, `due-next-${name}`, [now]);
  return { any, next };
}

/** A claim without its leases; what is due at the same moment has no order. */
function shown(rows: readonly ClaimedRow[]): unknown {
  const all = rows.map(({ due_lease: _, ...row }) =>
    row.due_key === null ? { due_next: row.due_next } : { ...row, since: row.due_since.getTime() },
  );
  expect(rows.map((row) => row.due_since?.getTime())).toEqual(
    rows.map((row) => row.due_since?.getTime()).toSorted((one, other) => one - other),
  );
  return all.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort();
}
