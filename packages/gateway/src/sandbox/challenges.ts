import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { eurosText } from "@caravela/sibs/money";
import { type Action, maskedPan } from "../domain/card.ts";
import type { ChallengeEnding } from "../domain/card-scenarios.ts";
import type { Transaction } from "../domain/transaction.ts";
import { end } from "../networks/issuer/issuer.ts";
import type { Terminals } from "../terminals/terminals.ts";
import type { Transactions } from "../transactions/transactions.ts";
import { sandboxProblems } from "./problems.ts";

interface Options {
  readonly transactions: Transactions;
  readonly terminals: Terminals;
  readonly clock: Clock;
}

const presses: readonly [path: string, type: Action["type"], ending: ChallengeEnding | "done"][] = [
  ["challenges/:id/pass", "THREEDS_CHALLENGE", "passed"],
  ["challenges/:id/fail", "THREEDS_CHALLENGE", "failed"],
  ["challenges/:id/cancel", "THREEDS_CHALLENGE", "canceled"],
  ["challenges/:id/timeout", "THREEDS_CHALLENGE", "timed_out"],
  ["methods/:id/done", "THREEDS_METHOD", "done"],
];

/**
 * `/sandbox/challenges` and `/sandbox/methods`: what the customer's browser does at the card's issuer. `{id}` is the
 * action's or the transaction's.
 */
export function serveChallenges(http: Http, options: Options): void {
  http.get("/sandbox/challenges", async () => {
    const waiting = await options.transactions.findChallenged();
    return { challenges: await Promise.all(waiting.map((payment) => listed(payment, options.terminals))) };
  });
  for (const [path, type, ending] of presses) {
    http.post<{ Params: { id: string } }>(`/sandbox/${path}`, async ({ params }) => {
      const ended = await end(options, params.id, type, ending);
      if (ended === null) throw sandboxProblems.nothingWanted();
      return { id: ended.card.action.id, transactionID: ended.id, ending };
    });
  }
}

async function listed(payment: Transaction, terminals: Terminals) {
  const { card, deadline } = payment;
  return {
    id: card?.action?.id ?? null,
    transactionID: payment.id,
    card: card && maskedPan(card.kept),
    amount: eurosText(payment.amount),
    currency: "EUR",
    merchant: (await terminals.find(payment.terminalId))?.merchantName ?? "",
    askedAt: card?.action?.askedAt.toISOString() ?? null,
    expiresAt: deadline.toISOString(),
    ending: card?.action?.ending ?? null,
  };
}
