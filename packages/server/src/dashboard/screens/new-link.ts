import { addDays, isCivilDate, lisbonTime } from "@caravela/platform/lisbon";
import { type Fault, type Payment, renderNewLink } from "@caravela/web/dashboard";
import { type FormFields, textOf } from "../../pages/form-fields.ts";
import { addCallForm, type Read } from "../call-form.ts";
import { amountIn } from "../forms.ts";
import type { Screens } from "../room.ts";
import type { Visit } from "../visit.ts";
import type { KnowsShops } from "./hand-over.ts";

/** The terminals at which something new can be charged. */
export interface KnowsServed {
  readonly served: readonly string[];
}

const AT = "/dashboard/links/new";

/** So long a link is good unless somebody says otherwise. */
const USUAL_DAYS = 7;

/** What makes a link by which somebody pays: a payment, whose own page says the rest. */
export function newLinkScreen({ served, shopOf }: KnowsServed & KnowsShops): (screens: Screens) => void {
  const named = served.map((id) => ({ id, merchant: shopOf(id).name }));

  return (screens) =>
    addCallForm<null, Payment>(screens, {
      at: AT,
      needs: "createPayment",
      about: async () => null,
      read: readLink,
      call: ({ ask }, { body, key }) => ask.post("/v1/payments", body, key),
      draw: async (visit, _about, form) =>
        renderNewLink(await visit.shell(), {
          form,
          until: form.typed.expiresAt ?? usualEnd(visit),
          terminals: visit.me.terminal === null ? named : [],
        }),
      done: (_visit, { id }) => ({ to: `/dashboard/payments/${id}/link` }),
    });
}

/** The day until which a link is good unless somebody says otherwise: what day it is says the clock of the API. */
function usualEnd({ today }: Visit): string {
  return addDays(today, USUAL_DAYS);
}

/**
 * Of what was typed, what a payment is made of, and what is wrong with it. The same is read each time: a second press
 * asks for what the first did.
 */
function readLink(fields: FormFields): Read {
  const typed = (name: string) => textOf(fields, name).trim();
  const said = (name: string) => (typed(name) === "" ? {} : { [name]: typed(name) });
  const amount = amountIn(fields, "amount");
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
