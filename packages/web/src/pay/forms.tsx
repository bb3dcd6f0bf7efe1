import { parsePhone } from "@caravela/sibs/phone";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { euros } from "../parts/euros.ts";
import { usePay } from "./context.ts";

interface FormProps {
  /** Where it goes, below the page: `mbway`, `multibanco`, `card`, `token`, `continue`, `again`. */
  to: string;
  /** Says whether the form may go; where it is missing it always may. */
  mayGo?: (form: HTMLFormElement) => boolean;
  children: ComponentChildren;
}

/** A form that works by itself without script, and by `fetch` with it. It carries the attempt it means, so that two presses make one. */
export function PayForm({ to, mayGo, children }: FormProps) {
  const { view, send } = usePay();
  function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (mayGo?.(form) !== false) send(form);
  }
  return (
    <form class="stack" method="post" action={`${view.path}/${to}`} onSubmit={submit} noValidate>
      {/* Not kept over a reload, as some browsers keep what is typed: it says what this page has seen. */}
      <input type="hidden" name="request" value={view.request} autocomplete="off" />
      {children}
    </form>
  );
}

/** The button of a form. While something is on its way it says so and stays where it is, so that the focus is not lost. */
export function Submit({ quiet = false, children }: { quiet?: boolean; children: ComponentChildren }) {
  const { sending, texts } = usePay();
  return (
    <button type="submit" class={quiet ? "button quiet" : "button"} aria-disabled={sending}>
      {sending ? texts.sending : children}
    </button>
  );
}

/** Asks for a phone, forgiving how it is typed. What is wrong with it stands beside it, and what was typed stays. */
export function PhoneForm({ quiet = false }: { quiet?: boolean }) {
  const { view, texts } = usePay();
  const [problem, setProblem] = useState(view.typed?.problem ?? null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setProblem(view.typed?.problem ?? null), [view.typed]);

  function check(): boolean {
    const parsed = parsePhone(field.current?.value ?? "");
    setProblem(parsed.ok ? null : parsed.reason);
    if (!parsed.ok) field.current?.focus();
    return parsed.ok;
  }

  return (
    <PayForm to="mbway" mayGo={check}>
      <div class="field">
        <label for="phone">{texts.phone.label}</label>
        <input
          ref={field}
          id="phone"
          name="phone"
          type="tel"
          autocomplete="tel"
          enterkeyhint="go"
          defaultValue={view.typed?.phone ?? view.phone ?? ""}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? "phone-hint" : "phone-problem phone-hint"}
          onInput={() => problem !== null && parsePhone(field.current?.value ?? "").ok && setProblem(null)}
        />
        {problem !== null && (
          <p class="problem" id="phone-problem">
            {texts.phone.problems[problem]}
          </p>
        )}
        <p class="hint" id="phone-hint">
          {texts.phone.hint}
        </p>
      </div>
      <Submit quiet={quiet}>{texts.phone.pay(euros(view.amount, view.lang))}</Submit>
    </PayForm>
  );
}

/** One press for another request to the phone that was asked before. */
export function AgainForm({ ending }: { ending: string }) {
  const { texts } = usePay();
  return (
    <PayForm to="again">
      <Submit>{texts.again}</Submit>
      <p class="hint center">{texts.againTo(ending)}</p>
    </PayForm>
  );
}
