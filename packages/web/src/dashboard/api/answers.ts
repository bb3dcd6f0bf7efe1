/** A page of a list. */
export interface Page<Item> {
  data: Item[];
  hasMore: boolean;
  next: string | null;
}

/** All of a list that comes in pages, as far as one screen goes. */
export interface Whole<Item> {
  readonly data: readonly Item[];
  /** Whether there are more than stand in it. */
  readonly isCut: boolean;
}

/** A list that comes whole. */
export interface Listed<Item> {
  data: Item[];
}

/** A problem (RFC 9457). */
export interface Problem {
  /** `/problems/` and its code. */
  type: string;
  title: string;
  status: number;
  detail: string;
  errors: { field: string; message: string }[];
  /** Of a limit: so many cents it leaves. */
  left?: number;
  /** Of an erasure: what is not over yet. */
  live?: { id: string; why: string }[];
}
