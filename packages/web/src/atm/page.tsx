import { euros } from "../parts/euros.ts";
import type { AtmView } from "./view.ts";

export function AtmPage({ view }: { view: AtmView }) {
  const { typed, result } = view;
  return (
    <main>
      <h1>Multibanco</h1>
      {result?.kind === "receipt" && (
        <p>
          {result.merchant} {euros(result.amount, view.lang)} {result.paidAt}
        </p>
      )}
      {result?.kind === "refused" && <p>{result.reason}</p>}
      <form action="/atm/pay" method="post">
        <label>
          Entity <input name="entity" value={typed.entity} />
        </label>
        <label>
          Reference <input name="reference" value={typed.reference} />
        </label>
        <label>
          Amount <input name="amount" value={typed.amount} />
        </label>
        <button type="submit">Pay</button>
      </form>
    </main>
  );
}
