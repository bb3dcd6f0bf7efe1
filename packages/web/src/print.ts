/** How amounts, days and hours are written for people, on pages and in what the server tells them in words. */
export { euros } from "./parts/euros.ts";
export { clock, shortDate, shortDay } from "./parts/short-day.ts";
