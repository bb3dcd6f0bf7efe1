import { addDays, isCivilDate, lisbonDate, lisbonTime } from "@caravela/platform/lisbon";
import { type Fault, type FormView, type Health, type Payment, renderNewLink } from "@caravela/web/dashboard";
import { type FormFields, textOf } from "../../pages/form-fields.ts";
import { amountIn, faultyForm, formAgain, freshForm, isDone } from "../forms.ts";
import type { Drawn, Screens } from "../room.ts";
import type { Visit } from "../visit.ts";
import type { KnowsMerchants } from "./hand-over.ts";

/** The terminals at which something new can be charged. */
export interface KnowsServed {
  readonly served: readonly string[];
}

const AT = "/dashboard/links/new";

/** So long a link is good unless somebody says otherwise. */
const USUAL_DAYS = 7;

/** What makes a link by which somebody pays: a payment, whose own page says the rest. */
export function newLinkScreen({ served, merchantOf }: KnowsServed & KnowsMerchants): (screens: Screens) => void {
  const named = served.map((id) => ({ id, merchant: merchantOf(id).merchantName }));
  const draw = async ({ shell, me }: Visit, form: FormView, until: string) =>
    renderNewLink(await shell(), { form, until, terminals: me.terminal === null ? named : [] });

  return (screens) => {
    screens.show(AT, async (visit) => {
      visit.mustHave("createPayment");
      // what day it is says the clock of the API
      const { at } = await visit.ask.get<Health>("/v1/health");
      return draw(visit, freshForm(visit.key()), addDays(lisbonDate(new Date(at)), USUAL_DAYS));
    });

    screens.press(AT, async (visit, fields): Promise<Drawn> => {
      visit.mustHave("createPayment");
      const again = async (form: FormView) => ({
        html: await draw(visit, form, ""),
        status: form.problem?.status ?? 422,
      });
      const { body, faults } = readLink(fields);
      if (Object.keys(faults).length > 0) return again(faultyForm(fields, faults));
      const outcome = await visit.ask.post<Payment>("/v1/payments", body, textOf(fields, "key"));
      if (!isDone(outcome)) return again(formAgain(fields, outcome.refused, visit.key));
      return { to: `/dashboard/payments/${outcome.done.id}/link` };
    });
  };
}

/**
 * Of what was typed, what a payment is made of, and what is wrong with it. The same is read each time: a second press
 * asks for what the first did.
 */
function readLink(fields: FormFields): { readonly body: object; readonly faults: Record<string, Fault> } {
  const typed = (name: string) => textOf(fields, name).trim();
  const said = (name: string) => (typed(name) === "" ? {} : { [name]: typed(name) });
  const amount = amountIn(fields, "amount", null);
  const until = typed("expiresAt");
  const methods = typed("methods");
  const faults: Record<string, Fault> = {
    ...(typeof amount !== "number" && { amount }),
    ...(typed("reference") === "" && { reference: "missing" }),
    ...(!isCivilDate(until) && { expiresAt: until === "" ? "missing" : "refused" }),
  };
  const body = {
    amount,
    currency: "EUR",
    reference: typed("reference"),
    ...said("description"),
    ...said("terminal"),
    ...(methods !== "" && methods !== "all" && { methods: [methods] }),
    ...(isCivilDate(until) && { expiresAt: endOf(until) }),
  };
  return { body, faults };
}

/** The last second of a day in Lisbon. */
function endOf(date: string): string {
  return new Date(lisbonTime(addDays(date, 1), 0) - 1000).toISOString();
}
