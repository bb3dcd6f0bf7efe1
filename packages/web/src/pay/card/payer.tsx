import { useEffect, useRef } from "preact/hooks";
import { usePay } from "../context.ts";
import type { CardOnPage } from "../view.ts";
import { ADDRESS, LONGEST } from "./checks.ts";
import type { Country } from "./countries.ts";
import { Field, useDescription } from "./field.tsx";
import type { FormState } from "./form-state.ts";
import { regionOf } from "./region.ts";

/** Asks whose card it is, as far as the shop did not say. */
export function Payer({ form, card }: { form: FormState; card: CardOnPage }) {
  const { texts } = usePay();
  const words = texts.card;
  return (
    <>
      {card.asks.includes("email") && (
        <Field
          form={form}
          name="email"
          label={words.email}
          hint={words.emailHint}
          input={{ type: "email", autocomplete: "email", maxLength: LONGEST.email }}
        />
      )}
      {card.asks.includes("billingAddress") && <Address form={form} card={card} />}
    </>
  );
}

/** Folded until it is what is missing: whoever begins sees a card's four fields, and not nine. */
function Address({ form, card }: { form: FormState; card: CardOnPage }) {
  const { texts } = usePay();
  const words = texts.card;
  const isWrong = ADDRESS.some((field) => form.problems[field] !== undefined);
  return (
    <details class="fold" open={isWrong || form.isAllButAddress || form.kept.street1 !== undefined}>
      <summary>
        {words.billing}
        <span class="hint">{words.billingHint}</span>
      </summary>
      <fieldset class="stack">
        <legend class="heard">{words.billing}</legend>
        <Field
          form={form}
          name="street1"
          label={words.street}
          input={{ autocomplete: "billing address-line1", maxLength: LONGEST.street1 }}
        />
        <div class="side-by-side">
          <Field
            form={form}
            name="postcode"
            label={words.postcode}
            input={{ autocomplete: "billing postal-code", maxLength: LONGEST.postcode }}
          />
          <Field
            form={form}
            name="city"
            label={words.city}
            input={{ autocomplete: "billing address-level2", maxLength: LONGEST.city }}
          />
        </div>
        <CountryField form={form} countries={card.countries} />
      </fieldset>
    </details>
  );
}

function CountryField({ form, countries }: { form: FormState; countries: Country[] }) {
  const { view, texts } = usePay();
  const { country } = view;
  const described = useDescription(form, "country");
  const chosen = form.kept.country ?? country;
  const field = useRef<HTMLSelectElement>(null);
  const isOwn = useRef(form.kept.country !== undefined);
  // A browser says more of where it is at home to its own pages than in what it asks a server.
  useEffect(() => {
    const select = field.current;
    if (select === null || isOwn.current || select.value !== country) return;
    const codes = [...select.options].map(({ value }) => value);
    select.value = regionOf(navigator.languages, codes);
  }, [country]);
  return (
    <div class="field country">
      <label for={`${form.name}-country`}>{texts.card.country}</label>
      <select
        ref={field}
        id={`${form.name}-country`}
        name="country"
        autocomplete="billing country"
        {...described.attributes}
      >
        {countries.map(({ code, name }) => (
          <option key={code} value={code} selected={code === chosen}>
            {name}
          </option>
        ))}
      </select>
      {described.words}
    </div>
  );
}
