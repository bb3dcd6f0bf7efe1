import { dueStatements } from "../../../../packages/platform/src/postgres/due-statements.ts";
import { dueRows } from "../../../../packages/server/src/work/rows.ts";
import { Workers } from "../../../../packages/server/src/work/workers.ts";

interface Asked {
  readonly name: string;
  readonly text: string;
}

const DUE = {
  notifications: ["caravela.notification", "id"],
  mandates: ["caravela.mandate", "id"],
  "mandates that may wait": ["caravela.mandate", "id"],
  payments: ["caravela.payment", "id"],
  "payments that may wait": ["caravela.payment", "id"],
  deliveries: ["caravela.delivery", "id"],
  chores: ["caravela.chore", "name"],
} as const;

export type DueName = keyof typeof DUE;
export const DUE_NAMES = Object.keys(DUE) as readonly DueName[];

/** The statements by which the server looks for what is due, by their names: as its own workers make them. */
export async function lookingForWhatIsDue(): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const ask = async ({ name, text }: Asked) => {
    const isNew = !texts.has(name);
    texts.set(name, text);
    return { rows: [{ due: isNew }].filter(() => name.startsWith("due-any")) };
  };
  const pool = { query: ask };
  const clock = { now: () => new Date(0) };
  const log = { child: () => log, error: () => undefined, warn: () => undefined };
  const rows = dueRows({ pool, clock, log, ports: {}, counters: {} } as never);
  for (const one of Object.values(rows)) {
    await one.drain();
    await one.nextDue();
  }
  const inFlight = { ended: async () => undefined, size: 0 };
  await new Workers(Object.values(rows), { pool, clock, inFlight } as never).settle();
  return texts;
}

/** The statements by which rows in hand are held on to, and given back. */
export function holding(name: DueName) {
  const [table, key] = DUE[name];
  const { renew, giveBack } = dueStatements({ name, table, key, columns: key });
  return { renew, giveBack };
}
