import { Sibs, type SibsOptions } from "@caravela/sibs";
import type { Phone } from "@caravela/sibs/phone";
import type { MandateCancellationId, MandateId, MerchantTransactionId } from "../domain/identifiers.ts";
import type { MandateType } from "../domain/mandate/state.ts";
import type { Action } from "../domain/payment/attempt.ts";
import type { OperationKind } from "../domain/payment/operation.ts";
import type { Card, CheckoutTerms, DeviceInfo, OperationTerms, SavedCardTerms } from "./inputs.ts";
import { listedMandateOf, mandateReportOf, WIRE_TYPES } from "./mandate.ts";
import type {
  Answered,
  ChargeOutcome,
  CheckoutOutcome,
  InquiryOutcome,
  MandateEndOutcome,
  MandateInquiryOutcome,
  MandateListOutcome,
  MandateRequestOutcome,
  OperationOutcome,
  PreparedCheckout,
  Refused,
} from "./outcome.ts";
import { type CallKind, type Unanswered, unansweredBy } from "./reading.ts";
import { chargeReportOf, reportOf, type SaidOfCharge, statusOf, tokenOf, WIRE_ACTIONS } from "./report.ts";

/** Prepares a transaction; nothing is charged. */
export interface Checkouts {
  checkout(terms: CheckoutTerms): Promise<CheckoutOutcome>;
}

/** The calls that ask a customer, or their bank, for money: each is sent once. */
export interface Charges {
  /** Asks a phone's MB WAY app. */
  chargePhone(checkout: PreparedCheckout, phone: Phone): Promise<ChargeOutcome>;
  /** Makes a Multibanco reference. */
  makeReference(checkout: PreparedCheckout): Promise<ChargeOutcome>;
  chargeCard(checkout: PreparedCheckout, paying: PayingCard): Promise<ChargeOutcome>;
  chargeToken(checkout: PreparedCheckout, paying: PayingToken): Promise<ChargeOutcome>;
  /** By the mandate that the checkout names. */
  chargeMandate(checkout: PreparedCheckout): Promise<ChargeOutcome>;
  /** Goes on after the browser did what the issuer wanted of it, or could not. */
  continueCard(checkout: PreparedCheckout, done: ActionReport): Promise<ChargeOutcome>;
  continueToken(checkout: PreparedCheckout, done: ActionReport): Promise<ChargeOutcome>;
  /** Charges a saved card without its customer, on the transaction at which they consented. */
  chargeSavedCard(consent: string, terms: SavedCardTerms): Promise<ChargeOutcome>;
}

/** What is done with an authorisation or a purchase afterwards. */
export interface Operations {
  operate(kind: OperationKind, transactionId: string, terms: OperationTerms): Promise<OperationOutcome>;
}

/** Makes an unpaid reference unpayable. */
export interface Withdrawals {
  withdraw(transactionId: string, terms: OperationTerms): Promise<OperationOutcome>;
}

/** How a transaction stands. Each is asked once: whoever asks has a schedule. */
export interface Inquiries {
  status(transactionId: string): Promise<InquiryOutcome>;
  /** Of the newest transaction that was sent under this id of ours. */
  statusByOwnId(own: MerchantTransactionId): Promise<InquiryOutcome>;
}

/** Mandates are asked for and ended; each call is sent once. */
export interface MandateCalls {
  requestMandate(wanted: MandateRequest): Promise<MandateRequestOutcome>;
  endMandate(transactionId: string, end: MandateEnd): Promise<MandateEndOutcome>;
}

/** How mandates stand. */
export interface MandateInquiries extends Inquiries {
  inquireMandate(transactionId: string, phone: Phone): Promise<MandateInquiryOutcome>;
  /** All of the merchant's. */
  listMandates(): Promise<MandateListOutcome>;
}

/** All calls to SIBS. */
export type SibsCalls = Checkouts & Charges & Operations & Withdrawals & MandateCalls & MandateInquiries;

