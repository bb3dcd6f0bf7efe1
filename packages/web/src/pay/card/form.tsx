import {
  brandName,
  type CardBrand,
  cardBrand,
  codeLengths,
  groupCardNumber,
  groupExpiry,
} from "@caravela/sibs/card-data";
import { useState } from "preact/hooks";
import { euros } from "../../parts/euros.ts";
import { usePay } from "../context.ts";
import { PayForm, Press } from "../forms.tsx";
import type { CardOnPage } from "../view.ts";
import { BrowserFields } from "./browser-told.tsx";
import { payerFields } from "./checks.ts";
import { Field } from "./field.tsx";
import { type FormState, useFormState, useKept } from "./form-state.ts";
import { Payer } from "./payer.tsx";

/**
 * Asks for a card. Its number and code are in the fields, and in the memory of this page once they were sent: never in
 * a view, and in nothing that the browser keeps.
 */
export function CardForm({ card }: { card: CardOnPage }) {
  const { view, texts } = usePay();
  const kept = useKept("card");
  const [brand, setBrand] = useState(() => cardBrand(kept.number ?? ""));
  const form = useFormState("card", ["number", "expiry", "code", "name", ...payerFields(card.asks)], brand);
  const words = texts.card;
  return (
    <PayForm to="card" mayGo={form.mayGo}>
      <Field
        form={form}
        name="number"
        label={words.number}
        input={{ inputMode: "numeric", autocomplete: "cc-number", spellcheck: false, maxLength: 40 }}
        shape={(input) => {
          shapeTyped(input, groupCardNumber);
          setBrand(cardBrand(input.value));
        }}
      >
        {brand !== null && <span class="brand">{brandName(brand)}</span>}
      </Field>
      <div class="side-by-side">
        <Field
          form={form}
          name="expiry"
          label={words.expiry}
          hint={words.expiryHint}
          input={{ inputMode: "numeric", autocomplete: "cc-exp", maxLength: 10 }}
          shape={(input) => shapeTyped(input, groupExpiry)}
        />
        <CodeField form={form} brand={brand} />
      </div>
      <Field form={form} name="name" label={words.name} input={{ autocomplete: "cc-name", maxLength: 100 }} />
      <Payer form={form} card={card} />
      {card.canBeKept && (
        <label class="tick">
          <input type="checkbox" name="keep" value="1" defaultChecked={kept.keep === "1"} />
          <span>
            {words.keep}
            <span class="hint">{words.keepWhy(view.shop.name)}</span>
          </span>
        </label>
      )}
      <BrowserFields />
      <p class="hint">{words.forgotten}</p>
      <Press>{words.pay(euros(view.amount, view.lang))}</Press>
    </PayForm>
  );
}

/** A card's security code, as long as its brand has it. */
export function CodeField({ form, brand }: { form: FormState; brand: CardBrand | null }) {
  const { texts } = usePay();
  return (
    <Field
      form={form}
      name="code"
      label={texts.card.code}
      hint={brand === "amex" ? texts.card.codeInFront : texts.card.codeBehind}
      input={{
        inputMode: "numeric",
        autocomplete: "cc-csc",
        spellcheck: false,
        maxLength: Math.max(...codeLengths(brand)),
      }}
    />
  );
}

/** Groups what is typed, and leaves the caret behind the digit it was behind. */
function shapeTyped(input: HTMLInputElement, group: (text: string) => string): void {
  const { value, selectionStart } = input;
  const grouped = group(value);
  if (grouped === value) return;
  const caret = selectionStart ?? value.length;
  const place =
    caret === value.length ? grouped.length : placeBehind(grouped, value.slice(0, caret).replace(/\D/g, ""));
  input.value = grouped;
  input.setSelectionRange(place, place);
}

/** The place in a grouped text behind as many digits as these. */
function placeBehind(grouped: string, digits: string): number {
  let left = digits.length;
  let place = 0;
  while (left > 0 && place < grouped.length) {
    if (/\d/.test(grouped.charAt(place))) left -= 1;
    place += 1;
  }
  return place;
}
