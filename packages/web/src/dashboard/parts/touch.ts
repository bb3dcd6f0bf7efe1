/** What of a form comes back by the address from a touch: nothing that could be of a customer. */
export const BACK_BY_ADDRESS = ["amount", "reason"] as const;

/** Where a passkey is touched anew. @param to where it leads back to */
export function touchPath(to: string): string {
  return `/dashboard/touch?${new URLSearchParams({ to })}`;
}
