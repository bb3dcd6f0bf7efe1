/**
 * Authorised payments (MB WAY mandates): a customer's standing consent to be charged, with a limit and an end that the
 * customer sets in the app. `POST /mbway-mandates/creation`, or `/mbway-mandates/{a checkout's
 * transactionID}/creation`, asks for one; `/inquiry` and `/inquiry-detail` (on the creation's transaction), `/list` and
 * `/cancel` follow. Authorization: Bearer; inquiry, inquiry-detail and cancel carry the phone in the header `Mbway-ID`.
 * The shapes are those of SIBS's documentation and of programs in production. The collection is a checkout with
 * `mandate`, then `mbway-id/purchase`.
 */
import type { AnsweredAmount, Execution, Merchant, ReturnStatus } from "./envelope.ts";
import type { Info } from "./three-d-secure.ts";

/**
 * `SUBSCRIPTION`: charged by and by, the customer's limit is for each month. `ONECLICK`: single purchases, the limit is
 * for each.
 */
export type MandateType = "SUBSCRIPTION" | "ONECLICK";

/**
 * How a mandate stands: four values were met in production, an unanswered one is guessed to be `PEND`. Only `ACTV` can
 * be charged.
 */
export type MandateStatus = "ACTV" | "SSPN" | "EXPR" | "CNCL" | "PEND" | (string & {});

/** Asks a phone for its owner's consent; no money moves. `merchant.transactionDescription` may say what for. */
export interface MandateCreationRequest {
  merchant: Merchant;
  mandate: MandateProposal;
  info?: Info;
}

/** Whom to ask for what. */
export interface MandateProposal {
  mandateType: MandateType;
  /** `351#9XXXXXXXX`. */
  aliasMBWAY: string;
  /** Shown as its holder. No limit is known: the 45 characters of a payment's customer are not kept here. */
  customerName: string;
}

/** The answer: SIBS has asked, the customer has not answered yet. */
export interface MandateCreationResponse {
  /** By this the mandate is inquired after and cancelled. Spelt so here, */
  transactionId?: string;
  /** and so everywhere else. */
  transactionID?: string;
  transactionSignature?: string;
  mandate?: AnsweredMandate;
  execution?: Execution;
  returnStatus: ReturnStatus;
}

/** A mandate in an answer. Limit and end exist once the customer has set them. */
export interface AnsweredMandate {
  /** 20 digits as text, since it may begin with zero: what a collection names. */
  mandateId?: string;
  mandateType?: string;
  mandateStatus?: MandateStatus;
  /** The last day it is good for: `2027-12-31`. */
  mandateExpirationDate?: string;
  amountLimit?: AnsweredAmount;
  /** What may still be collected (by `inquiry-detail`). */
  amountAvailable?: AnsweredAmount;
  aliasMBWAY?: string;
  customerName?: string;
  /** The creation's. */
  transactionId?: string;
}

/** Nothing: address and header say it all. */
export type MandateInquiryRequest = Record<string, never>;

/** The answer. `E0507` and no mandate: not known, or not answered by the customer. */
export interface MandateInquiryResponse {
  mandate?: AnsweredMandate;
  moreElementsIndicator?: boolean;
  execution?: Execution;
  returnStatus: ReturnStatus;
}

/** Every mandate of the merchant; how to ask for more than one answer holds, no text says. */
export interface MandateListResponse {
  mandates?: AnsweredMandate[];
  moreElementsIndicator?: boolean;
  execution?: Execution;
  returnStatus: ReturnStatus;
}

/** Ends a mandate. */
export interface MandateCancellationRequest {
  merchant: Merchant;
  info?: Info;
}

/** The answer. */
export interface MandateCancellationResponse {
  transactionID?: string;
  transactionSignature?: string;
  signature?: string;
  execution?: Execution;
  returnStatus: ReturnStatus;
}

/** Names the mandate that a checkout collects by. */
export interface CollectedMandate {
  mandateId: string;
}

/** Whether a checkout may be paid by mandate. */
export interface MandateAvailability {
  mandateAvailable?: boolean;
  termsAndConditions?: string;
}

/** In `mbway-id/purchase`, in place of a phone. */
export interface MandateUse {
  mandateCreation: boolean;
  useMBWAYMandate: boolean;
}

