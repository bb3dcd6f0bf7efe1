import { euros } from "../parts/euros.ts";
import { PaidTo } from "../parts/shop.tsx";
import { Items } from "./items.tsx";
import { summaryTexts } from "./summary-texts.ts";
import type { PayView } from "./view.ts";

/** What is paid, to whom and what for. */
export function Summary({ view }: { view: PayView }) {
  // It never changes: the page's script leaves what the server drew as it is, and needs not bring it along.
  if (!IS_SERVER) return <div class="paid-for" dangerouslySetInnerHTML={{ __html: "" }} />;
  const words = summaryTexts[view.lang];
  return (
    <div class="paid-for">
      <PaidTo label={words.payTo} shop={view.shop} />
      <p class="amount">{euros(view.amount, view.lang)}</p>
      {view.description !== null && <p>{view.description}</p>}
      {view.reference !== null && (
        <p class="faint">
          {words.order} {view.reference}
        </p>
      )}
      <Items view={view} />
    </div>
  );
}
