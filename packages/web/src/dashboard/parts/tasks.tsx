import type { Task } from "../api/happenings.ts";
import { useDesk } from "../shell/desk.ts";
import { placeOfCall } from "./calls.ts";
import { When } from "./shown.tsx";

/** What needs a person: what happened, what goes on by itself, and where the calls are made that end it. */
export function TaskList({ tasks }: { tasks: readonly Task[] }) {
  const { may, lang } = useDesk();
  return (
    <ul class="tasks" data-rows>
      {tasks.map((task) => (
        <li key={task.id} data-row={task.id}>
          <p>{task.text}</p>
          <p class="hint">
            <When at={task.since} /> · {task.next}
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