/** What happened to a mandate, in a notification: other names for the same things. */
export interface NotifiedMandate {
  /** The API's `mandateId`. */
  mandateIdentification: string;
  /** Created, suspended, reactivated, limit or end updated, cancelled. */
  mandateAction: MandateAction;
  /** Done, rejected, refused by the customer. */
  mandateActionStatus: MandateActionStatus;
  /** `SBSC` for a subscription; the code of a one-click one was not met. */
  mandateType?: string;
  clientName?: string;
  aliasMBWAY?: string;
  /** May be longer than a date: production cuts it after ten characters. */
  mandateExpirationDate?: string;
  mandateAmountLimit?: AnsweredAmount;
}

export type MandateAction = "CRTN" | "SSPN" | "RCTV" | "LMUP" | "CNCL" | (string & {});

export type MandateActionStatus = "SCCS" | "RJCT" | "RFSD" | (string & {});

/** The documented request. */
export const exampleMandateCreationRequest: MandateCreationRequest = {
  merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "9ad9799c0cd248719d3868cb78d46338" },
  mandate: { mandateType: "SUBSCRIPTION", aliasMBWAY: "351#912345678", customerName: "Jane Doe" },
};

/** The members as met in production; the values are ours. */
export const exampleMandateCreationResponse: MandateCreationResponse = {
  transactionId: "s2MANDATExxxxxxxxxxx",
  transactionSignature:
    "eyJ0eElkIjoiczJNQU5EQVRFIn0=.iouf6xtVLCzwj1tFFJfwpbepumscI6jAfQ50PuMmrpI=.XJIJNOgI3ZrvCFef6yFX",
  mandate: {
    mandateId: "03170048986451307711",
    mandateType: "SUBSCRIPTION",
    aliasMBWAY: "351#912345678",
    customerName: "Jane Doe",
    mandateStatus: "PEND",
  },
  execution: { startTime: "2026-04-15T14:00:00.000Z", endTime: "2026-04-15T14:00:00.090Z" },
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
};

/** A mandate whose owner agreed to 100 € a month until the end of 2027, of which 90.10 € are left. */
export const exampleMandateInquiryResponse: MandateInquiryResponse = {
  mandate: {
    mandateId: "03170048986451307711",
    mandateType: "SUBSCRIPTION",
    mandateStatus: "ACTV",
    mandateExpirationDate: "2027-12-31",
    amountLimit: { value: "100.00", currency: "EUR" },
    amountAvailable: { value: "90.10", currency: "EUR" },
    aliasMBWAY: "351#912345678",
    customerName: "Jane Doe",
    transactionId: "s2MANDATExxxxxxxxxxx",
  },
  moreElementsIndicator: false,
  execution: { startTime: "2026-04-15T14:05:00.000Z", endTime: "2026-04-15T14:05:00.040Z" },
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
};

/** One active mandate, one that was cancelled. */
export const exampleMandateListResponse: MandateListResponse = {
  mandates: [
    {
      mandateId: "03170048986451307711",
      mandateType: "SUBSCRIPTION",
      mandateStatus: "ACTV",
      mandateExpirationDate: "2027-12-31",
      amountLimit: { value: "100.00", currency: "EUR" },
      aliasMBWAY: "351#912345678",
      customerName: "Jane Doe",
      transactionId: "s2MANDATExxxxxxxxxxx",
    },
    { mandateId: "12345690656800744652", mandateType: "ONECLICK", mandateStatus: "CNCL", aliasMBWAY: "351#919999999" },
  ],
  moreElementsIndicator: false,
  execution: { startTime: "2026-04-15T14:06:00.000Z", endTime: "2026-04-15T14:06:00.050Z" },
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
};

/** Ends the mandate. */
export const exampleMandateCancellationRequest: MandateCancellationRequest = {
  merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "end-man-17" },
};

/** The members as met in production; the values are ours. */
export const exampleMandateCancellationResponse: MandateCancellationResponse = {
  transactionID: "s2ENDxxxxxxxxxxxxxxx",
  transactionSignature: "eyJ0eElkIjoiczJFTkQifQ==.iouf6xtVLCzwj1tFFJfwpbepumscI6jAfQ50PuMmrpI=.XJIJNOgI3ZrvCFef6yFX",
  execution: { startTime: "2026-04-16T09:00:00.000Z", endTime: "2026-04-16T09:00:00.060Z" },
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
};
