import { Problem } from "@caravela/platform/problems";
import type { Payer } from "../attempts/methods/types.ts";
import { missingOfPayer, payerOf } from "../attempts/terms.ts";
import type { Payment } from "../domain/payment/state.ts";
import { PROBLEMS } from "../http/problem-kinds.ts";
import { problem } from "../http/problems.ts";
import { said } from "../http/said.ts";
import type { KnowsTerminals } from "../terminals.ts";
import type { AttemptBody } from "./methods/types.ts";
import { readAddress } from "./read-customer.ts";

/**
 * Reads whose card it is, and sees that SIBS will be told enough.
 * @throws Problem 422 naming each field that is missing.
 */
export function readPayer(body: AttemptBody["customer"], payment: Payment, { terminals }: KnowsTerminals): Payer {
  if (typeof body === "string" || body?.id != null) {
    throw problem("not_possible", "For a card, say `name`, `email` and `billingAddress`; `id` has no place here.", {
      field: typeof body === "string" ? "/customer" : "/customer/id",
    });
  }
  const { name, email, billingAddress } = body ?? {};
  const payer = {
    name: said(name),
    email: said(email),
    billingAddress: readAddress(billingAddress, "/customer/billingAddress"),
  };
  const missing = missingOfPayer(payerOf(payment, payer), terminals.of(payment));
  if (missing.length === 0) return payer;
  const errors = missing.map((field) => ({ field: `/customer/${field}`, message: "is needed for a card" }));
  const detail = "Say whose card it is, in the payment's `customer` or in the attempt's.";
  throw new Problem({ code: "customer_missing", ...PROBLEMS.customer_missing, detail, errors });
}