/** What a card pays with. It is in this one call and in nothing that is answered. */
export interface PayingCard {
  readonly card: Card;
  readonly device?: DeviceInfo | undefined;
}

/** What a saved card pays with. */
export interface PayingToken {
  readonly token: string;
  /** Typed anew. */
  readonly secureCode?: string | undefined;
  readonly device?: DeviceInfo | undefined;
}

/** What became of an action that the issuer wanted of the browser. */
export interface ActionReport {
  readonly id: string;
  readonly type: Action["type"];
  /** False: the browser could not do it. */
  readonly executed: boolean;
}

export interface MandateRequest {
  /** Our own, by which it is found when its answer is lost. */
  readonly merchantTransactionId: MandateId;
  readonly type: MandateType;
  readonly phone: Phone;
  readonly customerName: string;
  readonly description: string;
}

export interface MandateEnd {
  readonly merchantTransactionId: MandateCancellationId;
  readonly phone: Phone;
}

/** How long one checkout may take, in milliseconds: two fit into the ten seconds that a caller waits. */
const CHECKOUT_LIMIT_MS = 4_000;
/** How long a withdrawal may take: shorter than what a caller waits. */
const WITHDRAWAL_LIMIT_MS = 5_000;
/** How long an inquiry may take: it is asked anew by its schedule. */
const INQUIRY_LIMIT_MS = 5_000;

/**
 * The one way to SIBS. It answers with what became of a call (`outcome.ts`), and throws for nothing that SIBS or the
 * network did: the types say for each call what it can come to, and `reading.ts` says when.
 */
export class SibsPort implements SibsCalls {
  readonly #sibs: Sibs;
  /** Tries each question once. */
  readonly #inquirer: Sibs;
  readonly #turn: () => Promise<void>;

  /** @param turn resolves when a call may be made; what SIBS may take to answer it counts from then on. */
  constructor(options: SibsOptions, turn: () => Promise<void> = async () => undefined) {
    this.#sibs = new Sibs(options);
    this.#inquirer = new Sibs({ ...options, retries: 0 });
    this.#turn = turn;
  }

