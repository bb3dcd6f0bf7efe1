import { systemChance } from "@caravela/platform/chance";
import { createLog } from "@caravela/platform/log";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { expect, it } from "vitest";
import { FIRST_KEY } from "../domain/api-key.ts";
import { MINUTE } from "../domain/time.ts";
import { Invitations } from "../storage/invitations.ts";
import { Operators } from "../storage/operators.ts";
import { Passkeys } from "../storage/passkeys.ts";
import { Sessions } from "../storage/sessions.ts";
import { testPool } from "../testing/pool.ts";
import { openInvitation, useInvitation } from "./invitations.ts";
import { type Invited, invite, inviteAgain, remove } from "./manage.ts";

const pool = await testPool({ max: 4 });
let now = Date.UTC(2026, 10, 28, 12);
const clock = { now: () => new Date(now) };
const parts = {
  pool,
  clock,
  chance: systemChance,
  log: createLog({ name: "test", level: "silent" }),
  localOwner: false,
};
const ports = {
  ...parts,
  operators: new Operators(parts),
  invitations: new Invitations(parts),
  passkeys: new Passkeys(parts),
  sessions: new Sessions(parts),
};

/** Somebody is invited by the command, to whom nothing is refused. */
async function invited(): Promise<Invited & { readonly link: string }> {
  const wanted = { name: "Rui", role: "refunder", terminal: null, refundLimit: null, captureLimit: null } as const;
  const made = await inTransaction(pool, (connection) => invite(ports, connection, FIRST_KEY, wanted));
  if ("unwilling" in made) throw new Error(made.unwilling);
  return { ...made, link: made.token.reveal() };
}
const use = (link: string) => inTransaction(pool, (connection) => useInvitation(ports, connection, link));

it("a link tells who is invited to what, as often as it is opened, and lets one in, once", async () => {
  const { operator, link } = await invited();
  for (let looks = 0; looks < 2; looks += 1) expect(await openInvitation(ports, link)).toMatchObject({ operator });
  expect(await use(link)).toMatchObject({ id: operator.id, role: "refunder" });
  expect([await use(link), await openInvitation(ports, link)]).toEqual([null, null]);
});

it("a link lets in one alone of those who press in the same moment", async () => {
  const { operator, link } = await invited();
  const entered = await Promise.all([use(link), use(link), use(link)]);
  expect(entered.filter((one) => one !== null)).toEqual([operator]);
});

it("a link is good for fifteen minutes, and then forgotten", async () => {
  const { link } = await invited();
  now += 15 * MINUTE - 1;
  expect(await openInvitation(ports, link)).not.toBeNull();
  now += 1;
  expect([await openInvitation(ports, link), await use(link)]).toEqual([null, null]);
  now += MINUTE;
  await ports.invitations.purge();
  expect((await pool.query("select from caravela.invitation")).rowCount).toBe(0);
});

it("a link is good for nothing once there is a newer one, or who was invited is removed", async () => {
  const { operator, link } = await invited();
  const again = await inTransaction(pool, (connection) => inviteAgain(ports, connection, FIRST_KEY, operator.id));
  if (again === null || "unwilling" in again) throw new Error("not invited again");
  expect([await use(link), await openInvitation(ports, link)]).toEqual([null, null]);
  await inTransaction(pool, (connection) => remove(ports, connection, FIRST_KEY, operator.id));
  expect([await openInvitation(ports, again.token.reveal()), await use(again.token.reveal())]).toEqual([null, null]);
});

it("whoever is removed at the moment at which they come in is either in and out, or never in; nobody waits for ever", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { operator, link } = await invited();
    const comeIn = () =>
      inTransaction(pool, async (connection) => {
        const one = await useInvitation(ports, connection, link);
        if (one !== null) await ports.sessions.open(connection, one.id, { address: null, agent: null }, true);
      });
    const leave = () => inTransaction(pool, (connection) => remove(ports, connection, FIRST_KEY, operator.id));
    await Promise.all([comeIn(), leave()]);
    const { rowCount } = await pool.query("select from caravela.session where operator_id = $1", [operator.id]);
    expect(rowCount).toBe(0);
  }
});

it("what is no such link is not looked for", async () => {
  for (const link of ["", "x", "'; drop table", "A".repeat(50), "a".repeat(51)])
    expect(await openInvitation(ports, link)).toBeNull();
});
