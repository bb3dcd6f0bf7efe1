import type { Json } from "./answers.ts";
import type { Reviver } from "./conceal.ts";
import type { Kind } from "./retry.ts";

/** One call: what is sent, what a lost answer means, and how a usable answer reads. */
export interface Call<Value> {
  readonly kind: Kind;
  /** Behind the base address. */
  readonly path: string;
  readonly authorization: string;
  /** Beside the usual headers: whose mandate it is. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON by POST; without one it is a GET. */
  readonly body?: unknown;
  readonly transactionId: string | null;
  /** Takes out of the answer what it may repeat of the request: a card. */
  readonly reviver?: Reviver;
  /** Reads the value the caller wants; `null` when the answer does not hold it. */
  read(body: Json, httpStatus: number, transactionId: string | null): Value | null;
}

/** An answer whose body was read to its end. */
export interface Answer {
  readonly httpStatus: number;
  readonly retryAfterMs: number | null;
  /** `null` when it is no JSON object. */
  readonly body: Json | null;
}

/** No answer: `error` is what `fetch` threw, or why the wait was ended. */
export interface Silence {
  readonly httpStatus: null;
  readonly error: unknown;
}
