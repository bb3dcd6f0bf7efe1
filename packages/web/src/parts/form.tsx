import { type ComponentChildren, createContext } from "preact";
import { useContext, useRef } from "preact/hooks";
import { usePage } from "./page-context.ts";

export interface FormProps {
  /** Where it goes, below the page. */
  to: string;
  /** Says whether the form may go; where it is missing it always may. */
  mayGo?: (form: HTMLFormElement) => boolean;
  children: ComponentChildren;
}

/** Whether the form around a button is the one that is on its way. */
const IsOnItsWay = createContext(false);

/** A form that works by itself without script, and by `fetch` with it. */
export function PageForm({ to, mayGo, children }: FormProps) {
  const { view, sending, send } = usePage();
  const own = useRef<HTMLFormElement>(null);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (mayGo?.(form) !== false) send(form);
  }
  return (
    <form ref={own} class="stack" method="post" action={`${view.path}/${to}`} onSubmit={submit} noValidate>
      <IsOnItsWay.Provider value={sending !== null && sending === own.current}>{children}</IsOnItsWay.Provider>
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

/**
 * The button of a form. While its own form is on its way it says so, and after a while that the bank is being asked. It
 * stays where it is, so that the focus is not lost; while another form is on its way it only waits.
 */
export function Submit({ look = "plain", describedBy, children }: SubmitProps) {
  const { sending, slow, texts } = usePage();
  const isPressed = useContext(IsOnItsWay);
  return (
    <button
      type="submit"
      class={look === "plain" ? "button" : `button ${look}`}
      aria-disabled={sending !== null}
      aria-describedby={describedBy}
    >
      {isPressed ? (slow ? texts.asking : texts.sending) : children}
    </button>
  );
}
