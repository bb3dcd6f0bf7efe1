/** Where a passkey is touched anew. @param to where it leads back to */
export function touchPath(to: string): string {
  return `/dashboard/touch?${new URLSearchParams({ to })}`;
}
