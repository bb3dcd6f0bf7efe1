import { execFile } from "node:child_process";
import { testDatabase } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment } from "../support/actions.ts";
import { caravelaWith, compiled, root } from "../support/programs.ts";
import { type Stage, setStage } from "../support/stage.ts";

const database = testDatabase();
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({}, { database });
});
afterAll(() => stage?.close());

/** Runs `caravela verify` to its end: the exit code, and what it said. */
async function verify(): Promise<{ readonly code: number; readonly output: string; readonly errors: string }> {
  const { url } = await database;
  return new Promise((resolve) => {
    const args = caravelaWith("verify");
    const env = { PATH: process.env.PATH, ...compiled, DATABASE_URL: url };
    execFile(process.execPath, args, { cwd: root, env }, (error, output, errors) =>
      resolve({ code: error === null ? 0 : Number(error.code), output, errors }),
    );
  });
}

describe("caravela verify", () => {
  it("lists money that SIBS notified and that is of nothing here, and ends well all the same", async () => {
    const plaintext = { paymentStatus: "Success", paymentType: "RFND", amount: { currency: "EUR", value: 2.5 } };
    await stage.pool.query(
      "insert into caravela.notification (id, transaction_id, merchant_transaction_id, plaintext, received_at) values ('n1', 's2one', 'rfd_one', $1, '2026-11-29T10:00:00Z'), ('n2', 's2two', 'att_two', $2, '2026-11-29T10:00:00Z')",
      [plaintext, { ...plaintext, paymentStatus: "Declined" }],
    );
    const { code, output } = await verify();
    await stage.pool.query("delete from caravela.notification");
    expect([code, output]).toEqual([
      0,
      "SIBS notified RFND of 2.5 EUR, which is of nothing here: its transaction s2one, the merchant's rfd_one, heard of at 2026-11-29T10:00:00.000Z\n0 payments and authorised payments: each is what its journal says.\n",
    ]);
  });

  it("says that each payment is what its journal says, and names the one that is not, with the member that differs", async () => {
    const ids = [await createPayment(stage), await createPayment(stage), await createPayment(stage)];
    const [, , earlier = ""] = ids;
    for (const id of [ids[0] ?? "", earlier]) {
      await askPhone(stage, id);
      await approve(stage);
    }
    await stage.settle();
    expect(await verify()).toEqual({
      code: 0,
      output: "3 payments and authorised payments: each is what its journal says.\n",
      errors: "",
    });
    await stage.pool.query(
      `update caravela.payment set state = jsonb_set(state, '{attempts,0,amount}', '1') where id = $1`,
      [ids[0]],
    );
    await stage.pool.query("update caravela.fact set kind = 'unheard_of' where subject_id = $1", [ids[1]]);
    // the first versions of the facts did not say when SIBS is asked next: of such a journal that is not compared
    const laterAsked = `update caravela.payment set state = jsonb_set(state, '{attempts,0,askAt}', '1') where id = $1`;
    for (const id of [ids[0], earlier]) await stage.pool.query(laterAsked, [id]);
    await stage.pool.query("update caravela.fact set version = 1 where subject_id = $1", [earlier]);
    const found = await verify();
    expect(found.code).toBe(1);
    expect(found.output.split("\n").sort()).toEqual(
      [
        "",
        "3 payments and authorised payments: 2 of them differ.",
        `payment ${ids[0]} differs from its journal in attempts.0.askAt, attempts.0.amount`,
        `payment ${ids[1]} cannot be replayed: a journal begins with payment_created`,
      ].sort(),
    );
  });
});
