import type { Action, CardUse } from "./card.ts";
import type { ChallengeEnding } from "./card-scenarios.ts";
import type { Change, Transaction } from "./transaction.ts";

/** The password of every challenge, as SIBS's test cards have it (reference 5.3). */
const PASSWORD = "123456";
/** So many wrong passwords end a challenge (invented). */
const MOST_TRIES = 3;

/** A payment whose issuer waits for the browser. */
export type Challenged = Transaction & { readonly card: CardUse & { readonly action: Action } };

/**
 * Whether an action of that type can still be done: the browser was asked for it, it has not ended, and the checkout
 * lives.
 */
export function isWanted(payment: Transaction, type: Action["type"], now: Date): payment is Challenged {
  const action = payment.card?.action ?? null;
  return (
    payment.outcome === "action_wanted" && action?.type === type && action.ending === null && now < payment.deadline
  );
}

/** What comes of a password. */
export interface Typed {
  readonly change: Change;
  /** null: wrong, but there is another try. */
  readonly ending: "passed" | "failed" | null;
}

/** The customer types a password into the issuer's page. */
export function typePassword(payment: Challenged, password: string, now: Date): Typed {
  if (password.trim() === PASSWORD) return { change: endAction(payment, "passed", now), ending: "passed" };
  const tries = payment.card.action.tries + 1;
  if (tries >= MOST_TRIES) return { change: endAction(payment, "failed", now), ending: "failed" };
  const change = withAction(payment, { ...payment.card.action, tries }, { what: "wrong_password", at: now });
  return { change, ending: null };
}

/** An action ends; what that means is settled when the merchant continues. */
export function endAction(payment: Challenged, ending: ChallengeEnding | "done", now: Date): Change {
  return withAction(payment, { ...payment.card.action, ending }, { what: `action_${ending}`, at: now });
}

function withAction(payment: Challenged, action: Action, { what, at }: { what: string; at: Date }): Change {
  return {
    transaction: { ...payment, card: { ...payment.card, action } },
    operation: null,
    journal: [{ at, what, data: { id: action.id } }],
    notices: [],
  };
}
