/** What this shop reads of a payment. The whole of it is described at the server's `/docs`. */
export interface Payment {
  readonly status: "open" | "pending" | "authorized" | "paid" | "canceled" | "expired";
  /** Whole cents, as every amount. */
  readonly amount: number;
  readonly amountRefunded: number;
  /** Our order's number. */
  readonly reference: string;
  /** What we noted with the payment when we asked for it. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the customer pays. */
  readonly payUrl: string;
}

/** Who pays, as far as we tell. */
export interface Customer {
  /** Our own id of the customer. Their saved cards are kept under it. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly billingAddress: Readonly<Record<"street1" | "city" | "postcode" | "country", string>>;
  /** Whether we know that it is them. Only then does the payment page offer the cards that they saved. */
  readonly signedIn: boolean;
}

/** What is asked of the payments server. */
export interface NewPayment {
  readonly amount: number;
  readonly currency: "EUR";
  readonly reference: string;
  /** Shown to the customer. */
  readonly description: string;
  /** Where the payment page sends the customer back to. */
  readonly returnUrl: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly customer?: Customer;
  /** Whether the customer is asked if their card should be kept. It needs the customer's id. */
  readonly saveCard?: boolean;
}

/** An answer that is not what was asked for: a problem as RFC 9457 describes them. */
export class CaravelaProblem extends Error {
  readonly status: number;
  /** Stable, for instance `/problems/idempotency_key_reused`. */
  readonly type: string;

  constructor(status: number, problem: { type?: string; detail?: string; title?: string }) {
    super(`${status}: ${problem.detail ?? problem.title ?? "no word about why"}`);
    this.status = status;
    this.type = problem.type ?? "about:blank";
  }
}

/** The calls that a shop makes. The API key stays in the shop's back end: whoever holds it can give money back. */
export class Caravela {
  readonly #url: string;
  readonly #apiKey: string;

  constructor(url: string, apiKey: string) {
    this.#url = url;
    this.#apiKey = apiKey;
  }

  /**
   * Asks for a payment. The order's number is the idempotency key: however often this is called for one order (a double click, an answer that was lost, our own
   * crash), there is one payment. @throws CaravelaProblem
   */
  createPayment(payment: NewPayment): Promise<Payment> {
    return this.#call<Payment>("POST", "/v1/payments", payment, payment.reference);
  }

  /** The payment of an order as it is now; undefined when there is none. */
  async findPayment(reference: string): Promise<Payment | undefined> {
    const query = new URLSearchParams({ reference, limit: "1" });
    const { data } = await this.#call<{ data: Payment[] }>("GET", `/v1/payments?${query}`);
    return data[0];
  }

  /** Says where events go, and what they are signed with. An address that is known already gets the new secret. */
  async sendEventsTo(url: string, secret: string, types: readonly string[]): Promise<void> {
    await this.#call("POST", "/v1/event-endpoints", { url, secret, types }, crypto.randomUUID());
  }

  async #call<Result>(method: string, path: string, body?: object, idempotencyKey?: string): Promise<Result> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#apiKey}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000), // a customer is waiting
    });
    if (!response.ok) throw new CaravelaProblem(response.status, await response.json().catch(() => ({})));
    return (await response.json()) as Result;
  }
}
