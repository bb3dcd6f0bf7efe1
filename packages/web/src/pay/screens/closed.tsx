import { euros } from "../../parts/euros.ts";
import { ClockIcon, CrossIcon, LookIcon } from "../../parts/icons.tsx";
import { WayBack } from "../../parts/returning.tsx";
import { Screen } from "../../parts/screen.tsx";
import { AskTheShop, TakesLong } from "../ask-shop.tsx";
import { usePay } from "../context.ts";
import { onPage } from "../methods/index.ts";
import type { GivenBack, ScreenOf } from "../view.ts";

/** Sent, and SIBS has not said whether it arrived. */
export function Unconfirmed({ screen }: { screen: ScreenOf<"unconfirmed"> }) {
  const { view, texts } = usePay();
  const why = texts.unconfirmed[onPage[screen.method].unconfirmed];
  return (
    <Screen icon={<ClockIcon />} title={texts.unconfirmed.title} busy={view.askShop === null}>
      <p class="warning">{texts.unconfirmed.dontPayAgain}</p>
      {view.askShop === null ? <p>{why}</p> : <TakesLong />}
    </Screen>
  );
}

export function UnderReview() {
  const { view, texts } = usePay();
  return (
    <Screen icon={<LookIcon />} title={texts.underReview.title}>
      <p class="warning">{texts.underReview.dontPayAgain}</p>
      <p>{texts.underReview.why(view.shop.name)}</p>
      <AskTheShop />
      <WayBack />
    </Screen>
  );
}

export function Canceled({ screen }: { screen: ScreenOf<"canceled"> }) {
  const { view, texts } = usePay();
  return (
    <Screen icon={<CrossIcon />} title={texts.canceled.title}>
      <p>{texts.canceled.why(view.shop.name)}</p>
      <MoneyGivenBack money={screen.givenBack} />
      <WayBack />
    </Screen>
  );
}

export function Expired({ screen }: { screen: ScreenOf<"expired"> }) {
  const { view, texts } = usePay();
  return (
    <Screen icon={<ClockIcon />} title={texts.expired.title}>
      <p>
        {screen.givenBack === null && texts.expired.uncharged} {texts.expired.why(view.shop.name)}
      </p>
      <MoneyGivenBack money={screen.givenBack} />
      <WayBack />
    </Screen>
  );
}

/** Tells whoever paid twice or too late where that money is. */
export function MoneyGivenBack({ money }: { money: GivenBack | null }) {
  const { view, texts } = usePay();
  if (money === null) return null;
  const amount = euros(money.amount, view.lang);
  return <p class="note">{texts.givenBack[money.state](amount, view.shop.name)}</p>;
}
