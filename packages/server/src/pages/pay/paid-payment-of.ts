import { cents } from "@caravela/sibs/money";
import { maskPhone } from "@caravela/sibs/phone";
import type { PaidPayment } from "@caravela/web/pay";
import { isInSums } from "../../domain/payment/operation.ts";
import { type FundedPayment, fundedAttempt } from "../../domain/payment/state.ts";
import { brandOf } from "./card-forms.ts";
import { onPageOf } from "./methods/index.ts";

/** What a receipt says of it. @param taxNumber the shop's; null: it did not say. */
export function paidPaymentOf(
  payment: Extract<FundedPayment, { status: "paid" }>,
  taxNumber: string | null,
): PaidPayment {
  const { amountCaptured, amountRefunded, operations } = payment;
  const funded = fundedAttempt(payment);
  const { card = null, phone = null, reference = null } = funded ?? {};
  const refunds = operations.filter((one) => one.kind === "refund" && isInSums(one) && one.status === "succeeded");
  return {
    number: payment.id,
    taxNumber,
    paidAt: new Date(payment.paidAt).toISOString(),
    method: funded === null ? null : onPageOf(funded.method).shownAs,
    card: card === null ? null : { brand: brandOf(card.brand), lastFour: card.lastFour },
    phone: phone === null ? null : maskPhone(phone),
    reference: reference === null ? null : { entity: reference.entity, reference: reference.reference },
    amount: amountCaptured,
    refunds: refunds.map(({ amount, createdAt }) => ({ amount, at: new Date(createdAt).toISOString() })),
    kept: cents(amountCaptured - amountRefunded),
  };
}
