import type { Instant } from "../domain/time.ts";
import type { Breaker } from "../sibs/breaker.ts";

/** What is done may make more due at once; beyond so many passes it waits for a second, so that no fault can spin. */
const MOST_PASSES = 5;

interface Work<Task> {
  /** Everything whose time has come now. */
  readonly tasks: () => Promise<readonly Task[]>;
  /** Whether the task calls SIBS for nobody who waits for it, so that it waits itself while SIBS is spared. */
  readonly canWait: (task: Task) => boolean;
  readonly perform: (task: Task) => Promise<void>;
}

/**
 * Does whatever is due, and what becomes due by it. Until when what was left undone must rest because SIBS is spared;
 * 0: nothing was left.
 */
export async function doDueWork<Task>(breaker: Breaker, { tasks, canWait, perform }: Work<Task>): Promise<Instant> {
  let restsUntil = 0;
  for (let pass = 0; pass < MOST_PASSES && restsUntil === 0; pass += 1) {
    const due = await tasks();
    if (due.length === 0) break;
    for (const task of due) {
      const rest = canWait(task) ? breaker.restsUntil() : null;
      if (rest === null) await perform(task);
      else restsUntil = Math.max(restsUntil, rest);
    }
  }
  return restsUntil;
}
