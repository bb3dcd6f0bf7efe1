import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, request } from "undici";
import { AddressRules } from "./addresses.ts";
import { addressIn } from "./destination.ts";

/** An endpoint as it is connected to. */
interface Destination {
  readonly url: string;
  /** Whether it may be inside whatever the rules say: it was there before them. */
  readonly mayBeInside: boolean;
}

export type Lookup = typeof systemLookup;

/** What is posted. */
export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** What an endpoint answers, as far as it is read. */
export interface Answer {
  readonly status: number;
  /** The header `Retry-After`, as it came. */
  readonly retryAfter: string | null;
}

/** An address inside was not connected to. */
export class InsideAddress extends Error {
  override name = "InsideAddress";
}

/**
 * The way to event endpoints. Where an address is looked at is where it is connected to, so that a name that changes
 * its mind in between gains nothing.
 */
export class Reach {
  readonly #rules: AddressRules;
  readonly #guarded: Agent;
  readonly #free: Agent;

  constructor(rules: AddressRules, lookup: Lookup = systemLookup) {
    this.#rules = rules;
    this.#guarded = new Agent({ connect: { lookup: guarded(rules, lookup) } });
    this.#free = new Agent({ connect: { lookup: guarded(new AddressRules("all"), lookup) } });
  }

  /**
   * Posts there, follows no redirect, and connects to no address inside that is not allowed.
   * @throws InsideAddress, and what undici throws when no answer came.
   */
  async post({ url, mayBeInside }: Destination, { headers, body, signal }: Post): Promise<Answer> {
    const address = addressIn(new URL(url));
    // what is an address already is not looked up
    if (address !== null && !mayBeInside && !this.#rules.allows(address)) throw new InsideAddress();
    const answer = await request(url, {
      method: "POST",
      headers: { ...headers, "user-agent": "caravela" },
      body,
      signal,
      dispatcher: mayBeInside ? this.#free : this.#guarded,
    });
    // its status is the answer: what follows is read past so that the connection can be kept, and nobody waits for it
    void answer.body.dump().catch(() => undefined);
    const retryAfter = answer.headers["retry-after"];
    return { status: answer.statusCode, retryAfter: typeof retryAfter === "string" ? retryAfter : null };
  }

  async close(): Promise<void> {
    await Promise.all([this.#guarded.destroy(), this.#free.destroy()]);
  }
}

/** A look-up that finds nothing where any of what it found is not allowed. */
function guarded(rules: AddressRules, lookup: Lookup): LookupFunction {
  return (host, options, done) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error !== null || first === undefined) done(error ?? new Error("nothing was found"), "");
      else if (!found.every(({ address }) => rules.allows(address))) done(new InsideAddress(), "");
      else if (options.all === true) done(null, found);
      else done(null, first.address, first.family);
    });
}
