import { brandName } from "@caravela/sibs/card-data";
import { useState } from "preact/hooks";
import { euros } from "../../parts/euros.ts";
import { usePay } from "../context.ts";
import { PayForm, Press } from "../forms.tsx";
import type { Texts } from "../texts.pt.ts";
import type { CardField, CardOnPage, SavedCardOnPage } from "../view.ts";
import { BrowserFields } from "./browser-told.tsx";
import { payerFields } from "./checks.ts";
import { Field } from "./field.tsx";
import { CodeField } from "./form.tsx";
import { useFormState, useKept } from "./form-state.ts";
import { LastFour } from "./last-four.tsx";
import { Payer } from "./payer.tsx";

/** The customer's saved cards: one is chosen, and its code is all there is to type. */
export function SavedCards({ card }: { card: CardOnPage }) {
  const { view, texts } = usePay();
  const kept = useKept("token");
  const [chosen, choose] = useState(kept.saved ?? card.saved[0]?.id);
  const brand = card.saved.find(({ id }) => id === chosen)?.brand ?? null;
  const asksName = card.asks.includes("name");
  const fields: CardField[] = ["code", ...(asksName ? (["name"] as const) : []), ...payerFields(card.asks)];
  const form = useFormState("token", fields, brand);
  return (
    <PayForm to="token" mayGo={form.mayGo}>
      <fieldset class="saved">
        <legend class="heard">{texts.card.saved}</legend>
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
      <Press>{texts.card.pay(euros(view.amount, view.lang))}</Press>
    </PayForm>
  );
}

function SavedCard({ card }: { card: SavedCardOnPage }) {
  const { texts } = usePay();
  const { brand } = card;
  return (
    <span>
      <span class="saved-name">
        {brand === null ? texts.methods.card : brandName(brand)} <LastFour digits={card.lastFour} />
      </span>
      {card.expiry !== null && <span class="hint">{texts.card.until(card.expiry)}</span>}
    </span>
  );
}

/** What a saved card is called in one line: `Visa •••• 1111`. */
export function savedName(card: SavedCardOnPage, texts: Texts): string {
  const { brand } = card;
  return `${brand === null ? texts.methods.card : brandName(brand)} •••• ${card.lastFour}`;
}
