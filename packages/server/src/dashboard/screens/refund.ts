import { type Approval, type FormView, type Operation, REFUND_REASONS, renderRefund } from "@caravela/web/dashboard";
import { textOf } from "../../pages/form-fields.ts";
import { amountIn, faultyForm, formAgain, freshForm, isDone, typedBefore } from "../forms.ts";
import type { Drawn, Screens } from "../room.ts";
import { paymentOf } from "./payment.ts";

const AT = "/dashboard/payments/:id/refund";

/** How the API answers where a refund waits for a second person. */
const WAITS = 202;

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
    const reason = REFUND_REASONS.find((one) => one === textOf(fields, "reason")) ?? "other";
    const note = textOf(fields, "note").trim();
    const outcome = await visit.ask.post<Operation | Approval>(
      `/v1/payments/${payment.id}/refunds`,
      { amount, reason, ...(note !== "" && { note }) },
      textOf(fields, "key"),
    );
    if (!isDone(outcome)) return again(formAgain(fields, outcome.refused, visit.key));
    return { to: `/dashboard/payments/${payment.id}?done=${doneOf(outcome.status, outcome.done)}` };
  });
}

/**
 * What the payment's page says of it: that it was asked for, waits for a second person, was refused, or that nobody
 * knows.
 */
function doneOf(status: number, { status: standing }: Operation | Approval): string {
  if (status === WAITS) return "approval";
  if (standing === "in_doubt") return "refund_in_doubt";
  if (standing === "failed") return "refund_failed";
  return "refund";
}
