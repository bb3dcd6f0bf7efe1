import { cents } from "@caravela/sibs/money";
import type { PageLang } from "@caravela/web/lang";
import { type PaidPayment, type PayView, writtenReceipt } from "@caravela/web/pay";

/** An order of 5.50 € that is paid. */
export const paid = {
  number: "pay_0mx0xhsihce5xsb5ax8w",
  taxNumber: "509 999 990",
  paidAt: "2026-11-22T10:41:00.000Z",
  method: "mbway",
  card: null,
  phone: "351#*****9999",
  reference: null,
  amount: cents(550),
  refunds: [],
  kept: cents(550),
} satisfies PaidPayment;

const byCard = {
  ...paid,
  method: "card",
  phone: null,
  card: { brand: "visa", lastFour: "0100" },
} satisfies PaidPayment;
const byReference = {
  ...paid,
  method: "multibanco",
  phone: null,
  reference: { entity: "24000", reference: "123456789" },
} satisfies PaidPayment;
const refund = { amount: cents(100), at: "2026-11-24T09:00:00.000Z" };

/** What a page shows of what may be taken along, where it shows any, in its language; what can be sent is. */
export function takenAlong(
  { screen, reference, items, mail }: Omit<PayView, "lang" | "path">,
  lang: PageLang,
): Pick<PayView, "receipt" | "mail"> {
  const written = (what: PaidPayment) => writtenReceipt(what, { lang, reference, items });
  const unasked = { outcome: null, typed: "" };
  switch (screen.kind) {
    case "paid": {
      const how = screen.method === "multibanco" ? byReference : paid;
      return { receipt: written(how), mail: mail ?? { what: "receipt", ...unasked } };
    }
    case "refunded": {
      const amounts = [refund.amount, cents(screen.amountRefunded - refund.amount)].filter((amount) => amount > 0);
      const refunds = amounts.map((amount) => ({ ...refund, amount }));
      const kept = cents(paid.amount - screen.amountRefunded);
      return { receipt: written({ ...byCard, refunds, kept }), mail: { what: "receipt", ...unasked } };
    }
    case "reference":
      return { receipt: null, mail: { what: "reference", ...unasked } };
    default:
      return { receipt: null, mail: null };
  }
}
