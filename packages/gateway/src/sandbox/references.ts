import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { httpProblems, type Problem } from "@caravela/platform/problems";
import { REMEDY } from "@caravela/platform/validation";
import { type Cents, eurosText, parseEuros } from "@caravela/sibs/money";
import { Type } from "typebox";
import { type AtmAnswer, payAtAtm } from "../networks/atm/atm.ts";
import type { Transactions } from "../transactions/transactions.ts";
import { sandboxProblems } from "./problems.ts";

const Paid = Type.Object({
  amount: Type.Union([Type.String({ maxLength: 20 }), Type.Number()], {
    [REMEDY]: 'must be an amount in euros, as "5.50"',
  }),
});

/** `POST /sandbox/references/{entity}/{reference}/pay`: somebody pays at an ATM. */
export function serveReferences(http: Http, options: { transactions: Transactions; clock: Clock }): void {
  http.post<{ Params: { entity: string; reference: string }; Body: { amount: string | number } }>(
    "/sandbox/references/:entity/:reference/pay",
    { schema: { body: Paid } },
    async ({ params: { entity, reference }, body }) => {
      const answer = await payAtAtm(options, { entity, reference, amount: amountOf(body.amount) });
      if (answer.kind !== "paid") throw problemOf(answer.kind);
      const { id, sums, reference: paid } = answer.payment;
      const paidAt = paid?.paidAt?.toISOString() ?? null;
      return { id, entity, reference, amount: eurosText(sums.captured), paidAt };
    },
  );
}

function amountOf(written: string | number): Cents {
  try {
    return parseEuros(written);
  } catch {
    throw httpProblems.invalidRequest([{ field: "/amount", message: 'must be an amount in euros, such as "5.50"' }]);
  }
}

function problemOf(kind: Exclude<AtmAnswer["kind"], "paid">): Problem {
  switch (kind) {
    case "unknown":
      return sandboxProblems.unknownReference();
    case "wrong_amount":
      return sandboxProblems.wrongAmount();
    case "not_yet_valid":
      return sandboxProblems.notYetValid();
    case "canceled":
      return sandboxProblems.referenceCanceled();
    case "lapsed":
      return sandboxProblems.referenceLapsed();
    case "already_paid":
      return sandboxProblems.referencePaid();
  }
}
