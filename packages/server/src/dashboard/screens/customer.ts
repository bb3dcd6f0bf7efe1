import {
  type FormView,
  type Listed,
  type Mandate,
  type Payment,
  renderCustomer,
  renderCustomerAction,
  type SavedCard,
} from "@caravela/web/dashboard";
import { textOf } from "../../pages/form-fields.ts";
import { formAgain, freshForm, isDone } from "../forms.ts";
import type { Drawn, Screens } from "../room.ts";
import type { Visit } from "../visit.ts";
import { segment } from "./payment.ts";

const AT = "/dashboard/customers/:id";
const REMOVE = `${AT}/cards/:card/remove`;
const ERASE = `${AT}/erase`;

/** So many of their payments and mandates are shown here; the rest is a filter of their lists. */
const SHOWN = 20;

/** What is known of a customer, by the shop's own id of them, and what takes it away. */
export function customerScreens(screens: Screens): void {
  screens.show(AT, async (visit) => {
    const { ask, query, shell } = visit;
    const customer = customerIn(visit);
    const [payments, mandates, cards] = await Promise.all([
      ask.newest<Payment>("/v1/payments", { customer }, SHOWN),
      ask.newest<Mandate>("/v1/mandates", { customer }, SHOWN),
      cardsOf(visit),
    ]);
    return renderCustomer(await shell(), {
      id: customer,
      payments,
      mandates,
      cards,
      done: query.done ?? null,
      live: `/dashboard/live/customers/${segment(customer)}`,
    });
  });

  const drawCard = async (visit: Visit, form: FormView) => {
    const { card = "" } = visit.params;
    const found = (await cardsOf(visit)).find(({ id }) => id === card) ?? null;
    const html = renderCustomerAction(await visit.shell(), {
      customer: customerIn(visit),
      card: { id: card, found },
      form,
    });
    return { html, status: found === null ? 404 : (form.problem?.status ?? 200) };
  };
  screens.show(REMOVE, async (visit) => {
    visit.mustHave("deleteToken");
    return drawCard(visit, freshForm(visit.key()));
  });
  screens.press(REMOVE, async (visit, fields): Promise<Drawn> => {
    visit.mustHave("deleteToken");
    // a card of somebody else is not removed by an address that names this customer
    const isTheirs = (await cardsOf(visit)).some(({ id }) => id === visit.params.card);
    if (!isTheirs) return drawCard(visit, freshForm(visit.key()));
    const outcome = await visit.ask.delete(`/v1/tokens/${segment(visit.params.card ?? "")}`);
    if (!isDone(outcome)) return drawCard(visit, formAgain(fields, outcome.refused, visit.key));
    return { to: `${pathOf(visit)}?done=card` };
  });

  const drawErase = async (visit: Visit, form: FormView) =>
    renderCustomerAction(await visit.shell(), { customer: customerIn(visit), card: null, form });
  screens.show(ERASE, async (visit) => {
    visit.mustHave("eraseCustomer");
    return drawErase(visit, freshForm(visit.key()));
  });
  screens.press(ERASE, async (visit, fields): Promise<Drawn> => {
    visit.mustHave("eraseCustomer");
    const call = `/v1/customers/${segment(customerIn(visit))}/erase`;
    const outcome = await visit.ask.post(call, null, textOf(fields, "key"));
    if (isDone(outcome)) return { to: `${pathOf(visit)}?done=erase` };
    const form = formAgain(fields, outcome.refused, visit.key);
    return { html: await drawErase(visit, form), status: outcome.refused.status };
  });
}

function customerIn({ params: { id = "" } }: Visit): string {
  return id;
}

function pathOf(visit: Visit): string {
  return `/dashboard/customers/${segment(customerIn(visit))}`;
}

/** All of them: they come whole. */
async function cardsOf(visit: Visit): Promise<readonly SavedCard[]> {
  const { data } = await visit.ask.get<Listed<SavedCard>>("/v1/tokens", { customer: customerIn(visit) });
  return data;
}
