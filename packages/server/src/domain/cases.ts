/**
 * A state that has one case for each status: what it has in any, and what its status brings with it. Whoever has looked
 * at the status knows what is there; nobody writes a status without what belongs to it.
 */
export type Cases<Any, ByStatus> = Any &
  { readonly [Status in keyof ByStatus]: { readonly status: Status } & ByStatus[Status] }[keyof ByStatus];
