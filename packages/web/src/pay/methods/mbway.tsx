import { ending } from "../../parts/ending.ts";
import { euros } from "../../parts/euros.ts";
import { Submit } from "../../parts/form.tsx";
import { ClockIcon, PhoneIcon } from "../../parts/icons.tsx";
import { RequestOnPhone } from "../../parts/request-on-phone.tsx";
import { Screen } from "../../parts/screen.tsx";
import { KnownInApp } from "../../parts/shop.tsx";
import { TakesLong } from "../ask-shop.tsx";
import { type Pay, usePay } from "../context.ts";
import { AgainForm, PayForm, PhoneForm } from "../forms.tsx";
import { possibleSteps } from "../next-steps.ts";
import { KeptWish, NothingReceived, useIsMissed } from "../other-way.tsx";
import { usePhoneInFull } from "../phone-in-full.ts";
import type { PayScreen, ScreenOf } from "../view.ts";
import type { Way } from "../way.ts";

/** A request to a phone. */
export function mbwayWays({ texts }: Pay): Way[] {
  return [
    {
      id: "mbway",
      sign: <PhoneIcon />,
      name: texts.methods.mbway,
      hint: texts.ways.mbway,
      form: <PayByPhone />,
    },
  ];
}

/** The phone that is asked: the one of before where there was one, in one press, or any. */
function PayByPhone() {
  const { view, texts, typedIn } = usePay();
  const before = phoneBefore(view.screen);
  if (before === null) return <PhoneForm />;
  if (typedIn("mbway").phone !== undefined) return <PhoneForm press={texts.again} />;
  return (
    <>
      <AgainForm ending={ending(before)} />
      <details class="more" open={view.typed !== null}>
        <summary>{texts.phone.another}</summary>
        <PhoneForm aside />
      </details>
    </>
  );
}

/** The phone that was asked before, and may be asked anew; null where there is none. */
function phoneBefore(screen: PayScreen): string | null {
  switch (screen.kind) {
    case "declined":
      return screen.reason === "unknown_phone" ? null : screen.phone;
    case "not_answered":
    case "failed":
      return screen.phone;
    default:
      return null;
  }
}

export function MbwayWaiting({ screen }: { screen: ScreenOf<"mbway_waiting"> }) {
  const { view, texts } = usePay();
  const full = usePhoneInFull(screen.phone);
  const isMissed = useIsMissed(screen.secondsLeft);
  return (
    <Screen icon={<PhoneIcon />} title={texts.waiting.title}>
      <p>{full === null ? texts.waiting.sent(ending(screen.phone)) : texts.waiting.sentTo(full)}</p>
      {screen.isAboveLimit && <p class="note">{texts.waiting.aboveLimit}</p>}
      <RequestOnPhone secondsLeft={screen.secondsLeft}>
        <p>{texts.waiting.asks(view.shop.inApp ?? view.shop.name)}</p>
        <p class="bubble-amount">{euros(view.amount, view.lang)}</p>
      </RequestOnPhone>
      <KnownInApp />
      <KeptWish />
      {isMissed ? (
        <NothingReceived />
      ) : (
        <p class="hint">
          {!view.bothAtOnce && texts.waiting.oneWay}{" "}
          {possibleSteps(view, "waiting").length > 0 && texts.waiting.anotherWay}
        </p>
      )}
    </Screen>
  );
}

export function MbwayConfirming({ screen }: { screen: ScreenOf<"mbway_confirming"> }) {
  const { view, texts } = usePay();
  return (
    <Screen icon={<ClockIcon />} title={texts.confirming.title} busy={view.askShop === null}>
      <p class="warning">{texts.confirming.dontPayAgain}</p>
      {view.askShop === null ? <p>{texts.confirming.why}</p> : <TakesLong />}
      <KeptWish />
      {screen.again === "offered" && (
        <PayForm to="again">
          <Submit look="quiet">{texts.confirming.again}</Submit>
          {!view.bothAtOnce && <p class="hint center">{texts.confirming.againWhy}</p>}
        </PayForm>
      )}
      {screen.again !== null && <NothingReceived />}
    </Screen>
  );
}
