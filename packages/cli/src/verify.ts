import type { Environment } from "@caravela/platform/settings";
import { countVerifiable, type Unknown, unknownMoney, type Verified, verify } from "@caravela/server";
import { Presets, SingleBar } from "cli-progress";
import { onDatabase, refuseNoData, transacting } from "./move/database.ts";
import { type Output, PEOPLE } from "./output.ts";

/** All that is read is of one moment, whoever goes on writing. */
const BEGIN = "begin isolation level repeatable read read only";

/**
 * Replays every journal and names each payment and mandate whose stored state is another; and tells of money that SIBS
 * notified and that is of nothing here. @returns whether all agree
 */
export async function verifyAll(env: Environment, output: Output = PEOPLE): Promise<boolean> {
  refuseNoData(env);
  return onDatabase(env, (url) =>
    transacting(url, BEGIN, async (client) => {
      const total = await countVerifiable(client);
      const bar = progress(total);
      const faults: Verified[] = [];
      try {
        for await (const one of verify(client)) {
          bar?.increment();
          const words = wordsFor(one);
          if (words === null) continue;
          faults.push(one);
          output.note(words);
        }
      } finally {
        bar?.stop();
      }
      const unknown = await unknownMoney(client);
      for (const one of unknown) output.note(wordsForUnknown(one));
      const all = `${total} payments and authorised payments`;
      const differ = faults.length;
      const line = differ === 0 ? `${all}: each is what its journal says.` : `${all}: ${differ} of them differ.`;
      output.result({ total, differing: faults, unknown }, line);
      return differ === 0;
    }),
  );
}

function wordsFor({ table, id, differing, fault }: Verified): string | null {
  if (fault !== null) return `${table} ${id} cannot be replayed: ${fault}`;
  return differing.length === 0 ? null : `${table} ${id} differs from its journal in ${differing.join(", ")}`;
}

function wordsForUnknown({ transactionId, merchantTransactionId, type, amount, receivedAt }: Unknown): string {
  return `SIBS notified ${type ?? "something"} of ${amount ?? "?"} EUR, which is of nothing here: its transaction ${transactionId ?? "?"}, the merchant's ${merchantTransactionId ?? "?"}, heard of at ${receivedAt}`;
}

/** How far it has come, for whoever watches; null: nobody does. */
function progress(total: number): SingleBar | null {
  if (!process.stderr.isTTY) return null;
  const bar = new SingleBar({ stream: process.stderr, clearOnComplete: true }, Presets.shades_classic);
  bar.start(total, 0);
  return bar;
}
