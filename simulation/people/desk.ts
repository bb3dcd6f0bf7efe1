import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import { tasksOf } from "../../packages/server/src/domain/payment/tasks.ts";
import type { MoneyBooks } from "../../tests/books/books.ts";
import type { Dice } from "../dice.ts";
import type { Answer, Town } from "./town.ts";

const HOUR = 3_600_000;
const NOTE = "as SIBS Backoffice shows it";
/** So often a payment may ask for somebody again: there is one more thing to look at, or SIBS was quicker. */
const MOST_LOOKS = 6;

/** Those who sit at a shop's desk: every few hours they see to what its events ask a person for. */
export class Desk {
  readonly #town: Town;
  readonly #dice: Dice;
  readonly #look: () => MoneyBooks;
  #isOpen = false;
  #read = 0;

  /** @param look what SIBS's back office shows */
  constructor(town: Town, dice: Dice, look: () => MoneyBooks) {
    this.#town = town;
    this.#dice = dice;
    this.#look = look;
  }

  open(): void {
    this.#isOpen = true;
    void this.#work();
  }

  close(): void {
    this.#isOpen = false;
  }

  async #work(): Promise<void> {
    const { time, weather, wrong } = this.#town.stage;
    while (this.#isOpen) {
      await time.pass(this.#dice.between(2 * HOUR, 12 * HOUR));
      for (const subject of this.#asking()) {
        const people = weather.is("operators_at_once", subject) ? 2 : 1;
        const seen = Array.from({ length: people }, () => seesTo(this.#town, this.#dice.more(), subject, this.#look));
        await Promise.all(seen).catch((error) => wrong(subject, String(error?.stack ?? error)));
      }
    }
  }

  /** The payments of which it was told since it looked last that a person must. */
  #asking(): ReadonlySet<string> {
    const { events } = this.#town.stage.shop;
    const news = events.slice(this.#read);
    this.#read = events.length;
    const asking = news.filter(({ type }) => type === "payment.attention" || type.endsWith(".in_doubt"));
    return new Set(asking.flatMap(({ payment }) => (payment === null ? [] : [payment.id])));
  }
}

/**
 * Somebody at work looks at a payment that asks for a person: says of what is in doubt what SIBS's back office shows,
 * gives back money that is in no sum, and says that it is seen to.
 */
export async function seesTo(town: Town, dice: Dice, payment: string, look: () => MoneyBooks): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const read = await town.read(dice, `/v1/payments/${payment}`);
    if (read === null || read.status !== 200) return;
    const notDone = await settlesOperations(town, dice, read, look());
    if (notDone.size > 0) {
      const stands = look().payments.find(({ id }) => id === payment);
      await givesBack(town, dice, stands, notDone);
    }
    if (read.body.attention === null) return;
    await ends(town, dice, read, look());
  }
}

/**
 * Captures, cancellations and refunds in doubt: neither rules nor questions can end them. Gives those that were not
 * done.
 */
async function settlesOperations(
  town: Town,
  dice: Dice,
  { body }: Answer,
  { byOurId }: MoneyBooks,
): Promise<ReadonlySet<string>> {
  const notDone = new Set<string>();
  for (const one of [...body.captures, ...body.cancellations, ...body.refunds]) {
    if (one.status !== "in_doubt") continue;
    const isDone = (byOurId.get(one.id) ?? []).some(({ outcome }) => outcome === "approved");
    await town.ask(dice, `/v1/operations/${one.id}/settle`, { outcome: isDone ? "done" : "not_done", note: NOTE });
    if (!isDone) notDone.add(one.id);
  }
  return notDone;
}

/** Money that is for nothing, and of which the list of what needs somebody says that it is here still. */
async function givesBack(
  town: Town,
  dice: Dice,
  payment: Payment | undefined,
  notDone: ReadonlySet<string>,
): Promise<void> {
  for (const task of payment === undefined ? [] : tasksOf(payment)) {
    if (task.kind === "refund_failed" && !task.isOfSums && notDone.has(task.operation))
      await town.ask(dice, `/v1/payments/${payment?.id}/attempts/${task.attempt}/refunds`);
  }
}

async function ends(town: Town, dice: Dice, { body }: Answer, backOffice: MoneyBooks): Promise<void> {
  const { id, attention } = body;
  if (attention.reason === "in_doubt" && dice.happens(0.7)) {
    // biome-ignore lint/suspicious/noExplicitAny: as a shop without types reads it
    const attempt = body.attempts.find((one: any) => one.id === attention.attempt);
    const path = `/v1/payments/${id}/attempts/${attention.attempt}/settle`;
    await town.ask(dice, path, { ...shownOf(attempt, backOffice), note: NOTE });
  }
  if (attention.reason === "amount_differs" || attention.reason === "not_taken")
    await town.ask(dice, `/v1/payments/${id}/attempts/${attention.attempt}/refunds`);
  await town.pass(dice, 5, 60);
  await town.ask(dice, `/v1/payments/${id}/attention/resolve`, { note: NOTE });
}

/** What the back office shows of an attempt. */
function shownOf(
  attempt: { readonly id: string; readonly transactionId: string | null },
  backOffice: MoneyBooks,
): object {
  const own = attempt.transactionId === null ? undefined : backOffice.entries.get(attempt.transactionId);
  const taken = own ?? backOffice.byOurId.get(attempt.id)?.find(({ authorized }) => authorized > 0);
  if (taken === undefined || taken.authorized === 0) return { outcome: "not_paid" };
  return { outcome: "approved", amount: taken.authorized, transactionId: taken.id };
}
