import {
  type Approval,
  type DeliveredEvent,
  type JournalLine,
  type Note,
  type Page,
  type Payment,
  type PaymentView,
  renderPayment,
  type ShopEvent,
  type Task,
} from "@caravela/web/dashboard";
import { textOf } from "../../pages/form-fields.ts";
import { addPress } from "../call-form.ts";
import type { Screens } from "../room.ts";
import type { Visit } from "../visit.ts";

const AT = "/dashboard/payments/:id";

/** So many events of a payment are shown: hardly any has more. */
const MOST_EVENTS = "50";

/** The page of a payment, and the presses on it that need no page of their own. */
export function paymentScreen(screens: Screens): void {
  screens.show(AT, async (visit) => renderPayment(await visit.shell(), await viewOf(visit)));

  addPress(screens, `${AT}/events/:event/resend`, async ({ ask, params: { id = "", event = "" } }, key) => ({
    outcome: await ask.post(`/v1/events/${segment(event)}/resend`, null, key),
    to: `/dashboard/payments/${segment(id)}?done=resend`,
  }));

  addPress(screens, `${AT}/notes`, async ({ ask, params: { id = "" } }, key, fields) => ({
    outcome: await ask.post(`/v1/payments/${segment(id)}/notes`, { text: textOf(fields, "text") }, key),
    to: `/dashboard/payments/${segment(id)}?done=note#notes`,
  }));
}

/** What an address names, as a part of another. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}

/** The payment that an address names. */
export function paymentOf({ ask, params: { id = "" } }: Visit): Promise<Payment> {
  return ask.get<Payment>(`/v1/payments/${segment(id)}`);
}

async function viewOf(visit: Visit): Promise<PaymentView> {
  const { ask, may, query, key, params } = visit;
  const id = segment(params.id ?? "");
  // What there is around a payment that there is not need not be asked for.
  const payment = await paymentOf(visit);
  const [journal, tasks, waiting, events, notes] = await Promise.all([
    ask.get<Page<JournalLine>>(`/v1/payments/${id}/journal`),
    may("listTasks") ? ask.get<Page<Task>>("/v1/tasks", { subject: payment.id, limit: "20" }) : { data: [] },
    may("listApprovals")
      ? ask.get<Page<Approval>>("/v1/approvals", { payment: payment.id, status: "waiting", limit: "20" })
      : { data: [] },
    may("listEvents") ? eventsOf(visit, payment.id) : null,
    may("listNotes") ? ask.get<Page<Note>>(`/v1/payments/${id}/notes`) : null,
  ]);
  return {
    payment,
    journal: journal.data,
    tasks: tasks.data,
    waiting: waiting.data,
    events,
    notes: notes?.data ?? null,
    done: query.done ?? null,
    key: key(),
    live: `/dashboard/live/payments/${id}`,
  };
}

/** The events that told of a payment, which of them did not arrive, and the one whose deliveries are asked for. */
async function eventsOf({ ask, query }: Visit, payment: string): Promise<PaymentView["events"]> {
  const [all, undelivered, shown] = await Promise.all([
    ask.get<Page<ShopEvent>>("/v1/events", { payment, limit: MOST_EVENTS }),
    ask.get<Page<ShopEvent>>("/v1/events", { payment, undelivered: "true", limit: MOST_EVENTS }),
    query.event ? ask.get<DeliveredEvent>(`/v1/events/${segment(query.event)}`) : null,
  ]);
  return { data: all.data, undelivered: undelivered.data.map(({ id }) => id), shown };
}
