import { ending } from "../../parts/ending.ts";
import { euros } from "../../parts/euros.ts";
import { Submit } from "../../parts/form.tsx";
import { ClockIcon, PhoneIcon } from "../../parts/icons.tsx";
import { RequestOnPhone } from "../../parts/request-on-phone.tsx";
import { Screen } from "../../parts/screen.tsx";
import { TakesLong } from "../ask-shop.tsx";
import { usePay } from "../context.ts";
import { PayForm, PhoneForm } from "../forms.tsx";
import { possibleSteps } from "../next-steps.ts";
import type { ScreenOf } from "../view.ts";

export function ChooseMbway() {
  const { texts } = usePay();
  return (
    <section class="choice" aria-labelledby="mbway">
      <h2 id="mbway">
        <PhoneIcon />
        {texts.methods.mbway}
      </h2>
      <PhoneForm />
    </section>
  );
}

export function MbwayWaiting({ screen }: { screen: ScreenOf<"mbway_waiting"> }) {
  const { view, texts } = usePay();
  return (
    <Screen icon={<PhoneIcon />} title={texts.waiting.title}>
      <p>{texts.waiting.sent(ending(screen.phone))}</p>
      {screen.isAboveLimit && <p class="note">{texts.waiting.aboveLimit}</p>}
      <RequestOnPhone secondsLeft={screen.secondsLeft}>
        <p>{texts.waiting.asks(view.merchant)}</p>
        <p class="bubble-amount">{euros(view.amount, view.lang)}</p>
      </RequestOnPhone>
      <p class="hint">
        {texts.waiting.oneWay} {possibleSteps(view, "waiting").length > 0 && texts.waiting.anotherWay}
      </p>
    </Screen>
  );
}

export function MbwayConfirming({ screen }: { screen: ScreenOf<"mbway_confirming"> }) {
  const { view, texts } = usePay();
  return (
    <Screen icon={<ClockIcon />} title={texts.confirming.title} busy={view.askShop === null}>
      <p class="warning">{texts.confirming.dontPayAgain}</p>
      {view.askShop === null ? <p>{texts.confirming.why}</p> : <TakesLong />}
      {screen.again === "kept" && <p class="note">{texts.confirming.kept(ending(screen.phone))}</p>}
      {screen.again === "offered" && (
        <PayForm to="again">
          <Submit look="quiet">{texts.confirming.again}</Submit>
          <p class="hint center">{texts.confirming.againWhy}</p>
        </PayForm>
      )}
    </Screen>
  );
}
