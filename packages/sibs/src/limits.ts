/** How long a checkout is good for: a method has to be called within ten minutes. In milliseconds. */
export const CHECKOUT_LIFE_MS = 600_000;

/** How long the owner of a phone has to answer in the MB WAY app: four minutes. In milliseconds. */
export const PHONE_ANSWER_MS = 240_000;

/** The highest amount of one transaction, in cents: 999,999.99 €. */
export const HIGHEST_AMOUNT = 99_999_999;
