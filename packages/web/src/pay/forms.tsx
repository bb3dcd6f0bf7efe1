import { parsePhone } from "@caravela/sibs/phone";
import { useRef } from "preact/hooks";
import { euros } from "../parts/euros.ts";
import { type FormProps, PageForm, Submit } from "../parts/form.tsx";
import { useStateOf } from "../parts/state-of.ts";
import { usePay } from "./context.ts";
import { advise } from "./next-steps.ts";

/** A form of the payment page. It carries the attempt it means, so that two presses make one. */
export function PayForm({ children, ...form }: FormProps) {
  const { view } = usePay();
  return (
    <PageForm {...form}>
      {/* Not kept over a reload, as some browsers keep what is typed: it says what this page has seen. */}
      <input type="hidden" name="request" value={view.request} autocomplete="off" />
      {children}
    </PageForm>
  );
}

/** Asks for a phone, forgiving how it is typed. What is wrong with it stands beside it, and what was typed stays. */
export function PhoneForm({ quiet = false }: { quiet?: boolean }) {
  const { view, texts } = usePay();
  const [problem, setProblem] = useStateOf(view.typed, () => view.typed?.problem ?? null);
  const field = useRef<HTMLInputElement>(null);

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
          defaultValue={view.typed?.phone ?? view.phone ?? ""}
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
      <Submit look={quiet ? "quiet" : "plain"}>{texts.phone.pay(euros(view.amount, view.lang))}</Submit>
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
