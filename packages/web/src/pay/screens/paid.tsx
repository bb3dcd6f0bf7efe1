import { euros } from "../../parts/euros.ts";
import { PaidMedallion, ReturnIcon } from "../../parts/icons.tsx";
import { Returning, WayBack } from "../../parts/returning.tsx";
import { Screen } from "../../parts/screen.tsx";
import { usePay } from "../context.ts";
import { Along } from "../receipt/along.tsx";
import type { ScreenOf } from "../view.ts";
import { MoneyGivenBack } from "./closed.tsx";

/** Paid; or held on a card, which is as good to the customer. */
export function Paid({ screen }: { screen: ScreenOf<"paid"> }) {
  const { view, texts } = usePay();
  const words = texts[screen.kind];
  return (
    <Screen sign={<PaidMedallion />} title={words.title}>
      <p>{words.to(euros(screen.amount, view.lang), view.shop.name)}</p>
      <MoneyGivenBack money={screen.givenBack} />
      <Returning seconds={screen.returnAfterSeconds} />
      <WayBack />
      <Along />
    </Screen>
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
      <Along />
    </Screen>
  );
}
