import type { Page } from "../api/answers.ts";
import type { Task } from "../api/happenings.ts";
import { taskPlace } from "../parts/calls.ts";
import { ActionForm, Field, type FormView } from "../parts/forms.tsx";
import { Live } from "../parts/live.tsx";
import { When } from "../parts/shown.tsx";
import { Pager } from "../parts/table.tsx";
import { TaskList } from "../parts/tasks.tsx";
import { useDesk } from "../shell/desk.ts";
import { renderScreen } from "../shell/render.tsx";
import type { Shell } from "../shell/view.ts";
import { tasksTexts } from "./texts.ts";

/** What needs a person. */
export interface TasksView {
  page: Page<Task>;
  /** What was just done: a task ended, or so many events sent again. */
  done: { readonly kind: "task" } | { readonly kind: "resend"; readonly count: string } | null;
  /** Where its changes are heard; null: they are not, further down the list. */
  live: string | null;
}

/** What a person does with a task that is of no payment. */
export interface TaskActionView {
  kind: "end" | "resend";
  /** Null: it needs nobody any more. */
  task: Task | null;
  form: FormView;
}

const PATH = "/dashboard/tasks";

/** Renders all that needs a person. */
export function renderTasks(shell: Shell, view: TasksView): string {
  return renderScreen(shell, { title: tasksTexts[shell.lang].title, body: <TasksPage view={view} /> });
}

function TasksPage({ view: { page, done, live } }: { view: TasksView }) {
  const texts = useDesk().say(tasksTexts);
  return (
    <>
      <header class="title">
        <h1>{texts.title}</h1>
        {live !== null && <Live from={live} />}
      </header>
      {done !== null && (
        <p class="done" role="status">
          {done.kind === "task" ? texts.done.task : texts.done.resend(done.count)}
        </p>
      )}
      {page.data.length === 0 ? (
        <p class="empty">{texts.none}</p>
      ) : (
        <>
          <p class="hint">{texts.lead}</p>
          <div class="card">
            <TaskList tasks={page.data} ofMany />
          </div>
        </>
      )}
      <Pager next={page.next} />
    </>
  );
}

/** Renders the page on which a person ends a task, or has events sent again. */
export function renderTaskAction(shell: Shell, view: TaskActionView): string {
  const texts = tasksTexts[shell.lang];
  return renderScreen(shell, { title: texts[view.kind].title, body: <TaskActionPage view={view} /> });
}

function TaskActionPage({ view: { kind, task, form } }: { view: TaskActionView }) {
  const { say } = useDesk();
  const texts = say(tasksTexts);
  return (
    <section class="card narrow stack">
      <h1>{texts[kind].title}</h1>
      {task === null ? (
        <>
          <p>{texts.over}</p>
          <a href={PATH}>{texts.about.list}</a>
        </>
      ) : (
        <>
          <p>{task.text}</p>
          <p class="hint">
            <When at={task.since} /> · {task.next}
          </p>
          {kind === "resend" && <p>{texts.resend.why}</p>}
          <ActionForm
            to={taskPlace(task.id, PATHS[kind], task.subject)}
            form={form}
            submit={texts[kind].press}
            back={PATH}
          >
            {kind === "end" && (
              <Field
                name="note"
                label={texts.end.note}
                hint={texts.end.noteHint}
                form={form}
                kind="long"
                maxLength={1_000}
              />
            )}
          </ActionForm>
        </>
      )}
    </section>
  );
}

const PATHS = { end: "done", resend: "resend" } as const;
