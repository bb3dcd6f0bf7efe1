import { type Approval, type Operation, type Payment, REFUND_REASONS, renderRefund } from "@caravela/web/dashboard";
import { type FormFields, textOf } from "../../pages/form-fields.ts";
import { addCallForm, type Read } from "../call-form.ts";
import { amountIn } from "../forms.ts";
import type { Screens } from "../room.ts";
import { saidOf } from "./made.ts";
import { paymentOf } from "./payment.ts";

/** The page on which money is given back. */
export function refundScreen(screens: Screens): void {
  addCallForm<Payment, Operation | Approval>(screens, {
    at: "/dashboard/payments/:id/refund",
    needs: "refundPayment",
    about: paymentOf,
    read: readRefund,
    call: ({ ask }, { about: { id }, body, key }) => ask.post(`/v1/payments/${id}/refunds`, body, key),
    draw: async ({ shell }, payment, form) => renderRefund(await shell(), { payment, form }),
    done: (_visit, done, { id }) => ({ to: `/dashboard/payments/${id}?done=${saidOf(done, "refund")}` }),
  });
}

function readRefund(fields: FormFields): Read {
  const amount = amountIn(fields, "amount");
  if (typeof amount !== "number") return { body: null, faults: { amount } };
  const reason = REFUND_REASONS.find((one) => one === textOf(fields, "reason")) ?? "other";
  const note = textOf(fields, "note").trim();
  return { body: { amount, reason, ...(note !== "" && { note }) } };
}
