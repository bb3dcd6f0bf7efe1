import { fork } from "node:child_process";
import { join } from "node:path";
import type { Batch, Progress } from "./batch.ts";
import type { Tally } from "./report.ts";
import type { Order, Said } from "./worker.ts";

interface Ground {
  /** The address of a PostgreSQL whose user may make databases. */
  readonly postgres: string;
  readonly done: (tally: Tally) => void;
  readonly progress?: Progress;
}

/**
 * Has so many processes send some batches, each one after the other. @throws Error where one broke down, with what it
 * was sending
 */
export async function sendBy(workers: number, batches: readonly Batch[], ground: Ground): Promise<void> {
  const left = [...batches];
  await Promise.all(Array.from({ length: Math.min(workers, left.length) }, () => work(left, ground)));
}

/** One worker, that takes a batch after the other. @throws Error where it broke down, with what it was sending */
function work(batches: Batch[], { postgres, done, progress }: Ground): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(join(import.meta.dirname, "worker.ts"), { execArgv: ["--conditions=@caravela/source"] });
    let current: Batch | undefined;
    const order = (one: Order) => worker.send(one);
    worker.on("message", (said: Said) => {
      if ("broken" in said)
        return reject(new Error(`broken down at ${current?.kind}/${current?.from}: ${said.broken}`));
      if ("sent" in said) return progress?.(said.sent);
      if ("tally" in said) done(said.tally);
      current = batches.shift();
      order(current === undefined ? { end: true } : { batch: current });
    });
    worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
    order({ postgres });
  });
}
