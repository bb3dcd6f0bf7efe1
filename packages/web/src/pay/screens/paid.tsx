import { useEffect } from "preact/hooks";
import { useSecondsLeft } from "../../parts/countdown.ts";
import { euros } from "../../parts/euros.ts";
import { PaidMedallion, ReturnIcon } from "../../parts/icons.tsx";
import { moment } from "../../parts/moment.ts";
import { usePay } from "../context.ts";
import type { ScreenOf } from "../view.ts";
import { MoneyGivenBack, WayBack } from "./closed.tsx";
import { Screen } from "./screen.tsx";

/** Paid; or held on a card, which is as good to the customer. */
export function Paid({ screen }: { screen: ScreenOf<"paid"> }) {
  const { view, texts, staying } = usePay();
  const { returnAfterSeconds } = screen;
  const words = texts[screen.kind];
  return (
    <Screen sign={<PaidMedallion />} title={words.title}>
      <p>{words.to(euros(screen.amount, view.lang), view.merchant)}</p>
      <p class="hint">
        {moment(screen.paidAt, view.lang)}
        {screen.method !== null && `, ${texts.paid.by(texts.methods[screen.method])}`}
      </p>
      <MoneyGivenBack money={screen.givenBack} />
      {view.returnUrl !== null && returnAfterSeconds !== null && !staying && (
        <Returning url={view.returnUrl} seconds={returnAfterSeconds} screen={screen} />
      )}
      <WayBack />
    </Screen>
  );
}

/** Says that the page goes back to the shop, lets it be stopped, and goes. */
function Returning({ url, seconds, screen }: { url: string; seconds: number; screen: ScreenOf<"paid"> }) {
  const { view, texts, stay, announce } = usePay();
  const left = useSecondsLeft(seconds, screen);
  useEffect(() => announce(texts.paid.returning(seconds)), [announce, texts, seconds]);
  useEffect(() => {
    if (left > 0) return;
    // The browser may keep this page as it is for its back button.
    stay();
    location.assign(url);
  }, [left, url, stay]);
  return (
    <p class="note returning">
      {texts.paid.returning(left)}{" "}
      <a
        href={`${view.path}?stay`}
        onClick={(event) => {
          event.preventDefault();
          stay();
        }}
      >
        {texts.paid.stay}
      </a>
    </p>
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
