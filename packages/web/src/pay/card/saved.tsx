import { brandName, type CardBrand } from "@caravela/sibs/card-data";
import { useState } from "preact/hooks";
import { euros } from "../../parts/euros.ts";
import { Submit } from "../../parts/form.tsx";
import { usePay } from "../context.ts";
import { PayForm } from "../forms.tsx";
import type { CardField, CardOnPage, SavedCardOnPage } from "../view.ts";
import { BrowserFields } from "./browser-told.tsx";
import { Field } from "./field.tsx";
import { CodeField } from "./form.tsx";
import { useFormState } from "./form-state.ts";
import { LastFour } from "./last-four.tsx";
import { Payer, payerFields } from "./payer.tsx";

const BRANDS: readonly string[] = ["visa", "mastercard", "amex", "unionpay"] satisfies CardBrand[];

/** The customer's saved cards: one is chosen, and its code is all there is to type. */
export function SavedCards({ card }: { card: CardOnPage }) {
  const { view, texts } = usePay();
  const kept = view.cardTyped?.form === "token" ? view.cardTyped.kept.saved : undefined;
  const [chosen, choose] = useState(kept ?? card.saved[0]?.id);
  const brand = brandOf(card.saved.find(({ id }) => id === chosen));
  const asksName = card.asks.includes("name");
  const fields: CardField[] = ["code", ...(asksName ? (["name"] as const) : []), ...payerFields(card)];
  const form = useFormState("token", fields, brand);
  return (
    <PayForm to="token" mayGo={form.mayGo}>
      <fieldset class="saved">
        <legend>{texts.card.saved}</legend>
        {card.saved.map((one) => (
          <label key={one.id} class="saved-card">
            <input
              type="radio"
              name="saved"
              value={one.id}
              checked={one.id === chosen}
              autocomplete="off"
              onChange={() => choose(one.id)}
            />
            <SavedCard card={one} />
          </label>
        ))}
      </fieldset>
      <CodeField form={form} brand={brand} />
      {asksName && (
        <Field form={form} name="name" label={texts.card.name} input={{ autocomplete: "cc-name", maxLength: 100 }} />
      )}
      <Payer form={form} card={card} />
      <BrowserFields />
      <Submit>{texts.card.pay(euros(view.amount, view.lang))}</Submit>
    </PayForm>
  );
}

function SavedCard({ card }: { card: SavedCardOnPage }) {
  const { texts } = usePay();
  const brand = brandOf(card);
  return (
    <span>
      <span class="saved-name">
        {brand === null ? texts.methods.card : brandName(brand)} <LastFour digits={card.lastFour} />
      </span>
      {card.expiry !== null && <span class="hint">{texts.card.until(card.expiry)}</span>}
    </span>
  );
}

function brandOf(card: SavedCardOnPage | undefined): CardBrand | null {
  const brand = card?.brand ?? "";
  return BRANDS.includes(brand) ? (brand as CardBrand) : null;
}
