import { usePay } from "../context.ts";

/** How a card ends, as people know it: `•••• 0100`. Those who listen hear that it is its end. */
export function LastFour({ digits }: { digits: string }) {
  const { texts } = usePay();
  return (
    <>
      <span aria-hidden="true">••••</span> <span class="heard">{texts.card.endingIn} </span>
      {digits}
    </>
  );
}
