/** What this shop reads of a payment. The whole of it is described at the server's `/docs`. */
export interface Payment {
  readonly status: "open" | "pending" | "authorized" | "paid" | "canceled" | "expired";
  /** Whole cents, as every amount. */
  readonly amount: number;
  readonly amountRefunded: number;
  /** Our order's number, or our subscription's. */
  readonly reference: string;
  /** What we noted with the payment when we asked for it. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the customer pays. */
  readonly payUrl: string;
  /** The plan that made it, and the day it was made for, in Lisbon; null when we asked for it ourselves. */
  readonly plan: { readonly id: string; readonly date: string } | null;
}

/**
 * What this shop reads of a mandate: the customer's standing consent to be charged, with a limit and an end of their
 * own.
 */
export interface Mandate {
  readonly id: string;
  readonly status: "pending" | "active" | "suspended" | "canceled" | "expired" | "refused";
  readonly customer: { readonly id: string | null };
  readonly failure: { readonly reason: string } | null;
  /** Where the customer reads what they are about to authorise, while their phone asks them. */
  readonly authorizeUrl: string;
  /** Where the customer sees what was charged, and can end it. */
  readonly manageUrl: string;
  readonly plans: readonly Plan[];
}

/** What this shop reads of a plan: the schedule by which the payments server charges. */
export interface Plan {
  readonly id: string;
  readonly amount: number;
  /** Null when nothing more will be charged. */
  readonly nextCharge: { readonly date: string } | null;
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

/** What a customer is asked to consent to. */
export interface NewMandate {
  /** As the customer typed it. */
  readonly phone: string;
  readonly customer: Pick<Customer, "id" | "name">;
  readonly type: "subscription";
  /** Shown to the customer, in the app too. */
  readonly description: string;
  /** Our subscription's number; every payment that is charged by a plan gets it too. */
  readonly reference: string;
  /** Where the customer is sent once they have answered. */
  readonly returnUrl: string;
}

/** What is to be charged, and how often: from today, and until somebody ends it, unless we say otherwise. */
export interface NewPlan {
  readonly amount: number;
  readonly currency: "EUR";
  readonly every: "month";
}

/** An answer that is not what was asked for: a problem as RFC 9457 describes them. */
export class CaravelaProblem extends Error {
  readonly status: number;
  /** Stable, for instance `/problems/idempotency_key_reused`. */
  readonly type: string;
  /** What was wrong in what we sent, for instance `/phone`. */
  readonly fields: readonly string[];

  constructor(status: number, problem: Problem) {
    super(`${status}: ${problem.detail ?? problem.title ?? "no word about why"}`);
    this.status = status;
    this.type = problem.type ?? "about:blank";
    this.fields = problem.errors?.map(({ field }) => field) ?? [];
  }
}

interface Problem {
  readonly type?: string;
  readonly detail?: string;
  readonly title?: string;
  readonly errors?: readonly { readonly field: string }[];
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
   * Asks for a payment. The order's number is the idempotency key: however often this is called for one order (a double
   * click, an answer that was lost, our own crash), there is one payment.
   * @throws CaravelaProblem
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

  /**
   * Asks for a customer's consent; their phone rings. The subscription's number is the idempotency key.
   * @throws CaravelaProblem
   */
  createMandate(mandate: NewMandate): Promise<Mandate> {
    return this.#call<Mandate>("POST", "/v1/mandates", mandate, mandate.reference);
  }

  /**
   * Charges by a mandate from now on, by a plan; as long as the customer has not consented yet, it waits. One plan for
   * a mandate.
   * @throws CaravelaProblem
   */
  createPlan(mandate: Mandate, plan: NewPlan): Promise<Plan> {
    return this.#call<Plan>("POST", `/v1/mandates/${mandate.id}/plans`, plan, `${mandate.id}-plan`);
  }

  /** The mandate of a subscription as it is now; undefined when there is none. */
  async findMandate(reference: string): Promise<Mandate | undefined> {
    const query = new URLSearchParams({ reference, limit: "1" });
    const { data } = await this.#call<{ data: Mandate[] }>("GET", `/v1/mandates?${query}`);
    return data[0];
  }

  /** The payments that a plan has made, newest first; a year of them is enough for us. */
  async chargesOf(plan: string): Promise<readonly Payment[]> {
    const query = new URLSearchParams({ plan, limit: "12" });
    return (await this.#call<{ data: Payment[] }>("GET", `/v1/payments?${query}`)).data;
  }

  /**
   * Ends a mandate, and with it every plan: nothing is charged any more. Ending it twice does no harm.
   * @throws CaravelaProblem
   */
  cancelMandate(mandate: Mandate): Promise<Mandate> {
    return this.#call<Mandate>("POST", `/v1/mandates/${mandate.id}/cancel`, undefined, `${mandate.id}-end`);
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
