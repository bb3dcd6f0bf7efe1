import { type CheckoutKey, methodCall, pathOf, phoneFor } from "./addressing.ts";
import { send } from "./call.ts";
import { type CardMethod, cardPurchaseCall, continuationCall, tokenPurchaseCall } from "./card-calls.ts";
import type { CardAnswer, CardStep } from "./card-step.ts";
import type { Call } from "./exchange.ts";
import type {
  CallOptions,
  CaptureInput,
  CardPurchaseInput,
  CheckoutInput,
  ContinueInput,
  MandateCancellationInput,
  MandateHolder,
  MandateInput,
  MitInput,
  OperationInput,
  SibsOptions,
  TokenPurchaseInput,
} from "./inputs.ts";
import type { MandateCancellation, MandateCreation, MandateInquiry, MandateList } from "./mandate.ts";
import { cancellationCall, creationCall, inquiryCall, listCall, type MandateCall } from "./mandate-calls.ts";
import type { MbwayPurchaseRequest } from "./protocol/mbway.ts";
import { checkoutRequest, mitRequest, operationRequest } from "./requests.ts";
import {
  type Checkout,
  type Operation,
  type OwnOperation,
  type Reference,
  readCheckout,
  readOwnOperation,
  readPurchase,
  readReferenceAnswer,
  readStatus,
  type TransactionStatus,
} from "./results.ts";
import { type Setup, setUp, timeLimit } from "./setup.ts";

/**
 * SIBS Gateway, Server-to-Server. Answers with what SIBS decided, also when that is a decline;
 * throws a `SibsError` when there is no usable answer, and an `InDoubtError` when money may have moved nevertheless.
 *
 * @example const sibs = new Sibs({ terminalId: 52221, clientId, token, environment: "quality" }); const checkout =
 * await sibs.checkout({ merchantTransactionId: "order-17", amount: cents(550), description: "Two mugs", methods:
 * ["MBWAY"] }); const purchase = await sibs.mbwayPurchase(checkout, { phone: "919 999 999" }); //
 * purchase.paymentStatus: "Pending"
 */
export class Sibs {
  /** Everything before `/payments`. */
  readonly baseUrl: string;
  /** Everything before `/mbway-mandates`. */
  readonly mandatesBaseUrl: string;
  readonly #terminalId: number | string;
  readonly #bearer: string;
  readonly #line: Setup["line"];

  /**
   * @throws TypeError when the address or a credential is missing, an address is none of http(s) or holds a user or
   * password, or a credential is none that a header could carry; RangeError when the time limit is no number above 0.
   */
  constructor(options: SibsOptions) {
    const { baseUrl, mandatesBaseUrl, terminalId, bearer, line } = setUp(options);
    this.baseUrl = baseUrl;
    this.mandatesBaseUrl = mandatesBaseUrl;
    this.#terminalId = terminalId;
    this.#bearer = bearer;
    this.#line = line;
  }

  /**
   * Prepares a transaction (`POST /payments`). Nothing is charged: a lost answer costs nothing, make another checkout.
   * @throws SibsError, never in doubt; RangeError when an amount is not in whole cents or a date is none.
   */
  async checkout(input: CheckoutInput, options?: CallOptions): Promise<Checkout> {
    return this.#send(options, {
      kind: "prepare",
      path: "/payments",
      authorization: this.#bearer,
      transactionId: null,
      body: checkoutRequest(this.#terminalId, this.#line.now(), input),
      read: (body, httpStatus) => readCheckout(body, httpStatus, this.#line.now()),
    });
  }

  /**
   * Asks a phone's MB WAY app for approval. The normal answer is `Pending`: its owner has four minutes.
   * `phone` is a `Phone`, or text that `parsePhone` can read.
   * @throws SibsError; InDoubtError when the app may have been asked.
   */
  async mbwayPurchase(
    checkout: CheckoutKey,
    { phone }: { readonly phone: string },
    options?: CallOptions,
  ): Promise<Operation> {
    const body: MbwayPurchaseRequest = { customerPhone: phoneFor("customerPhone", phone, checkout.transactionId) };
    return this.#send(options, { ...methodCall(checkout, "mbway-id/purchase"), body, read: readPurchase });
  }

