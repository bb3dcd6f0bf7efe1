/** What is committed together with what a request made. `status` and `body` are null while it is being carried out. */
export interface IdempotencyRow extends Identity {
  /** What the request made, so that a retry after a crash can be answered with it as it is now. */
  readonly resource: string | null;
  readonly status: number | null;
  readonly body: string | null;
  /**
   * Told once it is committed. One that was made for a decision that could not be written is none: the decision that is
   * made in its place may be a refusal.
   */
  readonly committed?: () => void;
}

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** What a replay is answered with instead, where the first answer tells a secret. */
  readonly kept?: unknown;
}

/** Makes the row to commit with the first decision; with the answer, when that is known already. */
export type KeyRow = (resource: string, answer?: Answer) => IdempotencyRow;

/** What makes a request the same as another. */
export interface Identity {
  /** Merchant, route and resource, whatever the path's spelling and whichever API key. */
  readonly operation: string;
  /**
   * The same as earlier versions told requests apart: digest of the API key, method, path as it was spelt. A server of
   * such a version looks for it.
   */
  readonly scope: string;
  readonly key: string;
  /** Of the body. */
  readonly fingerprint: string;
}
