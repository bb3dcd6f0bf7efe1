/** Where payments are listed. */
export const PAYMENTS = "/dashboard/payments";

/** The list behind what was taken on a day. */
export function paidOn(day: string): string {
  return `${PAYMENTS}?paid_from=${day}&paid_to=${day}&sort=paid`;
}

/** The list behind what went back on a day. */
export function refundedOn(day: string): string {
  return `/dashboard/refunds?paid_from=${day}&paid_to=${day}`;
}
