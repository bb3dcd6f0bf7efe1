/** What a client is made with. */
export interface CaravelaOptions {
  /** Where the payments server is: everything before `/v1`, as `https://pay.example.pt`. */
  readonly baseUrl: string;
  /** An API key. Whoever holds it can give money back: it stays in the shop's back end. */
  readonly apiKey: string;
  /**
   * How long a call may take, with all its tries and the answer's body: 30,000 ms. One try takes half of what is left
   * at most, so that there is time for another.
   */
  readonly timeoutMs?: number | undefined;
  /** How often a call is sent again where that cannot do a thing twice: 2. */
  readonly retries?: number | undefined;
  /** The runtime's own. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** What one call may be given. */
export interface CallOptions {
  /** Instead of the client's. */
  readonly timeoutMs?: number | undefined;
  /** Instead of the client's. */
  readonly retries?: number | undefined;
  /** Calls the call off: it is then thrown with the signal's reason, and what was sent may be done all the same. */
  readonly signal?: AbortSignal | undefined;
  /** In which language texts for people are answered, as `pt`: English unless given. */
  readonly language?: string | undefined;
}

/** What a call may be given that changes something. */
export interface ChangeOptions extends CallOptions {
  /**
   * 1 to 255 characters that name what you want, as `order-17`: asked again with the same key, also by another process,
   * it is not done twice within seven days, and is answered as the first time. One of its own for each call, unless
   * given; the same for all tries of it.
   */
  readonly idempotencyKey?: string | undefined;
}
