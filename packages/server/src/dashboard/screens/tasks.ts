import { type FormView, renderTaskAction, renderTasks, type Task } from "@caravela/web/dashboard";
import { textOf } from "../../pages/form-fields.ts";
import { seekListed } from "../call-form.ts";
import { faultyForm, formAgain, freshForm, isDone } from "../forms.ts";
import type { Drawn, Screens } from "../room.ts";
import type { Visit } from "../visit.ts";
import { segment } from "./payment.ts";

const AT = "/dashboard/tasks";

/** All that needs a person, and the presses that end what is of no payment. */
export function tasksScreen(screens: Screens): void {
  screens.show(AT, async ({ ask, query, mustHave, shell }) => {
    mustHave("listTasks");
    const page = await ask.page<Task>("/v1/tasks", {}, query.after);
    const live = query.after === undefined ? "/dashboard/live/tasks" : null;
    return renderTasks(await shell(), { page, done: doneOf(query), live });
  });

  addAction(screens, {
    kind: "end",
    at: "done",
    needs: "endTask",
    call: ({ id }) => `/v1/tasks/${segment(id)}/done`,
    read: (fields) => (textOf(fields, "note").trim() === "" ? null : { note: textOf(fields, "note").trim() }),
    to: () => `${AT}?done=task`,
  });
  addAction<{ readonly count: number }>(screens, {
    kind: "resend",
    at: "resend",
    needs: "resendEvents",
    call: () => "/v1/events/resend",
    read: (_fields, { subject }) => ({ filter: { endpoint: subject, undelivered: true } }),
    to: ({ count }) => `${AT}?done=resend&count=${count}`,
  });
}

function doneOf({ done, count = "" }: Visit["query"]) {
  if (done === "resend" && /^\d{1,9}$/.test(count)) return { kind: done, count } as const;
  return done === "task" ? ({ kind: done } as const) : null;
}

interface TaskAction<Done> {
  readonly kind: "end" | "resend";
  readonly at: string;
  readonly needs: string;
  readonly call: (task: Task) => string;
  /** What the call is sent; null: a note is missing. */
  readonly read: (fields: Parameters<typeof textOf>[0], task: Task) => object | null;
  /** Where it leads once it is done. */
  readonly to: (done: Done) => string;
}

function addAction<Done = unknown>(screens: Screens, { kind, at, needs, call, read, to }: TaskAction<Done>): void {
  const draw = async (visit: Visit, task: Task | null, form: FormView): Promise<Drawn> => ({
    html: renderTaskAction(await visit.shell(), { kind, task, form }),
    status: task === null ? 404 : (form.problem?.status ?? (Object.keys(form.faults).length > 0 ? 422 : 200)),
  });

  screens.show(`${AT}/:task/${at}`, async (visit) => {
    visit.mustHave(needs);
    return draw(visit, await taskOf(visit), freshForm(visit.key()));
  });

  screens.press(`${AT}/:task/${at}`, async (visit, fields) => {
    visit.mustHave(needs);
    const task = await taskOf(visit);
    if (task === null) return draw(visit, null, freshForm(visit.key()));
    const body = read(fields, task);
    if (body === null) return draw(visit, task, faultyForm(fields, { note: "missing" }));
    const outcome = await visit.ask.post<Done>(call(task), body, textOf(fields, "key"));
    return isDone(outcome)
      ? { to: to(outcome.done) }
      : draw(visit, task, formAgain(fields, outcome.refused, visit.key));
  });
}

/** The task that an address names, and what it is of; null: it needs nobody any more. */
function taskOf({ ask, params: { task }, query: { subject } }: Visit): Promise<Task | null> {
  return seekListed<Task>(ask, "/v1/tasks", task, { subject });
}
