import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { expect, it } from "vitest";
import { nameMandate } from "../../../../packages/server/src/domain/mandate/begin.ts";
import { cancelMandate } from "../../../../packages/server/src/domain/mandate/end.ts";
import { hearMandate } from "../../../../packages/server/src/domain/mandate/hear.ts";
import type { NewMandate } from "../../../../packages/server/src/domain/mandate/state.ts";
import { WANTED } from "../../../../packages/server/src/domain/mandate/testing/builders.ts";
import { life, type Move } from "../../../../packages/server/src/domain/mandate/testing/lives.ts";
import { newPayment, phoneFrom, TERMS } from "../../../../packages/server/src/domain/payment/testing/builders.ts";
import type { BothServers } from "../testing/both-servers.ts";
import type { Stores } from "../testing/stores.ts";

const LIVES = 12;
const SEED = 23;
const DAY = 86_400_000;

const wanted = (number: number, more: Partial<NewMandate> = {}): NewMandate => ({
  ...WANTED,
  id: `man_${number}`,
  authorizeToken: `agree ${number}`,
  manageToken: `manage ${number}`,
  phone: phoneFrom(`91${String(number % 4).padStart(7, "0")}`),
  customer: { id: number % 2 === 0 ? "maria" : null, name: "Maria" },
  ...more,
});

const answer = (resource: string) => ({
  operation: "POST /v1/mandates",
  scope: "of mandates",
  key: resource,
  fingerprint: "",
  resource,
  status: null,
  body: null,
});

/** Asks a phone for a mandate of its own, and leads it through a life. */
async function live({ mandates, time }: Stores, number: number, moves: readonly Move[]) {
  const asked = wanted(number, { reference: number % 3 === 0 ? "box" : null });
  const created = await mandates.create(
    () => asked,
    ({ id }) => answer(id),
  );
  const pending = await mandates.findPending(asked);
  if (created === null) return [pending];
  const said: unknown[] = [pending];
  for (const { waitMs, command } of moves) {
    time.now += waitMs;
    const decided = await mandates.decide(created.id, (state, given) => command(state, given));
    said.push("refused" in decided ? decided : decided.facts);
  }
  const found = [await mandates.findByToken(`agree ${number}`, "authorize"), await mandates.findBy(`man_${number}`)];
  return [...said, found, await mandates.load(created.id), await mandates.journal(created.id)];
}

/** What customers agreed to. */
export function mandatesAreKept(servers: BothServers): void {
  it("whatever happens to mandates stands in the same rows, and a phone is asked for the same thing once", async () => {
    const lives = fc.sample(life, { numRuns: LIVES, seed: SEED });
    await servers.same(async (stores) => {
      const said: unknown[] = [];
      for (const [number, moves] of lives.entries()) said.push(await live(stores, number, moves.slice(0, 20)));
      const { mandates, time } = stores;
      const ids = lives.map((_moves, number) => `man_${number}` as const);
      time.now += 30 * DAY;
      for (const id of ids) {
        const found = await mandates.load(id);
        if (found !== null) await mandates.hurry(found);
        await mandates.rest(id, { now: time.now, until: time.now + DAY, found });
      }
      said.push(await mandates.activeOf("maria", { terminal: "52221" }));
      said.push([...(await mandates.ofCustomer(ids, "maria", { terminal: null }))].sort());
      return said;
    });
    await servers.sameRows();
  });

  it("what is due of one that may wait waits for nobody who has come", async () => {
    await servers.same(async ({ mandates, time }) => {
      const asked = wanted(101, { description: "Looked at once a day" });
      await mandates.create(
        () => asked,
        ({ id }) => answer(id),
      );
      const active = { status: "ACTV", mandateId: "m101", limit: null, validUntil: null } as const;
      await mandates.record(asked.id, (state, given) =>
        nameMandate(state, { transactionId: "s2_m101", mandateId: null }, given),
      );
      const { mandate } = await mandates.record(asked.id, (state, given) => hearMandate(state, active, given));
      time.now += 10 * DAY;
      await mandates.hurry(mandate);
      return mandate.status;
    });
    await servers.sameRows("mandate");
  });

  it("a charge is decided on while its mandate is as it was read, and on what it is when it is not", async () => {
    const said = await servers.same(async ({ payments, mandates }) => {
      const asked = wanted(100, { description: "Charged" });
      await mandates.create(
        () => asked,
        ({ id }) => answer(id),
      );
      await payments.createOnce(() => newPayment({ id: "pay_ground", payToken: "ground", amount: cents(100) }));
      const prepare = (attempt: "att_g1" | "att_g2", meanwhile: () => Promise<unknown>) => {
        const seen: unknown[] = [];
        const decided = payments.decideOn(
          "pay_ground",
          async () => {
            const standing = await mandates.standingOn(asked.id);
            if (seen.length === 0) await meanwhile();
            return standing;
          },
          (_state, standing, { now: at }) => {
            seen.push(standing?.status);
            return standing?.status === "pending"
              ? [{ kind: "attempt_prepared", at, attempt, ...TERMS, method: "mandate", phone: null }]
              : { refused: "attempt_over" };
          },
        );
        return decided.then((one) => ({ seen, refused: "refused" in one }));
      };
      const end = () =>
        mandates.decide(asked.id, (state, given) => cancelMandate(state, { operation: "mcn_1" }, given));
      return [await prepare("att_g1", async () => undefined), await prepare("att_g2", end)];
    });
    expect(said).toEqual([
      { seen: ["pending"], refused: false },
      { seen: ["pending", "canceled"], refused: true },
    ]);
    await servers.sameRows();
  });
}
