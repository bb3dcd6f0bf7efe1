/** Where SIBS notifies. */
export const NOTIFICATIONS_PATH = "/notifications/sibs";

/** What customers' browsers open begins with one of these. */
export const PAGES: readonly string[] = ["/pay/", "/authorize/", "/mandates/"];

/** The script that shops load into their own pages, for `<caravela-pay>`. */
export const DROP_IN_PATH = "/drop-in.js";
