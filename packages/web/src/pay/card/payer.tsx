import { usePay } from "../context.ts";
import type { CardField, CardOnPage } from "../view.ts";
import { LONGEST } from "./checks.ts";
import type { Country } from "./countries.ts";
import { Field, useDescription } from "./field.tsx";
import type { FormState } from "./form-state.ts";

const ADDRESS = ["street1", "postcode", "city", "country"] as const satisfies readonly CardField[];

/** The fields that ask whose card it is, in the order in which they stand: only what the shop did not say. */
export function payerFields({ asks }: CardOnPage): CardField[] {
  return [...(asks.includes("email") ? (["email"] as const) : []), ...(asks.includes("billingAddress") ? ADDRESS : [])];
}

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
      {card.asks.includes("billingAddress") && (
        <fieldset class="stack">
          <legend>{words.billing}</legend>
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
      )}
    </>
  );
}

function CountryField({ form, countries }: { form: FormState; countries: Country[] }) {
  const { texts } = usePay();
  const described = useDescription(form, "country");
  const chosen = form.kept.country ?? "PT";
  return (
    <div class="field country">
      <label for={`${form.name}-country`}>{texts.card.country}</label>
      <select id={`${form.name}-country`} name="country" autocomplete="billing country" {...described.attributes}>
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
