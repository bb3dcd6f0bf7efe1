import type { Task } from "@caravela/web/dashboard";
import { renderTaskAction, renderTasks } from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import { paid } from "./sample-payments.ts";
import { form, shellOf } from "./visitors.ts";

/** A refund of which nobody knows. */
export const task: Task = {
  id: "tsk_1",
  kind: "operation_in_doubt",
  subject: paid.id,
  reference: paid.reference,
  since: "2026-11-28T10:12:00Z",
  text: "Perdeu-se a resposta da SIBS, e a SIBS ainda não disse se foi feito. Se durar, consulte o SIBS Backoffice.",
  next: "Pergunta-se à SIBS até se saber; não volta a ser enviado.",
  actions: [
    { method: "POST", path: "/v1/operations/rfd_2/settle", text: "Dizer se foi feito." },
    { method: "GET", path: `/v1/payments/${paid.id}/journal`, text: "Ler o que aconteceu." },
  ],
};

const undelivered: Task = {
  id: "events_undelivered.ep_1",
  kind: "events_undelivered",
  subject: "ep_1",
  reference: null,
  since: "2026-11-28T09:12:00Z",
  text: "Your endpoint has not taken events (12). See that it answers with 2xx.",
  next: "What is not given up is tried again, for three days in all.",
  actions: [
    { method: "POST", path: "/v1/events/resend", text: "Send them again, with `{}`." },
    { method: "POST", path: "/v1/tasks/events_undelivered.ep_1/done", text: "Say that it is done with." },
  ],
};

/** The screens of what needs a person, in their states. */
export const taskStates: Record<string, (lang: Lang) => string> = {
  tasks: (lang) =>
    renderTasks(shellOf(lang, "/dashboard/tasks"), {
      page: { data: [undelivered, task], hasMore: true, next: "n" },
      done: null,
      live: "/nowhere/events",
    }),
  task: (lang) =>
    renderTaskAction(shellOf(lang, "/dashboard/tasks/events_undelivered.ep_1/resend"), {
      kind: "resend",
      task: undelivered,
      form: form(),
    }),
};
