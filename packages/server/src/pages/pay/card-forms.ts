import type { CardBrand } from "@caravela/sibs/card-data";
import { shorten } from "@caravela/sibs/text";
import {
  ADDRESS,
  type CardField,
  type CardProblems,
  type CardTyped,
  type CheckTerms,
  type PayerField,
  problemOf,
} from "@caravela/web/pay";
import type { Payer } from "../../attempts/methods/types.ts";
import { missingOfPayer, payerOf } from "../../attempts/terms.ts";
import type { Payment } from "../../domain/payment/state.ts";
import type { Terminal } from "../../terminals.ts";
import { type FormFields, textOf } from "../form-fields.ts";
import { withoutNumber } from "./sent-form.ts";

/** What SIBS must know of a card's owner and the shop did not say. */
export function asksOf(payment: Payment, terminal: Pick<Terminal, "requiresCustomer"> | null): (keyof Payer)[] {
  return missingOfPayer(payerOf(payment, undefined), terminal);
}

/** What is wrong with these fields. */
export function problemsIn(fields: FormFields, names: readonly CardField[], terms: CheckTerms): CardProblems {
  return Object.fromEntries(
    names.flatMap((name) => {
      const problem = problemOf(name, textOf(fields, name), { ...terms, country: textOf(fields, "country") });
      return problem === null ? [] : [[name, problem]];
    }),
  );
}

/** What was said of the card's owner. Not kept: the checkout tells SIBS. */
export function payerIn(fields: FormFields): Payer {
  const text = (name: PayerField | "name") => textOf(fields, name).trim();
  const street1 = text("street1");
  return {
    name: text("name") || null,
    email: text("email") || null,
    billingAddress:
      street1 === ""
        ? null
        : { street1, street2: null, city: text("city"), postcode: text("postcode") || null, country: text("country") },
  };
}

const KEPT = ["expiry", "name", "email", ...ADDRESS, "saved", "keep"] as const;
/** No field that is shown again takes more. */
const LONGEST_KEPT = 254;

/** A form that comes back: with what was typed, but never the number and never the code. */
export function returned(form: CardTyped["form"], fields: FormFields, problems: CardProblems): CardTyped {
  const kept = KEPT.flatMap((name) => {
    const text = shorten(withoutNumber(textOf(fields, name)), LONGEST_KEPT);
    return text === "" ? [] : [[name, text]];
  });
  return { form, problems, kept: Object.fromEntries(kept) };
}

const BRANDS: readonly string[] = ["visa", "mastercard", "amex", "unionpay"] satisfies CardBrand[];

/** The brand of a saved card; null when it is none that is known. */
export function brandOf(word: string | null): CardBrand | null {
  return word !== null && BRANDS.includes(word) ? (word as CardBrand) : null;
}
