import { AndMore } from "../parts/more.tsx";
import { Card, When } from "../parts/shown.tsx";
import { useDesk } from "../shell/desk.ts";
import { paymentTexts } from "./texts.ts";
import type { PaymentView } from "./view.ts";

const MOST_CHARACTERS = 2_000;

/** What colleagues wrote about this payment, and room for one more. */
export function Notes({ view: { notes, payment, key } }: { view: PaymentView }) {
  const { say, may } = useDesk();
  const texts = say(paymentTexts);
  if (notes === null) return null;
  return (
    <Card id="notes" title={texts.notes}>
      {notes.data.length === 0 && <p class="hint">{texts.noNotes}</p>}
      <ul class="notes">
        {notes.data.map(({ id, text, by, at }) => (
          <li key={id}>
            <p>{text ?? "…"}</p>
            <p class="hint">
              {by.name ?? texts.by.shop} · <When at={at} />
            </p>
          </li>
        ))}
      </ul>
      <AndMore of={notes} />
      {may("addNote") && (
        <form class="stack on-screen" method="post" action={`/dashboard/payments/${payment.id}/notes`} data-once>
          <input type="hidden" name="key" value={`${key}-note`} />
          <div class="field">
            <label for="note">{texts.addNote}</label>
            <textarea id="note" name="text" rows={2} maxLength={MOST_CHARACTERS} required />
          </div>
          <button type="submit" class="button quiet small">
            {texts.keepNote}
          </button>
        </form>
      )}
    </Card>
  );
}