  /**
   * Collects by the authorised payment that the checkout names, without asking the customer. Over the customer's limit
   * SIBS may ask the phone after all: then the answer is `Pending`, its `paymentMethod` `MBWAY`, and its owner has four
   * minutes.
   * @throws SibsError; InDoubtError when it may have been charged.
   */
  async mandatePurchase(checkout: CheckoutKey, options?: CallOptions): Promise<Operation> {
    const body: MbwayPurchaseRequest = { mandate: { mandateCreation: false, useMBWAYMandate: true } };
    return this.#send(options, { ...methodCall(checkout, "mbway-id/purchase"), body, read: readPurchase });
  }

  /**
   * Makes a Multibanco reference. It can be paid from then on, so its lost answer is in doubt too.
   * @throws SibsError; InDoubtError when the reference may exist.
   */
  async generateReference(checkout: CheckoutKey, options?: CallOptions): Promise<Reference> {
    const call = methodCall(checkout, "service-reference/generate");
    return this.#send(options, { ...call, body: {}, read: readReferenceAnswer });
  }

  /**
   * Pays with a card. 3-D Secure may want something of the browser first: then the step is an `action`, and its
   * `continue()` goes on. A decline is a value. The card is in this one call and in nothing that it answers or throws.
   * @throws SibsError; InDoubtError when the card may have been charged.
   */
  async cardPurchase(checkout: CheckoutKey, input: CardPurchaseInput, options?: CallOptions): Promise<CardStep> {
    return this.#cardStep("card", checkout, cardPurchaseCall(checkout, input), options);
  }

  /**
   * Takes the next step of a purchase by card, once the browser did what `action` asked for, or could not: for a
   * process that has only the action's id and type.
   * @throws SibsError; InDoubtError when the card may have been charged.
   */
  async continueCard(checkout: CheckoutKey, action: ContinueInput, options?: CallOptions): Promise<CardStep> {
    return this.#cardStep("card", checkout, continuationCall("card", checkout, action), options);
  }

  /**
   * Pays with a saved card; 3-D Secure may follow as with a card (inferred).
   * The checkout announces the token in `tokenisation.paymentTokens`.
   * @throws SibsError; InDoubtError when the card may have been charged.
   */
  async tokenPurchase(checkout: CheckoutKey, input: TokenPurchaseInput, options?: CallOptions): Promise<CardStep> {
    return this.#cardStep("token", checkout, tokenPurchaseCall(checkout, input), options);
  }

  /**
   * Takes the next step of a purchase by a saved card.
   * @throws SibsError; InDoubtError when the card may have been charged.
   */
  async continueToken(checkout: CheckoutKey, action: ContinueInput, options?: CallOptions): Promise<CardStep> {
    return this.#cardStep("token", checkout, continuationCall("token", checkout, action), options);
  }

  /**
   * Asks how a transaction stands: the authority on the outcome. Repeated by itself where an answer is lost.
   * @throws SibsError, never in doubt.
   */
  async status(transactionId: string, options?: CallOptions): Promise<TransactionStatus> {
    return this.#status(pathOf("payments", transactionId, "status"), transactionId, options);
  }

  /**
   * Asks for the newest transaction of this merchantTransactionId, an operation's included (met in production).
   * @throws SibsError, never in doubt.
   */
  async statusByMerchantTransactionId(id: string, options?: CallOptions): Promise<TransactionStatus> {
    return this.#status(`/payments/status?merchantTransactionId=${encodeURIComponent(id)}`, null, options);
  }

