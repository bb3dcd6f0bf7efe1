import { PHONE_ANSWER_MS } from "@caravela/sibs/limits";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useSecondsLeft } from "../parts/countdown.ts";
import { ending } from "../parts/ending.ts";
import { Submit } from "../parts/form.tsx";
import { usePay } from "./context.ts";
import { PayForm, PhoneForm } from "./forms.tsx";
import type { PayMethod } from "./view.ts";

/** For so long nobody is asked whether the request has come: it takes a moment. */
const QUIET_SECONDS = 20;

const WINDOW_SECONDS = PHONE_ANSWER_MS / 1_000;

/**
 * How a way is chosen while something else is under way: by another number, by a press that begins it when it can be,
 * or by one that only opens its form then.
 */
const MEANWHILE: Record<PayMethod, "number" | "press" | "form"> = {
  mbway: "number",
  multibanco: "press",
  card: "form",
  mandate: "form",
};

/** Whether the request has been on its way for so long that whoever has not got it wonders. */
export function useIsMissed(secondsLeft: number): boolean {
  const left = useSecondsLeft(secondsLeft, usePay().view.screen);
  return left <= WINDOW_SECONDS - QUIET_SECONDS;
}

/** What to check where nothing has come, and the other ways: whatever is pressed is kept until it can begin. */
export function NothingReceived() {
  const { view, texts } = usePay();
  const { title, checks } = texts.otherWay;
  const [isOpen, open] = useState(view.otherNumber || view.typed !== null);
  function openHere(event: MouseEvent): void {
    event.preventDefault();
    open(true);
  }
  const others = view.methods.filter((way) => MEANWHILE[way] !== "number" && way !== view.wish?.way);
  return (
    <section class="stack missed" aria-labelledby="nothing-received">
      <h2 id="nothing-received">{title}</h2>
      <ul>
        {checks.map((check) => (
          <li key={check}>{check}</li>
        ))}
      </ul>
      <OpenApp />
      {view.methods.length > 0 && <p class="hint">{texts.otherWay.why}</p>}
      {view.methods.some((way) => MEANWHILE[way] === "number") &&
        (isOpen ? (
          <PhoneForm aside press={texts.otherWay.ask} />
        ) : (
          // without script a page on which somebody types is not fetched again
          <a class="button quiet" href={`${view.path}?other`} onClick={openHere}>
            {texts.otherWay.number}
          </a>
        ))}
      {others.map((way) => (
        <Wish key={way} way={way}>
          {texts.otherWay.by[way]}
        </Wish>
      ))}
    </section>
  );
}

/** What is kept, when it begins, and how to take it back. */
export function KeptWish() {
  const { view, texts } = usePay();
  const { wish } = view;
  if (wish === null) return null;
  const { kept, when, withdraw } = texts.otherWay;
  return (
    <div class="note stack">
      <p>
        {wish.phone === null ? kept.by[wish.way] : kept.phone(ending(wish.phone))} {when}
      </p>
      <WantNothing>{withdraw}</WantNothing>
    </div>
  );
}

/** Takes back what was wished for. */
export function WantNothing({ children }: { children: ComponentChildren }) {
  return (
    <PayForm to="wish">
      <input type="hidden" name="way" value="" />
      <Submit look="quiet">{children}</Submit>
    </PayForm>
  );
}

/** A press for another way: a reference is made when it can be, a form is opened then. */
function Wish({ way, children }: { way: PayMethod; children: ComponentChildren }) {
  if (MEANWHILE[way] === "press") {
    return (
      <PayForm to={way}>
        <Submit look="quiet">{children}</Submit>
      </PayForm>
    );
  }
  return (
    <PayForm to="wish">
      <input type="hidden" name="way" value={way} />
      <Submit look="quiet">{children}</Submit>
    </PayForm>
  );
}

/** The MB WAY app, by the name it has in Android's own shop. */
const MBWAY_INTENT =
  "intent:#Intent;action=android.intent.action.MAIN;category=android.intent.category.LAUNCHER;package=pt.sibs.android.mbway;end";

/** Opens the app where the platform can be asked to: on Android, once a script runs. */
function OpenApp() {
  const { texts } = usePay();
  const [can, setCan] = useState(false);
  useEffect(() => setCan(/\bAndroid\b/.test(navigator.userAgent)), []);
  if (!can) return null;
  return (
    <a class="button quiet" href={MBWAY_INTENT}>
      {texts.otherWay.openApp}
    </a>
  );
}
