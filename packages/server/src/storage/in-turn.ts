import { DatabaseAway } from "@caravela/platform/postgres/away";

/**
 * Has what this process does to one subject done one after the other, in the order in which it was asked for. Side by
 * side, of many decisions about one payment each would undo all the others but one.
 */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  /** @throws what the work threw, or the DatabaseAway that the one before met: it waited long enough for both. */
  do<T>(subject: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(subject);
    const turn = before === undefined ? work() : before.then(work, (error) => afterFailure(error, work));
    this.#last.set(subject, turn);
    const end = () => {
      if (this.#last.get(subject) === turn) this.#last.delete(subject);
    };
    turn.then(end, end);
    return turn;
  }
}

/** What went wrong with one decision is no fault of the next, unless the database itself could not be asked. */
function afterFailure<T>(error: unknown, work: () => Promise<T>): Promise<T> {
  if (error instanceof DatabaseAway) throw error;
  return work();
}
