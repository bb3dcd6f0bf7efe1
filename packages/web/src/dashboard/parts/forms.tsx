import type { ComponentChildren } from "preact";
import type { Problem } from "../api/answers.ts";
import { useDesk } from "../shell/desk.ts";
import { inBoth } from "../texts.ts";
import { codeOf, problemWords } from "./problems.ts";
import { BACK_BY_ADDRESS, touchPath } from "./touch.ts";

/** What can be wrong in a field. */
export type Fault = "missing" | "unreadable" | "no_phone" | "refused";

/** A form that changes something, as it is drawn. */
export interface FormView {
  /** Known to the API by this: sent twice, it is done once. */
  key: string;
  /** What was typed, where it came back with something wrong. */
  typed: Record<string, string>;
  /** What is wrong in a field, by its name. */
  faults: Record<string, Fault>;
  /** Why the API did not do it; null: it was not asked, or did. */
  problem: Problem | null;
}

const formTexts = inBoth(
  {
    back: "Voltar",
    optional: "facultativo",
    touch: "Confirmar com a chave de acesso",
    again: "O resto do que escreveu não volta consigo: copie-o antes.",
    faults: {
      missing: "Falta preencher.",
      unreadable: "Escreva um valor em euros, como 12,50.",
      no_phone: "Escreva um número de telemóvel português, como 912 345 678.",
      refused: "Este valor não é aceite.",
    } satisfies Record<Fault, string>,
  },
  {
    back: "Back",
    optional: "optional",
    touch: "Confirm with your passkey",
    again: "The rest of what you typed does not come back with you: copy it first.",
    faults: {
      missing: "This is missing.",
      unreadable: "Write an amount in euros, as 12.50.",
      no_phone: "Write a Portuguese mobile number, as 912 345 678.",
      refused: "This is not accepted.",
    },
  },
);

interface ActionFormProps {
  /** Where it goes. */
  to: string;
  form: FormView;
  submit: string;
  /** Whether it takes something away for good. */
  grave?: boolean;
  /** Where one goes who does not want it; absent: nowhere. */
  back?: string;
  children?: ComponentChildren;
}

/** A form of one call of the API. */
export function ActionForm({ to, form, submit, grave = false, back, children }: ActionFormProps) {
  const { say } = useDesk();
  return (
    <form class="action stack" method="post" action={to} data-once>
      <input type="hidden" name="key" value={form.key} />
      {form.problem !== null && <ProblemSaid problem={form.problem} />}
      {form.problem !== null && codeOf(form.problem.type) === "touch_required" && (
        <>
          <a class="button" href={touchBefore(to, form.typed)} data-keeps-typed>
            {say(formTexts).touch}
          </a>
          {hasMore(form.typed) && (
            <noscript>
              <p class="hint">{say(formTexts).again}</p>
            </noscript>
          )}
        </>
      )}
      {children}
      <div class="presses">
        <button type="submit" class={grave ? "button grave" : "button"}>
          {submit}
        </button>
        {back !== undefined && (
          <a class="button quiet" href={back}>
            {say(formTexts).back}
          </a>
        )}
      </div>
    </form>
  );
}

/** Where one touches one's passkey, and is led back from to this form. The script keeps what no address may hold. */
function touchBefore(to: string, typed: FormView["typed"]): string {
  const back = BACK_BY_ADDRESS.flatMap((name) => (typed[name] ? [[name, typed[name]]] : []));
  return touchPath(back.length === 0 ? to : `${to}?${new URLSearchParams(back)}`);
}

/** Whether anything was typed that does not come back by the address. */
function hasMore(typed: FormView["typed"]): boolean {
  const back: readonly string[] = ["key", ...BACK_BY_ADDRESS];
  return Object.entries(typed).some(([name, value]) => value.trim() !== "" && !back.includes(name));
}

/** A press that needs nothing typed. */
export function PressForm({ to, formKey, fields = {}, children }: PressFormProps) {
  return (
    <form class="press" method="post" action={to} data-once>
      <input type="hidden" name="key" value={formKey} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="plain">
        {children}
      </button>
    </form>
  );
}

interface PressFormProps {
  to: string;
  formKey: string;
  fields?: Readonly<Record<string, string>>;
  children: ComponentChildren;
}

/** Why the API did not do something, and what to do. */
export function ProblemSaid({ problem }: { problem: Problem }) {
  const { lang } = useDesk();
  const said = problemWords(problem, lang);
  return (
    <div class="warning" role="alert">
      <p>{said.title}</p>
      {said.what !== null && <p lang={said.lang}>{said.what}</p>}
    </div>
  );
}

interface FieldProps {
  name: string;
  label: string;
  hint?: ComponentChildren;
  form: FormView;
  /** What stands there unless something was typed. */
  initial?: string;
  optional?: boolean;
  kind?: "text" | "money" | "phone" | "long" | "date";
  maxLength?: number;
}

/** Which keys a phone shows. */
const INPUT_MODES = { text: "text", money: "decimal", phone: "tel" } as const;

/** A field with its label, and what is wrong in it. */
export function Field({
  name,
  label,
  hint,
  form,
  initial = "",
  optional = false,
  kind = "text",
  maxLength,
}: FieldProps) {
  const { say } = useDesk();
  const fault = form.faults[name];
  const described = [hint !== undefined && `${name}-hint`, fault !== undefined && `${name}-fault`].filter(Boolean);
  const common = {
    id: `field-${name}`,
    name,
    maxLength,
    required: !optional,
    "aria-invalid": fault !== undefined,
    "aria-describedby": described.length === 0 ? undefined : described.join(" "),
  };
  const value = form.typed[name] ?? initial;
  return (
    <div class="field">
      <label for={common.id}>
        {label}
        {optional && <span class="hint"> ({say(formTexts).optional})</span>}
      </label>
      {kind === "long" && (
        <textarea {...common} rows={3}>
          {value}
        </textarea>
      )}
      {kind === "date" && <input {...common} value={value} type="date" />}
      {(kind === "text" || kind === "money" || kind === "phone") && (
        <input
          {...common}
          value={value}
          type="text"
          inputMode={INPUT_MODES[kind]}
          class={kind === "money" ? "money" : undefined}
          autocomplete="off"
        />
      )}
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p class="problem" id={`${name}-fault`}>
          {say(formTexts).faults[fault]}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  options: readonly { value: string; label: ComponentChildren }[];
  form: FormView;
  initial?: string;
}

/** One of a few. */
export function Choice({ name, label, options, form, initial }: ChoiceProps) {
  const { say } = useDesk();
  const chosen = form.typed[name] ?? initial;
  const fault = form.faults[name];
  return (
    <fieldset class="choice-of" aria-describedby={fault === undefined ? undefined : `${name}-fault`}>
      <legend>{label}</legend>
      {options.map(({ value, label }) => (
        <label key={value}>
          <input type="radio" name={name} value={value} checked={value === chosen} required />
          <span>{label}</span>
        </label>
      ))}
      {fault !== undefined && (
        <p class="problem" id={`${name}-fault`}>
          {say(formTexts).faults[fault]}
        </p>
      )}
    </fieldset>
  );
}

/** One of some, folded away. */
export function Select({ name, label, options, form, initial }: ChoiceProps) {
  const chosen = form.typed[name] ?? initial;
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      <select id={`field-${name}`} name={name} required>
        {options.map(({ value, label }) => (
          <option key={value} value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
