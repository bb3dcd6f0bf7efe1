import { type Call, type Line, send } from "./call.ts";
import { InvalidRequestError } from "./errors.ts";
import { type CallOptions, type CheckoutInput, ENVIRONMENTS, type OperationInput, type SibsOptions } from "./inputs.ts";
import { parsePhone } from "./phone.ts";
import type { MbwayPurchaseRequest } from "./protocol/mbway.ts";
import { checkoutRequest, operationRequest } from "./requests.ts";
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
  readonly #bearer: string;
  readonly #line: Omit<Line, "signal">;
  readonly #now: () => Date;

  /** @throws TypeError when the address or a credential is missing, or a credential is none that a header could carry. */
  constructor(options: SibsOptions) {
    const { terminalId, clientId, token, environment, clock } = options;
    if (!terminalId) throw new TypeError("Sibs needs a terminalId");
    if (!HEADER_TEXT.test(clientId)) throw new TypeError("Sibs needs a clientId: printable letters without spaces");
    if (!HEADER_TEXT.test(token)) throw new TypeError("Sibs needs a token: printable letters without spaces");
    const addresses = environment && ENVIRONMENTS[environment];
    const baseUrl = options.baseUrl ?? addresses?.baseUrl;
    if (!baseUrl) throw new TypeError('Sibs needs environment ("quality" or "production") or baseUrl');
    this.baseUrl = withoutSlash(baseUrl);
    this.mandatesBaseUrl = withoutSlash(options.mandatesBaseUrl ?? addresses?.mandatesBaseUrl ?? baseUrl);
    // The seed sends a number; what is no number is left for SIBS to judge.
    this.#terminalId = /^\d{1,10}$/.test(String(terminalId)) ? Number(terminalId) : terminalId;
    this.#bearer = `Bearer ${token}`;
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
  async checkout(input: CheckoutInput, options?: CallOptions): Promise<Checkout> {
    return this.#send(options, {
      kind: "prepare",
      path: "/payments",
      authorization: this.#bearer,
      transactionId: null,
      body: checkoutRequest(this.#terminalId, this.#now(), input),
      read: (body, httpStatus) => readCheckout(body, httpStatus, this.#now()),
    });
  }

  /**
   * Asks a phone's MB WAY app for approval (seed). The normal answer is `Pending`: its owner has four minutes.
   * `phone` is a `Phone`, or text that `parsePhone` can read.
   * @throws SibsError; InDoubtError when the app may have been asked.
   */
  async mbwayPurchase(
    checkout: CheckoutKey,
    { phone }: { readonly phone: string },
    options?: CallOptions,
  ): Promise<Operation> {
    const parsed = parsePhone(phone);
    if (!parsed.ok) throw notSent("customerPhone", `not a Portuguese mobile number (${parsed.reason})`, checkout);
    const body: MbwayPurchaseRequest = { customerPhone: parsed.phone };
    return this.#send(options, { ...methodCall(checkout, "mbway-id/purchase"), body, read: readOperation });
  }

  /**
   * Makes a Multibanco reference (seed; answer as reference 3.1). It can be paid from then on, so its lost answer is in doubt too.
   * @throws SibsError; InDoubtError when the reference may exist.
   */
  async generateReference(checkout: CheckoutKey, options?: CallOptions): Promise<Reference> {
    const call = methodCall(checkout, "service-reference/generate");
    return this.#send(options, { ...call, body: {}, read: readReferenceAnswer });
  }

  /**
   * Asks how a transaction stands: the authority on the outcome (seed, V2-E2). Repeated by itself where an answer is lost.
   * @throws SibsError, never in doubt.
   */
  async status(transactionId: string, options?: CallOptions): Promise<TransactionStatus> {
    return this.#status(pathOf(transactionId, "status"), transactionId, options);
  }

  /**
   * Asks for the newest transaction of this merchantTransactionId, an operation's included (met in production: GH-FX, AM).
   * @throws SibsError, never in doubt.
   */
  async statusByMerchantTransactionId(id: string, options?: CallOptions): Promise<TransactionStatus> {
    return this.#status(`/payments/status?merchantTransactionId=${encodeURIComponent(id)}`, null, options);
  }

  /**
   * Releases what is held, whole or in part, or cancels an unpaid reference (API Market, reference §8).
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  async cancel(transactionId: string, input: OperationInput, options?: CallOptions): Promise<Operation> {
    return this.#operation("cancellation", transactionId, input, options);
  }

  /**
   * Gives back what was paid, whole or in part (API Market, reference §8). A decline may come as HTTP 400 (captured): it is a value too.
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  async refund(transactionId: string, input: OperationInput, options?: CallOptions): Promise<Operation> {
    return this.#operation("refund", transactionId, input, options);
  }

  #status(path: string, transactionId: string | null, options: CallOptions | undefined): Promise<TransactionStatus> {
    return this.#send(options, {
      kind: "read",
      path,
      authorization: this.#bearer,
      transactionId,
      read: readStatus,
    });
  }

  #operation(
    name: string,
    transactionId: string,
    input: OperationInput,
    options: CallOptions | undefined,
  ): Promise<Operation> {
    return this.#send(options, {
      kind: "operation",
      path: pathOf(transactionId, name),
      authorization: this.#bearer,
      transactionId,
      body: operationRequest(this.#terminalId, this.#now(), transactionId, input),
      read: readOperation,
    });
  }

  #send<Value>(options: CallOptions | undefined, call: Call<Value>): Promise<Value> {
    const { timeoutMs = this.#line.timeoutMs, signal } = options ?? {};
    return send({ ...this.#line, timeoutMs, signal }, call);
  }
}

/** What a method call needs of a checkout. */
type CheckoutKey = Pick<Checkout, "transactionId" | "signature">;

/** What a header can carry of a credential: no line break copied along, nothing beyond ASCII. */
const HEADER_TEXT = /^[!-~]+$/;

/** The call of the seed's second step, with the checkout's signature in place of the token. */
function methodCall({ transactionId, signature }: CheckoutKey, name: string) {
  const path = pathOf(transactionId, name);
  if (!HEADER_TEXT.test(signature))
    throw notSent("transactionSignature", "it is no checkout's signature", { transactionId, signature });
  return { kind: "method", path, authorization: `Digest ${signature}`, transactionId } as const;
}

/** An empty id would make another address of it, as it did to the seed's own page. */
function pathOf(transactionId: string, name: string): string {
  if (!transactionId) throw notSent("transactionID", "the transaction's id is empty", null);
  return `/payments/${encodeURIComponent(transactionId)}/${name}`;
}

/** What cannot be sent is refused before anything is. */
function notSent(field: string, message: string, checkout: CheckoutKey | null): InvalidRequestError {
  const transactionId = checkout?.transactionId ?? null;
  return new InvalidRequestError(message, { httpStatus: null, returnStatus: null, transactionId, tries: 0 }, field);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
