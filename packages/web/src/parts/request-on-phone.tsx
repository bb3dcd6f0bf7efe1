import { PHONE_ANSWER_MS } from "@caravela/sibs/limits";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useSecondsLeft } from "./countdown.ts";
import { Counted } from "./counted.tsx";
import { PhoneIcon } from "./icons.tsx";
import { minutes } from "./minutes.ts";
import { usePage } from "./page-context.ts";

const WINDOW_SECONDS = PHONE_ANSWER_MS / 1_000;

/** From here on the page says that it is time. */
const HURRY_SECONDS = 60;

/** When a countdown is spoken. More often would talk over whoever listens. */
const SPOKEN = [10, 30, 60] as const;

interface RequestOnPhoneProps {
  /** Whole seconds left when the page's screen came. */
  secondsLeft: number;
  /** What the app shows. */
  children: ComponentChildren;
}

/**
 * A request that waits in the MB WAY app: what the app shows, and how long it waits. Looks how things stand when the
 * time is over.
 */
export function RequestOnPhone({ secondsLeft, children }: RequestOnPhoneProps) {
  const { view, texts, look } = usePage();
  const left = useSecondsLeft(secondsLeft, view.screen);
  const isOver = left === 0;
  useSpokenCountdown(left);
  useEffect(() => {
    if (isOver) look();
  }, [isOver, look]);
  const hurry = left <= HURRY_SECONDS;
  return (
    <>
      <div class="waiting">
        <figure class="app">
          <figcaption class="hint">{texts.onPhone.appShows}</figcaption>
          <div class="bubble">
            <p class="bubble-head">
              <PhoneIcon />
              <span>MB WAY</span>
              <span class="bubble-when">{texts.onPhone.now}</span>
            </p>
            {children}
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
            <Counted class="countdown-time" text={minutes(left)} /> <span class="hint">{texts.onPhone.left}</span>
          </p>
        </div>
      </div>
      {hurry && <p class="warning">{texts.onPhone.hurry}</p>}
    </>
  );
}

/** Speaks the seconds left at 60, 30 and 10, each once, also when the clock was moved past one of them. */
function useSpokenCountdown(left: number): void {
  const { announce, texts } = usePage();
  const before = useRef(left);
  useEffect(() => {
    const passed = SPOKEN.find((seconds) => left <= seconds && before.current > seconds);
    before.current = left;
    if (passed !== undefined && left > 0) announce(texts.onPhone.spoken[passed]);
  }, [left, announce, texts]);
}
