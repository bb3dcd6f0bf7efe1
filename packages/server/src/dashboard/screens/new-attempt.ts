import { parsePhone } from "@caravela/sibs/phone";
import { type Attempt, NEW_TRIES, type NewTry, type Payment, renderAction } from "@caravela/web/dashboard";
import { type FormFields, textOf } from "../../pages/form-fields.ts";
import { addCallForm, type Read } from "../call-form.ts";
import type { Screens } from "../room.ts";
import { paymentOf } from "./payment.ts";

/** The pages on which a customer is asked to pay once more: on a phone, or by a reference. */
export function newAttemptScreens(screens: Screens): void {
  for (const wanted of NEW_TRIES) addNewAttempt(screens, wanted);
}

function addNewAttempt(screens: Screens, { kind, path, method, asksPhone }: NewTry): void {
  addCallForm<Payment, Attempt>(screens, {
    at: `/dashboard/payments/:id/${path}`,
    needs: "startAttempt",
    about: paymentOf,
    read: (fields) => (asksPhone ? readPhone(fields, method) : { body: { method } }),
    call: ({ ask }, { about: { id }, body, key }) => ask.post(`/v1/payments/${id}/attempts`, body, key),
    draw: async ({ shell }, payment, form) =>
      renderAction(await shell(), { kind, payment, about: null, most: null, form }),
    done: (_visit, attempt, { id }) => ({ to: `/dashboard/payments/${id}?done=${doneOf(attempt) ?? kind}` }),
  });
}

/** What the payment's page says of a try that was not simply begun. */
function doneOf({ inDoubt, failure }: Attempt): string | null {
  if (inDoubt) return "attempt_in_doubt";
  return failure === null ? null : "attempt_failed";
}

function readPhone(fields: FormFields, method: string): Read {
  const phone = textOf(fields, "phone").trim();
  if (phone === "") return { body: null, faults: { phone: "missing" } };
  return parsePhone(phone).ok ? { body: { method, phone } } : { body: null, faults: { phone: "no_phone" } };
}
