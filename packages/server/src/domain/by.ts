/**
 * Who caused something: the shop by its API key, a customer on their page, SIBS by what it says, time by a rule, or,
 * once there are any, a person at work, by name.
 */
export interface By {
  readonly type: "shop" | "customer" | "sibs" | "clock" | "operator";
  /** Of the shop, the id of the key that it came by; of an operator, theirs. Null or absent: it has none. */
  readonly id?: string | null;
  readonly name?: string | null;
}

/** Whoever has the first API key, that of the settings: it has no id. */
export const THE_SHOP: By = { type: "shop", id: null, name: null };
export const CUSTOMER: By = { type: "customer" };
export const SIBS: By = { type: "sibs" };
/** A rule whose time had come. */
export const CLOCK: By = { type: "clock" };
