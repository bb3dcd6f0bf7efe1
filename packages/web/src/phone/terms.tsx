import type { PhoneTexts } from "./texts.ts";
import type { PhoneMandateType, PhoneTerms, PhoneView } from "./view.ts";

interface TermsProps {
  /** Of which request or authorised payment: the fields are named after it. */
  id: string;
  type: PhoneMandateType;
  /** What the fields hold at first. */
  terms: PhoneTerms;
  view: PhoneView;
  texts: PhoneTexts;
}

/**
 * The limit and the end, which only the phone's owner sets. What cannot be stays as typed, with the reason beside it.
 */
export function Terms({ id, type, terms, view, texts }: TermsProps) {
  const refused = view.refused?.id === id ? view.refused : null;
  const { limit = null, validUntil = null } = refused?.problems ?? {};
  return (
    <div class="terms">
      <Field
        id={`${id}-limit`}
        label={texts.limit[type]}
        problem={limit && texts.limitProblems[limit]}
        name="limit"
        type="number"
        inputMode="decimal"
        min="0.01"
        step="0.01"
        defaultValue={(refused ?? terms).limit}
      />
      <Field
        id={`${id}-validUntil`}
        label={texts.validUntil}
        problem={validUntil && texts.endProblems[validUntil]}
        name="validUntil"
        type="date"
        min={view.today}
        defaultValue={(refused ?? terms).validUntil}
      />
    </div>
  );
}

interface FieldProps {
  id: string;
  label: string;
  problem: string | null;
  name: keyof PhoneTerms;
  type: "number" | "date";
  inputMode?: "decimal";
  min: string;
  step?: string;
  defaultValue: string;
}

function Field({ id, label, problem, ...input }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...input}
        id={id}
        autocomplete="off"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
      />
      {problem !== null && (
        <p class="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
