import { brandName } from "@caravela/sibs/card-data";
import { euros } from "../../parts/euros.ts";
import { PaidMedallion, ReturnIcon } from "../../parts/icons.tsx";
import { moment } from "../../parts/moment.ts";
import { Returning, WayBack } from "../../parts/returning.tsx";
import { Screen } from "../../parts/screen.tsx";
import { LastFour } from "../card/last-four.tsx";
import { usePay } from "../context.ts";
import type { ScreenOf } from "../view.ts";
import { MoneyGivenBack } from "./closed.tsx";

/** Paid; or held on a card, which is as good to the customer. */
export function Paid({ screen }: { screen: ScreenOf<"paid"> }) {
  const { view, texts } = usePay();
  const words = texts[screen.kind];
  return (
    <Screen sign={<PaidMedallion />} title={words.title}>
      <p>{words.to(euros(screen.amount, view.lang), view.shop.name)}</p>
      <p class="hint">
        {moment(screen.paidAt, view.lang)}
        <By screen={screen} />
      </p>
      <MoneyGivenBack money={screen.givenBack} />
      <Returning seconds={screen.returnAfterSeconds} />
      <WayBack />
    </Screen>
  );
}

/** What it was paid by, of a card as much as its owner knows it by. */
function By({ screen: { method, card } }: { screen: ScreenOf<"paid"> }) {
  const { texts } = usePay();
  if (method === null) return null;
  return (
    <>
      , {card?.brand ? texts.paid.byCard(brandName(card.brand)) : texts.paid.by[method]}
      {card && (
        <>
          {" "}
          <LastFour digits={card.lastFour} />
        </>
      )}
    </>
  );
}

export function Refunded({ screen }: { screen: ScreenOf<"refunded"> }) {
  const { view, texts } = usePay();
  const refunded = euros(screen.amountRefunded, view.lang);
  const fully = screen.amountRefunded === screen.amount;
  return (
    <Screen icon={<ReturnIcon />} tone="good" title={fully ? texts.refunded.fully : texts.refunded.partly}>
      <p>
        {fully
          ? texts.refunded.fullyWhy(refunded)
          : texts.refunded.partlyWhy(refunded, euros(screen.amount, view.lang))}
      </p>
      <WayBack />
    </Screen>
  );
}
