import { euros } from "../parts/euros.ts";
import type { PhoneView } from "./view.ts";

export function PhonePage({ view }: { view: PhoneView }) {
  return (
    <main>
      <h1>MB WAY</h1>
      <form action="/phone" method="get">
        <label>
          Phone <input name="alias" value={view.notAPhone ?? view.alias ?? ""} />
        </label>
        <button type="submit">Choose</button>
      </form>
      {view.answered && <p>{view.answered.outcome}</p>}
      {view.waiting.map((request) => (
        <form key={request.id} method="post">
          <p>
            {request.merchant} {euros(request.amount, view.lang)} {request.description}
          </p>
          <input type="hidden" name="alias" value={view.alias ?? ""} />
          <input type="hidden" name="id" value={request.id} />
          <button type="submit" formAction="/phone/approve">
            Approve
          </button>
          <button type="submit" formAction="/phone/decline">
            Decline
          </button>
        </form>
      ))}
    </main>
  );
}
