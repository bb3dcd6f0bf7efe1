import { type Call, type Line, send } from "./call.ts";
import { cardInfoOf } from "./card.ts";
import { parseCardCode } from "./card-data.ts";
import { type CardStep, readCardAnswer } from "./card-step.ts";
import { concealing, type Reviver } from "./conceal.ts";
import { InvalidRequestError } from "./errors.ts";
import {
  type CallOptions,
  type CaptureInput,
  type CardPurchaseInput,
  type CheckoutInput,
  type ContinueInput,
  ENVIRONMENTS,
  type MitInput,
  type OperationInput,
  type SibsOptions,
  type TokenPurchaseInput,
} from "./inputs.ts";
import { parsePhone } from "./phone.ts";
import type { CardPurchaseRequest } from "./protocol/card.ts";
import type { MbwayPurchaseRequest } from "./protocol/mbway.ts";
import type { TokenPurchaseRequest } from "./protocol/token.ts";
import { cardRequest, checkoutRequest, mitRequest, operationRequest, tokenRequest } from "./requests.ts";
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

  /**
   * @throws TypeError when the address or a credential is missing, an address is none of http(s) or holds a user or password,
   * or a credential is none that a header could carry; RangeError when the time limit is no number above 0.
   */
  constructor(options: SibsOptions) {
    const { terminalId, clientId, token, environment, clock } = options;
    if (!terminalId) throw new TypeError("Sibs needs a terminalId");
    if (!HEADER_TEXT.test(clientId)) throw new TypeError("Sibs needs a clientId: printable letters without spaces");
    if (!HEADER_TEXT.test(token)) throw new TypeError("Sibs needs a token: printable letters without spaces");
    const addresses = environment && ENVIRONMENTS[environment];
    const baseUrl = options.baseUrl ?? addresses?.baseUrl;
    if (!baseUrl) throw new TypeError('Sibs needs environment ("quality" or "production") or baseUrl');
    const mandatesBaseUrl = options.mandatesBaseUrl ?? addresses?.mandatesBaseUrl ?? baseUrl;
    this.baseUrl = address("baseUrl", baseUrl);
    this.mandatesBaseUrl = address("mandatesBaseUrl", mandatesBaseUrl);
    // The seed sends a number; what is no number is left for SIBS to judge.
    this.#terminalId = /^\d{1,10}$/.test(String(terminalId)) ? Number(terminalId) : terminalId;
    this.#bearer = `Bearer ${token}`;
    this.#now = () => clock?.now() ?? new Date();
    this.#line = {
      baseUrl: this.baseUrl,
      clientId,
      timeoutMs: timeLimit(options.timeoutMs ?? 20_000),
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
   * Pays with a card (V2, reference §5). 3-D Secure may want something of the browser first: then the step is an `action`, and its `continue()` goes on.
   * A decline is a value. The card is in this one call and in nothing that it answers or throws.
   * @throws SibsError; InDoubtError when the card may have been charged.
   */
  async cardPurchase(checkout: CheckoutKey, input: CardPurchaseInput, options?: CallOptions): Promise<CardStep> {
    const cardInfo = cardInfoOf(input.card);
    return this.#cardCall("card/purchase", checkout, cardRequest(cardInfo, input), options, concealing(cardInfo));
  }

  /**
   * Takes the next step of a purchase by card, once the browser did what `action` asked for, or could not: for a process that has only the action's id and type.
   * @throws SibsError; InDoubtError when the card may have been charged.
   */
  async continueCard(checkout: CheckoutKey, action: ContinueInput, options?: CallOptions): Promise<CardStep> {
    return this.#cardCall("card/purchase", checkout, continuation(action), options);
  }

  /**
   * Pays with a saved card (API Market, NPM-PROC, reference 7.4); 3-D Secure may follow as with a card (inferred).
   * The checkout announces the token in `tokenisation.paymentTokens`.
   * @throws SibsError; InDoubtError when the card may have been charged.
   */
  async tokenPurchase(checkout: CheckoutKey, input: TokenPurchaseInput, options?: CallOptions): Promise<CardStep> {
    const { token, secureCode } = input;
    if (!token) throw notSent("tokenInfo.value", "the token is empty", checkout);
    const code = secureCode === undefined ? null : parseCardCode(secureCode, null);
    if (code?.ok === false) throw notSent("tokenInfo.secureCode", `not a card's code (${code.reason})`, checkout);
    const body = tokenRequest({ ...input, secureCode: code?.code });
    return this.#cardCall("token/purchase", checkout, body, options, concealing(code ? { secureCode: code.code } : {}));
  }

  /**
   * Takes the next step of a purchase by a saved card.
   * @throws SibsError; InDoubtError when the card may have been charged.
   */
  async continueToken(checkout: CheckoutKey, action: ContinueInput, options?: CallOptions): Promise<CardStep> {
    return this.#cardCall("token/purchase", checkout, continuation(action), options);
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
   * Takes what an `AUTH` or a charge by the merchant holds, whole or in parts (API Market, reference §8).
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  async capture(transactionId: string, input: CaptureInput, options?: CallOptions): Promise<Operation> {
    return this.#operation("capture", transactionId, operationRequest, input, options);
  }

  /**
   * Charges a saved card without the customer, on the transaction by which the customer agreed to it (V2-D223, GH-TG).
   * What it holds is to be captured on the charge's own transactionId.
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  async mit(transactionId: string, input: MitInput, options?: CallOptions): Promise<Operation> {
    return this.#operation("mit", transactionId, mitRequest, input, options);
  }

  /**
   * Releases what is held, whole or in part, or cancels an unpaid reference (API Market, reference §8).
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  async cancel(transactionId: string, input: OperationInput, options?: CallOptions): Promise<Operation> {
    return this.#operation("cancellation", transactionId, operationRequest, input, options);
  }

  /**
   * Gives back what was paid, whole or in part (API Market, reference §8). A decline may come as HTTP 400 (captured): it is a value too.
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  async refund(transactionId: string, input: OperationInput, options?: CallOptions): Promise<Operation> {
    return this.#operation("refund", transactionId, operationRequest, input, options);
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

  #operation<Input>(
    name: string,
    transactionId: string,
    write: (terminalId: number | string, now: Date, originalId: string, input: Input) => unknown,
    input: Input,
    options: CallOptions | undefined,
  ): Promise<Operation> {
    return this.#send(options, {
      kind: "operation",
      path: pathOf(transactionId, name),
      authorization: this.#bearer,
      transactionId,
      body: write(this.#terminalId, this.#now(), transactionId, input),
      read: readOperation,
    });
  }

  async #cardCall(
    name: "card/purchase" | "token/purchase",
    checkout: CheckoutKey,
    body: CardPurchaseRequest | TokenPurchaseRequest,
    options: CallOptions | undefined,
    reviver?: Reviver,
  ): Promise<CardStep> {
    const call = { ...methodCall(checkout, name), body, ...(reviver && { reviver }), read: readCardAnswer };
    const { action, ...outcome } = await this.#send(options, call);
    if (action === null) return { kind: "done", ...outcome };
    const { id, type } = action;
    const next = (executed = true, later?: CallOptions) =>
      this.#cardCall(name, checkout, continuation({ id, type, executed }), later);
    return { kind: "action", action, ...outcome, continue: next };
  }

  #send<Value>(options: CallOptions | undefined, call: Call<Value>): Promise<Value> {
    const { timeoutMs = this.#line.timeoutMs, signal } = options ?? {};
    return send({ ...this.#line, timeoutMs: timeLimit(timeoutMs), signal }, call);
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

/** The body of every call of a purchase but the first. */
function continuation({ id, type, executed }: ContinueInput): CardPurchaseRequest & TokenPurchaseRequest {
  return { actionProcessed: { id, type, executed } };
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

/** A base address without a slash at the end. What is refused is not repeated: it may hold a password. */
function address(name: string, text: string): string {
  if (!isAddress(text)) throw new TypeError(`Sibs needs a ${name}: http(s)://…, without user and password`);
  return text.replace(/\/+$/, "");
}

function isAddress(text: string): boolean {
  try {
    const { protocol, username, password } = new URL(text);
    return /^https?:$/.test(protocol) && username + password === "";
  } catch {
    return false;
  }
}

/** A timer would take what is no time for a millisecond, and the answer would be lost: in doubt. */
function timeLimit(ms: number): number {
  if (typeof ms === "number" && ms > 0) return ms;
  throw new RangeError("Sibs needs a timeoutMs above 0, in milliseconds");
}
