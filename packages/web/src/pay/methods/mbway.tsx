import { useEffect, useRef } from "preact/hooks";
import { useSecondsLeft } from "../../parts/countdown.ts";
import { euros } from "../../parts/euros.ts";
import { ClockIcon, PhoneIcon } from "../../parts/icons.tsx";
import { minutes } from "../../parts/minutes.ts";
import { usePay } from "../context.ts";
import { ending } from "../ending.ts";
import { PayForm, PhoneForm, Submit } from "../forms.tsx";
import { Screen } from "../screens/screen.tsx";
import type { ScreenOf } from "../view.ts";

/** How long SIBS gives a customer to answer, in seconds (reference 4.3). */
const WINDOW_SECONDS = 240;

/** From here on the page says that it is time. */
const HURRY_SECONDS = 60;

/** When a countdown is spoken. More often would talk over whoever listens. */
const SPOKEN = [10, 30, 60] as const;

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
  const { view, texts, look } = usePay();
  const left = useSecondsLeft(screen.secondsLeft, screen);
  const isOver = left === 0;
  useSpokenCountdown(left);
  useEffect(() => {
    if (isOver) look();
  }, [isOver, look]);
  const hurry = left <= HURRY_SECONDS;
  return (
    <Screen icon={<PhoneIcon />} title={texts.waiting.title}>
      <p>{texts.waiting.sent(ending(screen.phone))}</p>
      <div class="waiting">
        <figure class="app">
          <figcaption class="hint">{texts.waiting.appShows}</figcaption>
          <div class="bubble">
            <p class="bubble-head">
              <PhoneIcon />
              <span>MB WAY</span>
              <span class="bubble-when">{texts.waiting.now}</span>
            </p>
            <p>{texts.waiting.asks(view.merchant)}</p>
            <p class="bubble-amount">{euros(view.amount, view.lang)}</p>
          </div>
        </figure>
        <div class={hurry ? "countdown hurry" : "countdown"} role="timer">
          <svg viewBox="0 0 100 100" aria-hidden="true" focusable="false">
            <circle cx="50" cy="50" r="45" class="track" />
            <circle
              cx="50"
              cy="50"
              r="45"
              class="left"
              pathLength={WINDOW_SECONDS}
              stroke-dasharray={WINDOW_SECONDS}
              stroke-dashoffset={WINDOW_SECONDS - Math.min(left, WINDOW_SECONDS)}
            />
          </svg>
          <p>
            <span class="countdown-time">{minutes(left)}</span> <span class="hint">{texts.waiting.left}</span>
          </p>
        </div>
      </div>
      {hurry && <p class="warning">{texts.waiting.hurry}</p>}
      <p class="hint">{texts.waiting.oneWay}</p>
    </Screen>
  );
}

/** Speaks the seconds left at 60, 30 and 10, each once, also when the clock was moved past one of them. */
function useSpokenCountdown(left: number): void {
  const { announce, texts } = usePay();
  const before = useRef(left);
  useEffect(() => {
    const passed = SPOKEN.find((seconds) => left <= seconds && before.current > seconds);
    before.current = left;
    if (passed !== undefined && left > 0) announce(texts.waiting.spoken[passed]);
  }, [left, announce, texts]);
}

export function MbwayConfirming({ screen }: { screen: ScreenOf<"mbway_confirming"> }) {
  const { texts } = usePay();
  return (
    <Screen icon={<ClockIcon />} title={texts.confirming.title} busy>
      <p class="warning">{texts.confirming.dontPayAgain}</p>
      <p>{texts.confirming.why}</p>
      {screen.again === "kept" ? (
        <p class="note">{texts.confirming.kept(ending(screen.phone))}</p>
      ) : (
        <PayForm to="again">
          <Submit quiet>{texts.confirming.again}</Submit>
          <p class="hint center">{texts.confirming.againWhy}</p>
        </PayForm>
      )}
    </Screen>
  );
}
