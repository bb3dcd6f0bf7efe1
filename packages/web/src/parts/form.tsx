import type { ComponentChildren } from "preact";
import { usePage } from "./page-context.ts";

export interface FormProps {
  /** Where it goes, below the page. */
  to: string;
  /** Says whether the form may go; where it is missing it always may. */
  mayGo?: (form: HTMLFormElement) => boolean;
  children: ComponentChildren;
}

/** A form that works by itself without script, and by `fetch` with it. */
export function PageForm({ to, mayGo, children }: FormProps) {
  const { view, send } = usePage();
  function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (mayGo?.(form) !== false) send(form);
  }
  return (
    <form class="stack" method="post" action={`${view.path}/${to}`} onSubmit={submit} noValidate>
      {children}
    </form>
  );
}

interface SubmitProps {
  /** What kind of press it is: the one that leads on, another, or one that ends something. */
  look?: "plain" | "quiet" | "grave";
  /** The id of what tells it from other buttons that say the same. */
  describedBy?: string;
  children: ComponentChildren;
}

/** The button of a form. While something is on its way it says so and stays where it is, so that the focus is not lost. */
export function Submit({ look = "plain", describedBy, children }: SubmitProps) {
  const { sending, texts } = usePage();
  return (
    <button
      type="submit"
      class={look === "plain" ? "button" : `button ${look}`}
      aria-disabled={sending}
      aria-describedby={describedBy}
    >
      {sending ? texts.sending : children}
    </button>
  );
}