  checkout(terms: CheckoutTerms): Promise<CheckoutOutcome> {
    return this.#heard("checkout", async () => {
      const { transactionId, signature } = await this.#sibs.checkout(terms, { timeoutMs: CHECKOUT_LIMIT_MS });
      return answered({ checkout: { transactionId, signature } });
    });
  }

  chargePhone(checkout: PreparedCheckout, phone: Phone): Promise<ChargeOutcome> {
    return this.#charged(() => this.#sibs.mbwayPurchase(checkout, { phone }));
  }

  makeReference(checkout: PreparedCheckout): Promise<ChargeOutcome> {
    return this.#charged(() => this.#sibs.generateReference(checkout));
  }

  chargeCard(checkout: PreparedCheckout, paying: PayingCard): Promise<ChargeOutcome> {
    return this.#charged(() => this.#sibs.cardPurchase(checkout, paying));
  }

  chargeToken(checkout: PreparedCheckout, paying: PayingToken): Promise<ChargeOutcome> {
    return this.#charged(() => this.#sibs.tokenPurchase(checkout, paying));
  }

  chargeMandate(checkout: PreparedCheckout): Promise<ChargeOutcome> {
    return this.#charged(() => this.#sibs.mandatePurchase(checkout));
  }

  continueCard(checkout: PreparedCheckout, done: ActionReport): Promise<ChargeOutcome> {
    return this.#charged(() => this.#sibs.continueCard(checkout, wireOf(done)));
  }

  continueToken(checkout: PreparedCheckout, done: ActionReport): Promise<ChargeOutcome> {
    return this.#charged(() => this.#sibs.continueToken(checkout, wireOf(done)));
  }

  chargeSavedCard(consent: string, terms: SavedCardTerms): Promise<ChargeOutcome> {
    return this.#charged(() => this.#sibs.mit(consent, terms));
  }

  operate(kind: OperationKind, transactionId: string, terms: OperationTerms): Promise<OperationOutcome> {
    const calls: Readonly<Record<OperationKind, "capture" | "cancel" | "refund">> = {
      capture: "capture",
      cancellation: "cancel",
      refund: "refund",
    };
    return this.#heard("operation", async () => {
      const said = await this.#sibs[calls[kind]](transactionId, terms);
      return answered({ report: reportOf(said, "answer") });
    });
  }

  withdraw(transactionId: string, terms: OperationTerms): Promise<OperationOutcome> {
    return this.#heard("operation", async () => {
      const said = await this.#sibs.cancel(transactionId, terms, { timeoutMs: WITHDRAWAL_LIMIT_MS });
      return answered({ report: reportOf(said, "answer") });
    });
  }

  status(transactionId: string): Promise<InquiryOutcome> {
    return this.#heard("inquiry", async () =>
      answered({ status: statusOf(await this.#inquirer.status(transactionId, PATIENCE)) }),
    );
  }

  statusByOwnId(own: MerchantTransactionId): Promise<InquiryOutcome> {
    return this.#heard("inquiry", async () =>
      answered({ status: statusOf(await this.#inquirer.statusByMerchantTransactionId(own, PATIENCE)) }),
    );
  }

  requestMandate({ type, ...wanted }: MandateRequest): Promise<MandateRequestOutcome> {
    return this.#heard("operation", async () => {
      const said = await this.#sibs.createMandate({ ...wanted, type: WIRE_TYPES[type] });
      const { transactionId, mandate } = said;
      // SIBS may refuse with HTTP 200 too; then nobody was asked.
      if (transactionId === null) return refusalIn(said);
      return isDone(said) ? answered({ transactionId, mandateId: mandate?.mandateId ?? null }) : refusalIn(said);
    });
  }

  endMandate(transactionId: string, end: MandateEnd): Promise<MandateEndOutcome> {
    return this.#heard("operation", async () => {
      const said = await this.#sibs.cancelMandate(transactionId, end);
      return isDone(said) ? answered({}) : refusalIn(said);
    });
  }

  inquireMandate(transactionId: string, phone: Phone): Promise<MandateInquiryOutcome> {
    return this.#heard("inquiry", async () => {
      const { mandate } = await this.#inquirer.inquireMandate(transactionId, { phone }, PATIENCE);
      return answered({ report: mandateReportOf(mandate) });
    });
  }

  listMandates(): Promise<MandateListOutcome> {
    return this.#heard("inquiry", async () => {
      const { mandates } = await this.#inquirer.listMandates(PATIENCE);
      return answered({ mandates: mandates.map(listedMandateOf) });
    });
  }

  #charged(call: () => Promise<SaidOfCharge>): Promise<ChargeOutcome> {
    return this.#heard("charge", async () => {
      const said = await call();
      return answered({ report: chargeReportOf(said), token: tokenOf(said) });
    });
  }

  /** Makes a call when it is its turn, and reads why it has no usable answer where it has none. */
  async #heard<Kind extends CallKind, Said>(kind: Kind, call: () => Promise<Said>): Promise<Said | Unanswered[Kind]> {
    await this.#turn();
    try {
      return await call();
    } catch (error) {
      return unansweredBy(kind, error);
    }
  }
}

const PATIENCE = { timeoutMs: INQUIRY_LIMIT_MS };

function answered<Said>(said: Said): Answered<Said> {
  return { kind: "answered", ...said };
}

interface SaidOfMandate {
  readonly returnStatus: { readonly statusCode: string };
  readonly httpStatus: number;
}

const isDone = ({ returnStatus }: SaidOfMandate): boolean => returnStatus.statusCode === "000";

function refusalIn({ returnStatus, httpStatus }: SaidOfMandate): Refused {
  return { kind: "refused", code: returnStatus.statusCode || null, fault: { error: "a refusal", httpStatus } };
}

function wireOf({ id, type, executed }: ActionReport) {
  return { id, type: WIRE_ACTIONS[type], executed };
}
