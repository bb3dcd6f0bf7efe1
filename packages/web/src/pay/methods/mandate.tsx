import { ending } from "../../parts/ending.ts";
import { euros } from "../../parts/euros.ts";
import { Submit } from "../../parts/form.tsx";
import { CheckIcon } from "../../parts/icons.tsx";
import { usePay } from "../context.ts";
import { PayForm } from "../forms.tsx";

/** The customer's authorised payments: each pays in one press. */
export function ChooseMandate() {
  const { view, texts } = usePay();
  const amount = euros(view.amount, view.lang);
  return (
    <section class="choice" aria-labelledby="mandate">
      <h2 id="mandate">
        <CheckIcon />
        {texts.methods.mandate}
      </h2>
      {view.mandates.map(({ id, phone, description, aboveLimit }) => (
        <PayForm key={id} to="mandate">
          <input type="hidden" name="mandate" value={id} autocomplete="off" />
          <p class="authorised" id={`for-${id}`}>
            <span class="authorised-for">{description}</span>
            <span class="authorised-phone">{texts.mandate.phone(ending(phone))}</span>
          </p>
          <Submit describedBy={`for-${id}`}>
            {aboveLimit ? texts.mandate.payAboveLimit(amount) : texts.mandate.pay(amount)}
          </Submit>
          <p class="hint">{aboveLimit ? texts.mandate.aboveLimit : texts.mandate.why}</p>
        </PayForm>
      ))}
    </section>
  );
}
