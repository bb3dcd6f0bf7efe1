import type { Instant } from "../domain/time.ts";

/** What is done may make more due at once; beyond so many passes it waits for a second, so that no fault can spin. */
const MOST_PASSES = 5;

interface Work<Task> {
  /** Everything whose time has come now. */
  readonly tasks: () => Promise<readonly Task[]>;
  /** Until when a task must rest; null: it need not. */
  readonly rests: (task: Task) => Instant | null;
  readonly perform: (task: Task) => Promise<void>;
}

/**
 * Does whatever is due, and what becomes due by it. Until when what was left undone must rest; 0: nothing was left.
 */
export async function doDueWork<Task>({ tasks, rests, perform }: Work<Task>): Promise<Instant> {
  let restsUntil = 0;
  for (let pass = 0; pass < MOST_PASSES && restsUntil === 0; pass += 1) {
    const due = await tasks();
    if (due.length === 0) break;
    for (const task of due) {
      const rest = rests(task);
      if (rest === null) await perform(task);
      else restsUntil = Math.max(restsUntil, rest);
    }
  }
  return restsUntil;
}
