import { signedEuros } from "../parts/euros.ts";
import { summaryTexts } from "./summary-texts.ts";
import type { PayView } from "./view.ts";

/** More lines of an order than these are folded: what is to be done stands below them. */
const HANDFUL = 4;

/** What is bought, where the shop told it. */
export function Items({ view: { items, lang } }: { view: PayView }) {
  if (items.length === 0) return null;
  const lines = (
    <ul class="items">
      {items.map(({ name, quantity, amount }, at) => (
        <li key={at}>
          <span>
            <bdi>{name}</bdi>
            {quantity > 1 && <span class="faint"> × {quantity}</span>}
          </span>
          <span class="item-amount">{signedEuros(amount, lang)}</span>
        </li>
      ))}
    </ul>
  );
  if (items.length <= HANDFUL) return lines;
  return (
    <details class="items-folded">
      <summary>{summaryTexts[lang].items(items.length)}</summary>
      {lines}
    </details>
  );
}
