import type { Json } from "./answers.ts";
import { type Call, type Line, send } from "./call.ts";
import { InvalidRequestError } from "./errors.ts";
import { type CallOptions, type CheckoutInput, ENVIRONMENTS, type OperationInput, type SibsOptions } from "./inputs.ts";
import { type Cents, cents, eurosNumber } from "./money.ts";
import { parsePhone } from "./phone.ts";
import type { CheckoutRequest } from "./protocol/checkout.ts";
import type { Amount, Merchant } from "./protocol/envelope.ts";
import type { MbwayPurchaseRequest } from "./protocol/mbway.ts";
import type { OperationRequest } from "./protocol/operations.ts";
import {
  type Checkout,
  type Operation,
  type Reference,
  readCheckout,
  readOperation,
  readReferenceAnswer,
  readStatus,
  type TransactionStatus,
} from "./results.ts";
import type { Kind } from "./retry.ts";

/**
 * SIBS Gateway, Server-to-Server. Answers with what SIBS decided, also when that is a decline;
 * throws a `SibsError` when there is no usable answer, and an `InDoubtError` when money may have moved nevertheless.
 *
 * @example
 * const sibs = new Sibs({ terminalId: 52221, clientId, token, environment: "quality" });
 * const checkout = await sibs.checkout({ merchantTransactionId: "order-17", amount: cents(550), description: "Two mugs", methods: ["MBWAY"] });
 * const purchase = await sibs.mbwayPurchase(checkout, { phone: "919 999 999" }); // purchase.paymentStatus: "Pending"
 */
export class Sibs {
  /** Everything before `/payments`. */
  readonly baseUrl: string;
  /** Everything before `/mbway-mandates`. */
  readonly mandatesBaseUrl: string;
  readonly #terminalId: number | string;
  readonly #token: string;
  readonly #line: Omit<Line, "signal">;
  readonly #now: () => Date;

