import { useState } from "preact/hooks";

/**
 * State that begins anew when what it comes from changes. Not by an effect: one that runs late, as right after the page
 * was taken over, would take back what the customer has caused meanwhile.
 */
export function useStateOf<Source, State>(
  source: Source,
  begin: () => State,
): [State, (next: (before: State) => State) => void] {
  const [held, hold] = useState({ source, state: begin() });
  const stateIn = (now: typeof held) => (now.source === source ? now.state : begin());
  return [stateIn(held), (next) => hold((now) => ({ source, state: next(stateIn(now)) }))];
}
