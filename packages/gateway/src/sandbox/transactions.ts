import type { Http } from "@caravela/platform/http";
import { eurosText } from "@caravela/sibs/money";
import type { Static } from "typebox";
import { shownPaymentType } from "../domain/notice.ts";
import {
  deadlineOf,
  looksLikeTransactionId,
  paymentStatusOf,
  TRANSACTION_ID,
  type Transaction,
} from "../domain/transaction.ts";
import type { Transactions } from "../transactions/transactions.ts";
import { paged, pageQuery } from "./pages.ts";
import { sandboxProblems } from "./problems.ts";

const Query = pageQuery({ pattern: TRANSACTION_ID });

/** `GET /sandbox/transactions` and `/{transactionID}`: all of them, newest first; one with its journal. */
export function serveTransactions(http: Http, { transactions }: { transactions: Transactions }): void {
  http.get<{ Querystring: Static<typeof Query> }>(
    "/sandbox/transactions",
    { schema: { querystring: Query } },
    async ({ query: { limit, after } }) => {
      const { page, next } = paged(await transactions.list(limit + 1, after ?? null), limit, ({ id }) => id);
      return { transactions: page.map(listed), next };
    },
  );
  http.get<{ Params: { id: string } }>("/sandbox/transactions/:id", async ({ params: { id } }) => {
    const found = looksLikeTransactionId(id) ? await transactions.findWithJournal(id) : null;
    if (found === null) throw sandboxProblems.unknownTransaction();
    return { ...listed(found.transaction), journal: found.journal };
  });
}

function listed(transaction: Transaction) {
  return {
    transactionID: transaction.id,
    terminalId: transaction.terminalId,
    merchantTransactionId: transaction.merchantTransactionId,
    paymentType: shownPaymentType(transaction),
    paymentMethod: transaction.method,
    paymentStatus: paymentStatusOf(transaction),
    amount: eurosText(transaction.amount),
    captured: eurosText(transaction.sums.captured),
    refunded: eurosText(transaction.sums.refunded),
    deadline: deadlineOf(transaction).toISOString(),
  };
}
