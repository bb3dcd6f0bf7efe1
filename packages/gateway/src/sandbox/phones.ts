import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { eurosText } from "@caravela/sibs/money";
import { Type } from "typebox";
import { answerableUntil } from "../domain/methods/mbway.ts";
import { paymentStatusOf, type Transaction } from "../domain/transaction.ts";
import { isAlias, pressOnPhone } from "../networks/phone/phone.ts";
import type { Terminals } from "../terminals/terminals.ts";
import type { Transactions } from "../transactions/transactions.ts";
import { sandboxProblems } from "./problems.ts";

const Pressed = Type.Object({ id: Type.Optional(Type.String()) });

/** `/sandbox/phones/{alias}`: what waits on a phone, and its owner's answers. */
export function servePhones(
  http: Http,
  options: { transactions: Transactions; terminals: Terminals; clock: Clock },
): void {
  const { transactions, terminals } = options;
  http.get<{ Params: { alias: string } }>("/sandbox/phones/:alias", async ({ params: { alias } }) => {
    if (!isAlias(alias)) throw sandboxProblems.nothingWaits();
    const found = await transactions.findWaiting(alias);
    const waiting = await Promise.all(found.map((payment) => requestOf(payment, terminals)));
    return { alias, waiting, mandates: [] };
  });
  for (const [path, pressed] of [
    ["approve", "approved"],
    ["decline", "declined"],
  ] as const) {
    http.post<{ Params: { alias: string }; Body: { id?: string } }>(
      `/sandbox/phones/:alias/${path}`,
      { schema: { body: Pressed } },
      async ({ params, body }) => {
        const answered = await pressOnPhone(options, params.alias, pressed, body.id ?? null);
        if (answered === null) throw sandboxProblems.nothingWaits();
        return { id: answered.id, outcome: pressed, paymentStatus: paymentStatusOf(answered) };
      },
    );
  }
}

async function requestOf(payment: Transaction, terminals: Terminals) {
  return {
    id: payment.id,
    kind: "purchase",
    amount: eurosText(payment.amount),
    currency: "EUR",
    merchant: (await terminals.find(payment.terminalId))?.merchantName ?? "",
    description: payment.description,
    askedAt: payment.asked?.at.toISOString() ?? null,
    expiresAt: answerableUntil(payment).toISOString(),
  };
}
