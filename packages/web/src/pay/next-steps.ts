import type { DeclineReason, PayMethod, PayView } from "./view.ts";

/** What a customer may do next. */
export type NextStep =
  | "again"
  | "other_number"
  | "other_card_in_app"
  | "see_mandate"
  | "check_expiry"
  | "check_code"
  | "same_card"
  | "other_card"
  | "later"
  | "try_again"
  | "another_way"
  | "any_way";

/** What there is to advise, and after a try by which method; null where any may have been. */
interface Advice {
  readonly tried: PayMethod | null;
  readonly steps: readonly NextStep[];
}

/** After what ended without money, or stands in the way. */
export const adviceAfter: Readonly<
  Record<
    | DeclineReason
    | "not_answered"
    | "failed"
    | "foreign_phone"
    | "phone_rests"
    | "mandate_gone"
    | "too_many_tries"
    | "waiting",
    Advice
  >
> = {
  refused: { tried: "mbway", steps: ["again", "another_way"] },
  unknown_phone: { tried: "mbway", steps: ["other_number", "another_way"] },
  no_funds: { tried: "mbway", steps: ["other_card_in_app", "another_way"] },
  mandate_refused: { tried: "mandate", steps: ["see_mandate", "another_way"] },
  card_no_funds: { tried: "card", steps: ["other_card", "another_way"] },
  card_refused: { tried: "card", steps: ["other_card", "another_way"] },
  card_expired: { tried: "card", steps: ["check_expiry", "other_card", "another_way"] },
  card_wrong_code: { tried: "card", steps: ["check_code", "another_way"] },
  card_issuer_unavailable: { tried: "card", steps: ["later", "another_way"] },
  card_not_authenticated: { tried: "card", steps: ["same_card", "another_way"] },
  card_not_answered: { tried: "card", steps: ["same_card", "another_way"] },
  other: { tried: null, steps: ["try_again", "another_way"] },
  not_answered: { tried: "mbway", steps: ["again", "another_way"] },
  failed: { tried: null, steps: ["try_again", "another_way"] },
  foreign_phone: { tried: "mbway", steps: ["another_way"] },
  phone_rests: { tried: "mbway", steps: ["another_way"] },
  mandate_gone: { tried: "mandate", steps: ["any_way"] },
  too_many_tries: { tried: "card", steps: ["another_way"] },
  waiting: { tried: "mbway", steps: ["another_way"] },
};

/** Where a step can be taken, by what the page offers. */
const CAN: Readonly<Record<NextStep, (offered: readonly PayMethod[], tried: PayMethod | null) => boolean>> = {
  again: (offered) => offered.includes("mbway"),
  other_number: (offered) => offered.includes("mbway"),
  other_card_in_app: (offered) => offered.includes("mbway"),
  see_mandate: (offered) => offered.includes("mandate"),
  check_expiry: (offered) => offered.includes("card"),
  check_code: (offered) => offered.includes("card"),
  same_card: (offered) => offered.includes("card"),
  other_card: (offered) => offered.includes("card"),
  later: (offered) => offered.includes("card"),
  try_again: (offered) => offered.length > 0,
  another_way: (offered, tried) => (tried === null ? offered.length > 1 : offered.some((method) => method !== tried)),
  any_way: (offered) => offered.length > 0,
};

/** What the page offers, and what was tried. */
type Offer = Pick<PayView, "methods" | "tried">;

/** The steps of an advice that can be taken on this page. All that a page advises comes from here. */
export function possibleSteps({ methods, tried }: Offer, after: keyof typeof adviceAfter): NextStep[] {
  const advice = adviceAfter[after];
  return advice.steps.filter((step) => CAN[step](methods, advice.tried ?? tried));
}

/** What a language says of them: in a sentence with one or several. */
export interface StepWords {
  readonly or: string;
  readonly steps: Readonly<Record<NextStep, string>>;
  youCan(steps: string): string;
}

/** The same in a sentence; nothing where no step can be taken. */
export function advise(view: Offer, after: keyof typeof adviceAfter, words: StepWords): string {
  const steps = possibleSteps(view, after).map((step) => words.steps[step]);
  const last = steps.at(-1);
  if (last === undefined) return "";
  const others = steps.slice(0, -1).join(", ");
  return words.youCan(others === "" ? last : `${others} ${words.or} ${last}`);
}
