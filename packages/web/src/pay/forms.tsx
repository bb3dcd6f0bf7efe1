import { parsePhone } from "@caravela/sibs/phone";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { euros } from "../parts/euros.ts";
import { type FormProps, PageForm, Submit } from "../parts/form.tsx";
import { useStateOf } from "../parts/state-of.ts";
import { usePay } from "./context.ts";
import { advise } from "./next-steps.ts";

/** A form of the payment page. It carries the attempt it means, so that two presses make one. */
export function PayForm({ children, mayGo, to }: FormProps) {
  const { view, keepTyped } = usePay();
  function goes(form: HTMLFormElement): boolean {
    const may = mayGo?.(form) !== false;
    if (may) keepTyped(to, form);
    return may;
  }
  return (
    <PageForm to={to} mayGo={goes}>
      {/* Not kept over a reload, as some browsers keep what is typed: it says what this page has seen. */}
      <input type="hidden" name="request" value={view.request} autocomplete="off" />
      {children}
    </PageForm>
  );
}

interface PhoneFormProps {
  /** Whether the form stands aside of what most people do here. */
  aside?: boolean;
  /** What its button says where it is not that one pays. */
  press?: string;
}

/** Asks for a phone, forgiving how it is typed. What is wrong with it stands beside it, and what was typed stays. */
export function PhoneForm({ aside = false, press }: PhoneFormProps) {
  const { view, texts, typedIn } = usePay();
  const sent = typedIn("mbway").phone;
  const [problem, setProblem] = useStateOf(view.typed, () => view.typed?.problem ?? unknownPhone());
  const field = useRef<HTMLInputElement>(null);

  function unknownPhone() {
    const { screen } = view;
    return screen.kind === "declined" && screen.reason === "unknown_phone" && sent !== undefined ? "unknown" : null;
  }

  function check(): boolean {
    const parsed = parsePhone(field.current?.value ?? "");
    setProblem(() => (parsed.ok ? null : parsed.reason));
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
          defaultValue={view.typed?.phone ?? sent ?? view.phone ?? ""}
          autofocus={problem !== null}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? "phone-hint" : "phone-problem phone-hint"}
          onInput={() => problem !== null && parsePhone(field.current?.value ?? "").ok && setProblem(() => null)}
        />
        {problem !== null && (
          <p class="problem" id="phone-problem">
            {texts.phone.problems[problem]} {problem === "foreign" && advise(view, "foreign_phone", texts)}
          </p>
        )}
        <p class="hint" id="phone-hint">
          {texts.phone.hint}
        </p>
      </div>
      <Press aside={aside}>{press ?? texts.phone.pay(euros(view.amount, view.lang))}</Press>
    </PayForm>
  );
}

/** One press for another request to the phone that was asked before. */
export function AgainForm({ ending }: { ending: string }) {
  const { texts } = usePay();
  return (
    <PayForm to="again">
      <p class="hint" id="again-to">
        {texts.againTo(ending)}
      </p>
      <Press describedBy="again-to">{texts.again}</Press>
    </PayForm>
  );
}

interface PressProps {
  aside?: boolean;
  describedBy?: string;
  children: ComponentChildren;
}

/** The button of a way to pay: the one filled button there is, at a phone's lower edge, where a thumb is. */
export function Press({ aside = false, children, ...more }: PressProps) {
  if (aside) return <Submit look="quiet">{children}</Submit>;
  return (
    <div class="bar">
      <Submit {...more}>{children}</Submit>
    </div>
  );
}
