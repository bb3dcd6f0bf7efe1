import { useEffect, useState } from "preact/hooks";

/** The longest that a browser's timer runs. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Whether a time that may be days away is over, by this browser's own steady clock: for what is not counted down.
 * @param secondsLeft whole seconds left when `view` came.
 * @param view whatever was said by the server; a new object starts anew.
 */
export function useIsOver(secondsLeft: number, view: object): boolean {
  const [over, setOver] = useState(false);
  // `view` is named so that the same number said again starts anew
  useEffect(() => {
    setOver(secondsLeft <= 0);
    // What is further away is said anew long before.
    const left = secondsLeft * 1000;
    if (left > LONGEST_TIMER_MS) return;
    const timer = setTimeout(() => setOver(true), left);
    return () => clearTimeout(timer);
  }, [view, secondsLeft]);
  return over;
}

/**
 * Counts down from what the server said, by this browser's own steady clock, and anew whenever the server says it
 * again.
 * @param secondsLeft whole seconds left when `view` came.
 * @param view whatever was said by the server; a new object starts the count anew.
 * @returns whole seconds left now, never below 0.
 */
export function useSecondsLeft(secondsLeft: number, view: object): number {
  const [left, setLeft] = useState(secondsLeft);
  // `view` is named so that the same number said again starts the count anew
  useEffect(() => {
    const endsAt = performance.now() + secondsLeft * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((endsAt - performance.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [view, secondsLeft]);
  return left;
}
