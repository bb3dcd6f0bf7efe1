import type { ComponentChildren, InputHTMLAttributes } from "preact";
import { usePay } from "../context.ts";
import type { CardField, CardProblems } from "../view.ts";
import { type FormState, wordsFor } from "./form-state.ts";

interface FieldProps {
  form: FormState;
  name: CardField;
  label: string;
  hint?: string;
  input: InputHTMLAttributes;
  /** Changes what was typed while it is typed. */
  shape?: (input: HTMLInputElement) => void;
  /** What stands beside the label. */
  children?: ComponentChildren;
}

/** One field of a card's form: looked at when it is left, and what is wrong with it stands beside it. */
export function Field({ form, name, label, hint, input, shape, children }: FieldProps) {
  const id = `${form.name}-${name}`;
  const described = useDescription(form, name, hint);
  return (
    <div class={`field ${name}`}>
      <div class="label-line">
        <label for={id}>{label}</label>
        {children}
      </div>
      <input
        id={id}
        name={name}
        {...input}
        {...described.attributes}
        defaultValue={form.kept[name] ?? ""}
        onInput={({ currentTarget }) => {
          shape?.(currentTarget);
          form.changed(currentTarget);
        }}
        onBlur={({ currentTarget }) => form.left(currentTarget)}
      />
      {described.words}
    </div>
  );
}

/** The first field that something is wrong with. */
function firstOf(problems: CardProblems): string | undefined {
  return Object.entries(problems).find(([, problem]) => problem !== undefined)?.[0];
}

/** The words below a field, and what ties them to it. Without script, the first field at fault takes the focus. */
export function useDescription({ name: formName, problems }: FormState, name: CardField, hint?: string) {
  const { texts } = usePay();
  const id = `${formName}-${name}`;
  const problem = problems[name];
  const ids = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(" ");
  const attributes = {
    "aria-invalid": problem !== undefined,
    ...(ids !== "" && { "aria-describedby": ids }),
    ...(firstOf(problems) === name && { autofocus: true }),
  };
  const words = (
    <>
      {problem !== undefined && (
        <p class="problem" id={`${id}-problem`}>
          {wordsFor(texts.card.problems, name, problem)}
        </p>
      )}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </>
  );
  return { attributes, words };
}
