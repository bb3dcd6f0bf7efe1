/** Where a customer has their page. */
export function customerPath(id: string): string {
  return `/dashboard/customers/${encodeURIComponent(id)}`;
}
