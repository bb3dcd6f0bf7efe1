import {
  type Approval,
  type DeliveredEvent,
  type JournalLine,
  type Listed,
  type ListedEvent,
  type Note,
  type Payment,
  type PaymentView,
  renderPayment,
  type Task,
} from "@caravela/web/dashboard";
import { textOf } from "../../pages/form-fields.ts";
import { addPress } from "../call-form.ts";
import type { Screens } from "../room.ts";
import type { Visit } from "../visit.ts";

const AT = "/dashboard/payments/:id";

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

/** What there is of a list that whoever looks may not have. */
export const NONE = { data: [], isCut: false };

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
    ask.get<Listed<JournalLine>>(`/v1/payments/${id}/journal`),
    may("listTasks") ? ask.all<Task>("/v1/tasks", { subject: payment.id }) : NONE,
    may("listApprovals") ? ask.all<Approval>("/v1/approvals", { payment: payment.id, status: "waiting" }) : NONE,
    may("listEvents") ? eventsOf(visit, payment.id) : null,
    may("listNotes") ? ask.all<Note>(`/v1/payments/${id}/notes`) : null,
  ]);
  return {
    payment,
    journal: journal.data,
    tasks,
    waiting,
    events,
    notes,
    done: query.done ?? null,
    key: key(),
    live: `/dashboard/live/payments/${id}`,
  };
}

/** The events that told of a payment, and the one whose deliveries are asked for. */
async function eventsOf({ ask, query }: Visit, payment: string): Promise<PaymentView["events"]> {
  const [all, shown] = await Promise.all([
    ask.all<ListedEvent>("/v1/events", { payment }),
    query.event ? ask.get<DeliveredEvent>(`/v1/events/${segment(query.event)}`) : null,
  ]);
  return { all, shown };
}
