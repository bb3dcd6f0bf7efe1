import { parseCardCode } from "@caravela/sibs/card-data";
import { payerFields } from "@caravela/web/pay";
import { BY_CUSTOMER } from "../../../domain/payment/begin.ts";
import { withCharged } from "../../../payments/charge-saved-card.ts";
import { textOf } from "../../form-fields.ts";
import { brandOf, payerIn, problemsIn, returned } from "../card-forms.ts";
import { cardScreen } from "./card.ts";
import type { MethodOnPage } from "./types.ts";

/** A saved card: its code is all that its owner types. */
export const token: MethodOnPage = {
  shownAs: "card",
  screen: cardScreen,
  read({ fields, now, device, saved, asks }) {
    const card = saved.find(({ id }) => id === textOf(fields, "saved"));
    if (card === undefined) return { cardTyped: returned("token", fields, { form: "saved_not_here" }) };
    const brand = brandOf(card.brand);
    const code = parseCardCode(textOf(fields, "code"), brand);
    const asked = [...(asks.includes("name") ? (["name"] as const) : []), ...payerFields(asks)];
    const problems = { ...(!code.ok && { code: code.reason }), ...problemsIn(fields, asked, { now, brand }) };
    if (!code.ok || Object.keys(problems).length > 0) return { cardTyped: returned("token", fields, problems) };
    return withCharged(card, {
      command: { ...BY_CUSTOMER, method: "token", token: card.id },
      inHand: { secureCode: code.code, device, customer: payerIn(fields) },
    });
  },
};
