import { euros } from "../parts/euros.ts";
import type { PayView } from "./view.ts";

export function PayPage({ view }: { view: PayView }) {
  return (
    <main>
      <h1>{view.merchant}</h1>
      <p>{euros(view.amount, view.lang)}</p>
      <pre>{JSON.stringify(view.screen)}</pre>
    </main>
  );
}
