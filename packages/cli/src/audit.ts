import { CannotStart } from "@caravela/platform/cannot-start";
import type { Environment } from "@caravela/platform/settings";
import { type Expected, verifyAudit } from "@caravela/server";
import { onDatabase, refuseNoData, transacting } from "./move/database.ts";
import { type Output, PEOPLE } from "./output.ts";

/** All that is read is of one moment, whoever goes on adding. */
const BEGIN = "begin isolation level repeatable read read only";

/**
 * Walks the audit, names each entry that does not fit, and prints the last, to be kept elsewhere. `expect`: one that
 * was kept. @returns whether all of it fits
 */
export async function verify(env: Environment, expect: string | undefined, output: Output = PEOPLE): Promise<boolean> {
  const expected = expect === undefined ? null : readExpected(expect);
  refuseNoData(env);
  return onDatabase(env, (url) =>
    transacting(url, BEGIN, async (client) => {
      const { rows } = await client.query("select to_regclass('caravela.audit') is null as missing");
      if (rows[0]?.missing === true)
        throw new CannotStart("There is no audit in this database yet: run `caravela migrate` first.");
      const misfits: object[] = [];
      for await (const found of verifyAudit(client, expected)) {
        if ("head" in found) output.result({ head: found.head, misfits }, summary(found.head, misfits.length));
        else {
          misfits.push(found);
          output.note(`entry ${found.number}: ${found.faults.join("; ")}`);
        }
      }
      return misfits.length === 0;
    }),
  );
}

function summary(head: Expected | null, misfits: number): string {
  const fits = misfits === 0 ? "each follows from the one before" : `${misfits} of them do not fit`;
  return head === null ? "There are no entries." : `Up to ${head.number}:${head.hash} ${fits}.`;
}

/** @throws CannotStart */
function readExpected(text: string): Expected {
  const [, number, hash] = /^([1-9]\d{0,14}):([0-9a-fA-F]{64})$/.exec(text.trim()) ?? [];
  if (number === undefined || hash === undefined)
    throw new CannotStart(
      "--expect must be an entry's number and hash, as `caravela audit verify` prints them: 17:9f86…",
    );
  return { number: Number(number), hash };
}
