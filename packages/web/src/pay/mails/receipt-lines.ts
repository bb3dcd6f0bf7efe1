import { brandName } from "@caravela/sibs/card-data";
import type { Cents } from "@caravela/sibs/money";
import type { PageLang } from "../../lang.ts";
import { ending } from "../../parts/ending.ts";
import { euros, signedEuros } from "../../parts/euros.ts";
import { inThrees } from "../../parts/in-threes.ts";
import { moment } from "../../parts/moment.ts";
import { summaryTexts } from "../summary-texts.ts";
import type { Texts } from "../texts.pt.ts";
import type { CardAsKnown, PayMethod, PayView, Receipt, ReceiptLine } from "../view.ts";
import { mailTexts } from "./all-texts.ts";

/** What is known of a payment that is paid. A `phone` is masked as SIBS masks it. */
export interface PaidPayment {
  /** The payment's own, by which the shop finds it. */
  readonly number: string;
  /** The shop's tax number; null where it did not say. */
  readonly taxNumber: string | null;
  readonly paidAt: string;
  /** Null where it is not known any more. */
  readonly method: PayMethod | null;
  readonly card: CardAsKnown | null;
  readonly phone: string | null;
  /** The Multibanco reference that was paid. */
  readonly reference: { readonly entity: string; readonly reference: string } | null;
  readonly amount: Cents;
  /** What was given back of it, oldest first. */
  readonly refunds: readonly { readonly amount: Cents; readonly at: string }[];
  /** What that leaves. */
  readonly kept: Cents;
}

/** The receipt of a payment, in the words of the page that it stands on. */
export function receiptOf(
  paid: PaidPayment,
  { lang, reference, items }: Pick<PayView, "lang" | "reference" | "items">,
  texts: Texts,
): Receipt {
  const words = mailTexts[lang].lines;
  const by = paidBy(paid, lang, texts);
  const refunds = paid.refunds.map(({ amount, at }) =>
    line(`${words.refunded}, ${moment(at, lang)}`, signedEuros(-amount, lang)),
  );
  return {
    facts: [
      ...(paid.taxNumber === null ? [] : [line(words.taxNumber, paid.taxNumber)]),
      line(words.date, moment(paid.paidAt, lang)),
      ...(by === null ? [] : [{ name: words.paid, ...by }]),
      ...(reference === null ? [] : [{ ...line(summaryTexts[lang].order, reference), isBeside: true as const }]),
      line(words.number, paid.number),
    ],
    items: items.map(({ name, quantity, amount }) =>
      line(quantity === 1 ? name : `${quantity} × ${name}`, signedEuros(amount, lang)),
    ),
    sums: [
      line(words.amount, euros(paid.amount, lang)),
      ...refunds,
      ...(paid.kept < paid.amount ? [line(words.kept, euros(paid.kept, lang))] : []),
    ],
  };
}

function line(name: string, value: string): ReceiptLine {
  return { name, value };
}

/**
 * How it was paid, or is held: `com cartão Visa •••• 0100`, `com MB WAY •••9999`, `por Multibanco 24000 / 123 456 789`.
 */
export function paidBy(
  { method, card, phone, reference }: Pick<PaidPayment, "method" | "card" | "phone" | "reference">,
  lang: PageLang,
  texts: Texts,
): Pick<ReceiptLine, "value" | "heard"> | null {
  if (method === null) return null;
  const words = mailTexts[lang].lines;
  const by = card?.brand ? words.byCard(brandName(card.brand)) : words.by[method];
  if (card !== null) {
    return { value: `${by} •••• ${card.lastFour}`, heard: `${by} ${texts.card.endingIn} ${card.lastFour}` };
  }
  if (phone !== null) {
    return { value: `${by} •••${ending(phone)}`, heard: `${by}, ${texts.mandate.phone(ending(phone))}` };
  }
  if (reference === null) return { value: by };
  return { value: `${by} ${reference.entity} / ${inThrees(reference.reference)}` };
}