  /**
   * Takes what an `AUTH` or a charge by the merchant holds, whole or in parts.
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  async capture(transactionId: string, input: CaptureInput, options?: CallOptions): Promise<OwnOperation> {
    return this.#operation("capture", transactionId, operationRequest, input, options);
  }

  /**
   * Charges a saved card without the customer, on the transaction by which the customer agreed to it.
   * What it holds is to be captured on the charge's own transactionId.
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  async mit(transactionId: string, input: MitInput, options?: CallOptions): Promise<OwnOperation> {
    return this.#operation("mit", transactionId, mitRequest, input, options);
  }

  /**
   * Releases what is held, whole or in part, or cancels an unpaid reference.
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  async cancel(transactionId: string, input: OperationInput, options?: CallOptions): Promise<OwnOperation> {
    return this.#operation("cancellation", transactionId, operationRequest, input, options);
  }

  /**
   * Gives back what was paid, whole or in part. A decline may come as HTTP 400: it is a value too.
   * @throws SibsError; InDoubtError when it may have been done: find it by its merchantTransactionId.
   */
  async refund(transactionId: string, input: OperationInput, options?: CallOptions): Promise<OwnOperation> {
    return this.#operation("refund", transactionId, operationRequest, input, options);
  }

  /**
   * Asks a phone's owner for an authorised payment, with a limit and an end that the owner sets in the app within four
   * minutes. No money moves.
   * @throws SibsError; InDoubtError when the phone may have been asked: find it by its merchantTransactionId.
   */
  async createMandate(input: MandateInput, options?: CallOptions): Promise<MandateCreation> {
    return this.#sendMandate(options, creationCall(this.#terminalId, input));
  }

  /**
   * Asks how an authorised payment stands, by its creation's transaction. Repeated by itself where an answer is lost.
   * @throws SibsError, never in doubt.
   */
  async inquireMandate(transactionId: string, holder: MandateHolder, options?: CallOptions): Promise<MandateInquiry> {
    return this.#sendMandate(options, inquiryCall("inquiry", transactionId, holder));
  }

  /**
   * Asks the same, and what is left of the limit. Repeated by itself where an answer is lost.
   * @throws SibsError, never in doubt.
   */
  async inquireMandateDetail(
    transactionId: string,
    holder: MandateHolder,
    options?: CallOptions,
  ): Promise<MandateInquiry> {
    return this.#sendMandate(options, inquiryCall("inquiry-detail", transactionId, holder));
  }

  /**
   * Asks for the merchant's authorised payments. Repeated by itself where an answer is lost.
   * @throws SibsError, never in doubt.
   */
  async listMandates(options?: CallOptions): Promise<MandateList> {
    return this.#sendMandate(options, listCall());
  }

  /**
   * Ends an authorised payment. It did if the code is `000`.
   * @throws SibsError; InDoubtError when it may have ended: inquire.
   */
  async cancelMandate(
    transactionId: string,
    input: MandateCancellationInput,
    options?: CallOptions,
  ): Promise<MandateCancellation> {
    return this.#sendMandate(options, cancellationCall(this.#terminalId, transactionId, input));
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
  ): Promise<OwnOperation> {
    return this.#send(options, {
      kind: "operation",
      path: pathOf("payments", transactionId, name),
      authorization: this.#bearer,
      transactionId,
      body: write(this.#terminalId, this.#line.now(), transactionId, input),
      read: readOwnOperation,
    });
  }

  async #cardStep(
    method: CardMethod,
    checkout: CheckoutKey,
    call: Call<CardAnswer>,
    options: CallOptions | undefined,
  ): Promise<CardStep> {
    const { action, ...outcome } = await this.#send(options, call);
    if (action === null) return { kind: "done", ...outcome };
    const { id, type } = action;
    const next = (executed = true, later?: CallOptions) =>
      this.#cardStep(method, checkout, continuationCall(method, checkout, { id, type, executed }), later);
    return { kind: "action", action, ...outcome, continue: next };
  }

  #sendMandate<Value>(options: CallOptions | undefined, call: MandateCall<Value>): Promise<Value> {
    return this.#send(options, { ...call, authorization: this.#bearer }, this.mandatesBaseUrl);
  }

  #send<Value>(options: CallOptions | undefined, call: Call<Value>, baseUrl = this.baseUrl): Promise<Value> {
    const { timeoutMs = this.#line.timeoutMs, signal } = options ?? {};
    return send({ ...this.#line, baseUrl, timeoutMs: timeLimit(timeoutMs), signal }, call);
  }
}
