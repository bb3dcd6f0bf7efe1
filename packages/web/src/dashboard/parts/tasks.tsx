import type { Task } from "../api/happenings.ts";
import { useDesk } from "../shell/desk.ts";
import { placeOfCall } from "./calls.ts";
import { When } from "./shown.tsx";

/**
 * What needs a person: what happened, what goes on by itself, and where the calls are made that end it.
 * @param props.ofMany whether they are of many payments: each names its own
 */
export function TaskList({ tasks, ofMany = false }: { tasks: readonly Task[]; ofMany?: boolean }) {
  const { may, lang } = useDesk();
  return (
    <ul class="tasks" data-rows>
      {tasks.map((task) => (
        <li key={task.id} data-row={task.id}>
          <p>{task.text}</p>
          <p class="hint">
            <When at={task.since} /> · {ofMany && <Order of={task} />}
            {task.next}
          </p>
          <p class="presses">
            {task.actions.map((action) => {
              const place = placeOfCall(action, task);
              if (place === null || !may(place.needs)) return null;
              return (
                <a key={action.path} href={place.path}>
                  {place.called?.[lang] ?? action.text}
                </a>
              );
            })}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** The order of the payment that it is of, which leads there. */
function Order({ of: { subject, reference } }: { of: Task }) {
  if (reference === null) return null;
  return (
    <>
      <a href={`/dashboard/payments/${subject}`}>{reference}</a>
      {" · "}
    </>
  );
}
