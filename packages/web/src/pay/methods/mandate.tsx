import { ending } from "../../parts/ending.ts";
import { euros } from "../../parts/euros.ts";
import { CheckIcon } from "../../parts/icons.tsx";
import { type Pay, usePay } from "../context.ts";
import { PayForm, Press } from "../forms.tsx";
import type { UsableMandate } from "../view.ts";
import type { Way } from "../way.ts";

/** The customer's authorised payments: each is a way of its own, and pays in one press. */
export function mandateWays({ view, texts }: Pay): Way[] {
  return view.mandates.map((mandate) => ({
    id: `mandate-${mandate.id}`,
    sign: <CheckIcon />,
    name: texts.methods.mandate,
    hint: mandate.description,
    form: <PayByMandate mandate={mandate} />,
  }));
}

function PayByMandate({ mandate: { id, phone, description, aboveLimit } }: { mandate: UsableMandate }) {
  const { view, texts } = usePay();
  const amount = euros(view.amount, view.lang);
  return (
    <PayForm to="mandate">
      <input type="hidden" name="mandate" value={id} autocomplete="off" />
      <p id={`for-${id}`}>
        <span class="heard">{description}, </span>
        <span class="authorised-phone">{texts.mandate.phone(ending(phone))}</span>
      </p>
      <p class="hint">{aboveLimit ? texts.mandate.aboveLimit : texts.mandate.why}</p>
      <Press describedBy={`for-${id}`}>
        {aboveLimit ? texts.mandate.payAboveLimit(amount) : texts.mandate.pay(amount)}
      </Press>
    </PayForm>
  );
}
