import { type FormView, type Operation, renderRefund } from "@caravela/web/dashboard";
import { textOf } from "../../pages/form-fields.ts";
import { amountIn, faultyForm, formAgain, freshForm, isDone, typedBefore } from "../forms.ts";
import type { Drawn, Screens } from "../room.ts";
import { paymentOf } from "./payment.ts";

const AT = "/dashboard/payments/:id/refund";

/** The page on which money is given back. */
export function refundScreen(screens: Screens): void {
  screens.show(AT, async (visit) => {
    visit.mustHave("refundPayment");
    const payment = await paymentOf(visit);
    return renderRefund(await visit.shell(), { payment, form: freshForm(visit.key(), typedBefore(visit)) });
  });

  screens.press(AT, async (visit, fields): Promise<Drawn> => {
    visit.mustHave("refundPayment");
    const payment = await paymentOf(visit);
    const again = async (form: FormView) => ({
      html: renderRefund(await visit.shell(), { payment: await paymentOf(visit), form }),
      status: form.problem?.status ?? 422,
    });
    // how much is left is the API's to say: a press that came twice finds nothing left, and is answered as the first
    // was
    const amount = amountIn(fields, "amount", null);
    if (typeof amount !== "number") return again(faultyForm(fields, { amount }));
    const outcome = await visit.ask.post<Operation>(
      `/v1/payments/${payment.id}/refunds`,
      { amount },
      textOf(fields, "key"),
    );
    if (!isDone(outcome)) return again(formAgain(fields, outcome.refused, visit.key));
    return { to: `/dashboard/payments/${payment.id}?done=${doneOf(outcome.done)}` };
  });
}

/**
 * What the payment's page says of it: that it was asked for, that it was refused, or that nobody knows.
 */
function doneOf(refund: Operation): string {
  if (refund.status === "in_doubt") return "refund_in_doubt";
  if (refund.status === "failed") return "refund_failed";
  return "refund";
}
