import { euros } from "../../parts/euros.ts";
import { inThrees } from "../../parts/in-threes.ts";
import { moment } from "../../parts/moment.ts";
import type { Texts } from "../texts.pt.ts";
import type { PayView, ReceiptLine, ScreenOf } from "../view.ts";

/** What whoever pays a reference needs, line by line. */
export function referenceRows(
  { entity, reference, endsAt }: ScreenOf<"reference">,
  view: Pick<PayView, "amount" | "lang">,
  texts: Texts,
): ReceiptLine[] {
  const words = texts.reference;
  return [
    { name: words.entity, value: entity },
    { name: words.reference, value: inThrees(reference) },
    { name: words.amount, value: euros(view.amount, view.lang) },
    { name: `${words.until} (${words.lisbon})`, value: moment(endsAt, view.lang) },
  ];
}

/** Lines as words alone. */
export function inOneText(rows: readonly ReceiptLine[]): string {
  return rows.map(({ name, value }) => `${name}: ${value}`).join("\n");
}