  /** @throws TypeError when a credential or the address is missing. */
  constructor(options: SibsOptions) {
    const { terminalId, clientId, token, environment, clock } = options;
    if (!terminalId || !clientId || !token) throw new TypeError("Sibs needs terminalId, clientId and token");
    const addresses = environment && ENVIRONMENTS[environment];
    const baseUrl = options.baseUrl ?? addresses?.baseUrl;
    if (!baseUrl) throw new TypeError('Sibs needs environment ("quality" or "production") or baseUrl');
    this.baseUrl = withoutSlash(baseUrl);
    this.mandatesBaseUrl = withoutSlash(options.mandatesBaseUrl ?? addresses?.mandatesBaseUrl ?? baseUrl);
    // The seed sends a number; what is no number is left for SIBS to judge.
    this.#terminalId = /^\d{1,10}$/.test(String(terminalId)) ? Number(terminalId) : terminalId;
    this.#token = token;
    this.#now = () => clock?.now() ?? new Date();
    this.#line = {
      baseUrl: this.baseUrl,
      clientId,
      timeoutMs: options.timeoutMs ?? 20_000,
      retries: options.retries ?? 2,
      fetch: options.fetch ?? ((input, init) => fetch(input, init)),
      now: this.#now,
      random: Math.random,
    };
  }

  /**
   * Prepares a transaction (`POST /payments`, seed). Nothing is charged: a lost answer costs nothing, make another checkout.
   * @throws SibsError, never in doubt; RangeError when an amount is not in whole cents or a date is none.
   */
  checkout(input: CheckoutInput, options?: CallOptions): Promise<Checkout> {
    return this.#send(options, {
      kind: "prepare",
      path: "/payments",
      authorization: `Bearer ${this.#token}`,
      transactionId: null,
      body: this.#checkoutRequest(input),
      read: (body, httpStatus) => readCheckout(body, httpStatus, this.#now()),
    });
  }

  /**
   * Asks a phone's MB WAY app for approval (seed). The normal answer is `Pending`: its owner has four minutes.
   * `phone` is a `Phone`, or text that `parsePhone` can read.
   * @throws SibsError; InDoubtError when the app may have been asked.
   */
  mbwayPurchase(
    checkout: Pick<Checkout, "transactionId" | "signature">,
    { phone }: { readonly phone: string },
    options?: CallOptions,
  ): Promise<Operation> {
    const parsed = parsePhone(phone);
    if (!parsed.ok)
      return refuse("customerPhone", `not a Portuguese mobile number (${parsed.reason})`, checkout.transactionId);
    const body: MbwayPurchaseRequest = { customerPhone: parsed.phone };
    return this.#method(checkout, "mbway-id/purchase", body, readOperation, options);
  }

  /**
   * Makes a Multibanco reference (seed; answer as reference 3.1). It can be paid from then on, so its lost answer is in doubt too.
   * @throws SibsError; InDoubtError when the reference may exist.
   */
  generateReference(
    checkout: Pick<Checkout, "transactionId" | "signature">,
    options?: CallOptions,
  ): Promise<Reference> {
    return this.#method(checkout, "service-reference/generate", {}, readReferenceAnswer, options);
  }

  /**
   * Asks how a transaction stands: the authority on the outcome (seed, V2-E2). Repeated by itself where an answer is lost.
   * @throws SibsError, never in doubt.
   */
  status(transactionId: string, options?: CallOptions): Promise<TransactionStatus> {
    if (!transactionId) return refuse("transactionID", "the transaction's id is empty", null);
    return this.#status(`/payments/${encodeURIComponent(transactionId)}/status`, transactionId, options);
  }

  /**
   * Asks for the newest transaction of this merchantTransactionId, an operation's included (met in production: GH-FX, AM).
   * @throws SibsError, never in doubt.
   */
  statusByMerchantTransactionId(id: string, options?: CallOptions): Promise<TransactionStatus> {
    return this.#status(`/payments/status?merchantTransactionId=${encodeURIComponent(id)}`, null, options);
  }

  /**
   * Releases what is held, whole or in part, or cancels an unpaid reference (API Market, reference §8).
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  cancel(transactionId: string, input: OperationInput, options?: CallOptions): Promise<Operation> {
    return this.#operation(transactionId, "cancellation", input, options);
  }

  /**
   * Gives back what was paid, whole or in part (API Market, reference §8). A decline may come as HTTP 400 (captured): it is a value too.
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  refund(transactionId: string, input: OperationInput, options?: CallOptions): Promise<Operation> {
    return this.#operation(transactionId, "refund", input, options);
  }

  #checkoutRequest(input: CheckoutInput): CheckoutRequest {
    const { paymentReference: terms, customer, recurringTransaction, tokenisation } = input;
    return {
      merchant: this.#merchant(input.merchantTransactionId),
      transaction: {
        transactionTimestamp: (input.timestamp ?? this.#now()).toISOString(),
        description: input.description,
        moto: input.moto ?? false,
        paymentType: input.paymentType ?? "PURS",
        amount: euros(input.amount),
        paymentMethod: [...input.methods],
        ...(terms && {
          paymentReference: {
            initialDatetime: terms.initialDatetime.toISOString(),
            finalDatetime: terms.finalDatetime.toISOString(),
            maxAmount: euros(terms.maxAmount ?? input.amount),
            minAmount: euros(terms.minAmount ?? input.amount),
            entity: terms.entity,
          },
        }),
      },
      ...(customer && { customer }),
      ...(recurringTransaction && { recurringTransaction }),
      ...(tokenisation && { tokenisation }),
    };
  }

  #merchant(merchantTransactionId: string): Merchant {
    return { terminalId: this.#terminalId, channel: "web", merchantTransactionId };
  }

  /** The call of step 2 of the seed, with the checkout's signature in place of the token. */
  #method<Value>(
    { transactionId, signature }: Pick<Checkout, "transactionId" | "signature">,
    name: string,
    body: unknown,
    read: (body: Json, httpStatus: number, askedFor: string) => Value | null,
    options: CallOptions | undefined,
  ): Promise<Value> {
    return this.#change("method", transactionId, name, `Digest ${signature}`, body, read, options);
  }

  #operation(
    transactionId: string,
    name: string,
    input: OperationInput,
    options: CallOptions | undefined,
  ): Promise<Operation> {
    const { originalDatetime } = input;
    const body: OperationRequest = {
      merchant: this.#merchant(input.merchantTransactionId),
      transaction: {
        transactionTimestamp: (input.timestamp ?? this.#now()).toISOString(),
        description: input.description,
        amount: euros(input.amount),
        ...(originalDatetime && {
          originalTransaction: { id: transactionId, datetime: originalDatetime.toISOString() },
        }),
      },
    };
    return this.#change("operation", transactionId, name, `Bearer ${this.#token}`, body, readOperation, options);
  }

  /** Posts something to a transaction that exists. An empty id would make another address of it, as it did to the seed's own page. */
  #change<Value>(
    kind: Kind,
    transactionId: string,
    name: string,
    authorization: string,
    body: unknown,
    read: (body: Json, httpStatus: number, askedFor: string) => Value | null,
    options: CallOptions | undefined,
  ): Promise<Value> {
    if (!transactionId) return refuse("transactionID", "the transaction's id is empty", null);
    return this.#send(options, {
      kind,
      path: `/payments/${encodeURIComponent(transactionId)}/${name}`,
      authorization,
      transactionId,
      body,
      read: (answer, httpStatus) => read(answer, httpStatus, transactionId),
    });
  }

  #status(path: string, transactionId: string | null, options: CallOptions | undefined): Promise<TransactionStatus> {
    return this.#send(options, {
      kind: "read",
      path,
      authorization: `Bearer ${this.#token}`,
      transactionId,
      read: (body, httpStatus) => readStatus(body, httpStatus, transactionId),
    });
  }

  #send<Value>(options: CallOptions | undefined, call: Call<Value>): Promise<Value> {
    return send(
      { ...this.#line, timeoutMs: options?.timeoutMs ?? this.#line.timeoutMs, signal: options?.signal },
      call,
    );
  }
}

/** Checked here too, since whoever calls from JavaScript has no type that would. */
function euros(amount: Cents): Amount {
  return { value: eurosNumber(cents(amount)), currency: "EUR" };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

/** What cannot be sent is refused before anything is. */
function refuse(field: string, message: string, transactionId: string | null): Promise<never> {
  const facts = { httpStatus: null, returnStatus: null, transactionId, tries: 0 };
  return Promise.reject(new InvalidRequestError(message, facts, field));
}
