import type { Action, CardTerms, CardUse, Charges, KeptCard, Proof } from "../domain/card.ts";
import type { CardScenarioName } from "../domain/card-scenarios.ts";
import type { Transaction } from "../domain/transaction.ts";

/** The columns of table `transaction` that say of cards. */
export interface CardColumns {
  moto: boolean;
  has_email: boolean;
  has_billing_address: boolean;
  keeps_card: boolean;
  charges: Charges | null;
  card_brand: string | null;
  card_first_six: string | null;
  card_last_four: string | null;
  card_expiry: string | null;
  card_fate: CardScenarioName | null;
  token: string | null;
  action_id: string | null;
  action_type: Action["type"] | null;
  action_asked_at: Date | null;
  action_ending: Action["ending"];
  action_tries: number | null;
  proof: Proof | null;
}

/** What a row holds of cards. */
export function cardColumns({ cardTerms, card }: Transaction): CardColumns {
  const { kept = null, token = null, action = null, proof = null } = card ?? {};
  return {
    moto: cardTerms.moto,
    has_email: cardTerms.hasEmail,
    has_billing_address: cardTerms.hasBillingAddress,
    keeps_card: cardTerms.keepsCard,
    charges: cardTerms.charges,
    card_brand: kept?.brand ?? null,
    card_first_six: kept?.firstSix ?? null,
    card_last_four: kept?.lastFour ?? null,
    card_expiry: kept?.expiry ?? null,
    card_fate: kept?.scenario ?? null,
    token,
    action_id: action?.id ?? null,
    action_type: action?.type ?? null,
    action_asked_at: action?.askedAt ?? null,
    action_ending: action?.ending ?? null,
    action_tries: action?.tries ?? null,
    proof,
  };
}

/** What a row says of paying by card. */
export function cardTermsOf(row: CardColumns): CardTerms {
  return {
    moto: row.moto,
    hasEmail: row.has_email,
    hasBillingAddress: row.has_billing_address,
    keepsCard: row.keeps_card,
    charges: row.charges,
  };
}

/** The card that a row says was used. */
export function cardOf(row: CardColumns): CardUse | null {
  const kept = keptCardOf(row);
  return kept && { kept, token: row.token, action: actionOf(row), proof: row.proof };
}

/** The card that a row of table `transaction` or `token` holds. */
export function keptCardOf(row: KeptCardRow): KeptCard | null {
  const { card_brand, card_first_six, card_last_four, card_expiry, card_fate } = row;
  if (card_first_six === null || card_last_four === null || card_expiry === null || card_fate === null) return null;
  return {
    brand: card_brand,
    firstSix: card_first_six,
    lastFour: card_last_four,
    expiry: card_expiry,
    scenario: card_fate,
  };
}

/** The columns of a card. */
export type KeptCardRow = Pick<
  CardColumns,
  "card_brand" | "card_first_six" | "card_last_four" | "card_expiry" | "card_fate"
>;

function actionOf({ action_id, action_type, action_asked_at, action_ending, action_tries }: CardColumns) {
  if (action_id === null || action_type === null || action_asked_at === null) return null;
  return {
    id: action_id,
    type: action_type,
    askedAt: action_asked_at,
    ending: action_ending,
    tries: action_tries ?? 0,
  };
}
