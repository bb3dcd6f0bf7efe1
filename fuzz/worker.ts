import { type Batch, sendBatch } from "./batch.ts";
import { type Tally, tell } from "./report.ts";
import { stayHere } from "./world/only-here.ts";
import { Worlds } from "./world/world.ts";

/** What a worker is told: where its PostgreSQL is, and then one batch after the other. */
export type Order = { readonly postgres: string } | { readonly batch: Batch } | { readonly end: true };

/** What a worker says: so many more were sent, a batch is done, or it cannot go on. */
export type Said =
  | { readonly sent: number }
  | { readonly tally: Tally }
  | { readonly broken: string }
  | { readonly ready: true };

stayHere();
let worlds: Worlds | null = null;

process.on("message", (order: Order) => void follow(order).catch(breakDown));
process.on("uncaughtException", breakDown);
process.on("unhandledRejection", breakDown);
process.on("disconnect", () => process.exit(0));

async function follow(order: Order): Promise<void> {
  if ("postgres" in order) {
    worlds = new Worlds(order.postgres);
    say({ ready: true });
  } else if ("batch" in order && worlds !== null) {
    say({ tally: await tallyOf(worlds, order.batch) });
  } else {
    await worlds?.close();
    process.disconnect();
  }
}

async function tallyOf(own: Worlds, batch: Batch): Promise<Tally> {
  const { violations, digest, statuses, slowestMs, secrets } = await sendBatch(own, batch, (sent) => say({ sent }));
  const { kind, from } = batch;
  const inputs = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  return {
    kind,
    from,
    inputs,
    digest,
    statuses,
    slowestMs,
    violations: violations.map((one) => tell(batch, one, secrets)),
  };
}

function say(said: Said): void {
  process.send?.(said);
}

/** Nothing that is sent may bring a program down: where one is, the run is over. */
function breakDown(error: unknown): void {
  process.send?.(
    { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Said,
    () => process.exit(1),
  );
}
