/**
 * The notification SIBS posts, encrypted, when a transaction's status changes, and the answer it wants.
 * At least once, in no order: a notification informs, the status decides.
 */
import type { AnsweredAmount, PaymentMethod, PaymentStatus, PaymentType } from "./envelope.ts";
import type { NotifiedMandate } from "./mandate.ts";
import type { AnsweredMerchantInitiatedTransaction } from "./mit.ts";
import type { PaymentReference } from "./multibanco.ts";
import type { PaymentToken } from "./payment-token.ts";
import type { ThreeDSecure } from "./three-d-secure.ts";

/**
 * The plaintext, as SIBS's documentation shows it; its published test vectors lack the optional members. Blocks not
 * named here may come.
 */
export interface Notification {
  returnStatus: { statusMsg: string; statusCode: string; statusDescription?: string };
  /** `Success` may be a cancellation's: look at `paymentType`. */
  paymentStatus: PaymentStatus;
  paymentMethod?: PaymentMethod;
  transactionID: string;
  /** With `Z` or an offset; a real one had `+01:00`. */
  transactionDateTime?: string;
  /** A number, or text in older examples. */
  amount?: AnsweredAmount;
  merchant: NotifiedMerchant;
  paymentType: PaymentType;
  token?: PaymentToken;
  paymentReference?: PaymentReference;
  /** Of the first payment and of each later charge. */
  merchantInitiatedTransaction?: AnsweredMerchantInitiatedTransaction;
  /** Of a card purchase. */
  threeDSecure?: ThreeDSecure;
  /** What happened to an authorised payment; of a collection, which one paid (inferred). */
  mbwayMandate?: NotifiedMandate;
  internalTransactionId?: string;
  /** Names the notification: repeated tries carry the same. */
  notificationID: string;
}

/** The merchant of a notification. */
export interface NotifiedMerchant {
  /** The `merchantTransactionId` of the checkout or operation, under another name. */
  transactionId?: string;
  /** A number here. */
  terminalId?: number | string;
  merchantName?: string;
  /** Text: `"false"`. */
  inApp?: string;
}

/** The answer SIBS wants, with HTTP 200; anything else counts as not delivered. */
export interface NotificationAcknowledgement {
  /** `"200"` in production; SIBS also documents `"000"`. */
  statusCode: string | number;
  statusMsg: string;
  notificationID: string;
}

/** An MB WAY purchase, as SIBS's documentation shows it. */
export const exampleNotification: Notification = {
  returnStatus: { statusMsg: "Success", statusCode: "000" },
  paymentStatus: "Success",
  paymentMethod: "MBWAY",
  transactionID: "s2bfw1g1P1siCSUjVPP8",
  transactionDateTime: "2026-03-12T10:48:44Z",
  amount: { currency: "EUR", value: 15.9 },
  merchant: {
    transactionId: "aafd48f8d6814e86855ed5489d04880f",
    terminalId: 1562569,
    merchantName: "MERCHANT DOT COM",
    inApp: "false",
  },
  paymentType: "PURS",
  token: { tokenType: "MobilePhone", value: "351#912345678" },
  internalTransactionId: "S13039300290071S",
  notificationID: "b6571d90-35d6-41a6-b7b1-732464b1e58c",
};

/** A reference that was paid: its expiry is `expiryDate` here, `expireDate` in the API's answers. */
export const exampleReferencePaidNotification: Notification = {
  returnStatus: { statusMsg: "Success", statusCode: "000" },
  paymentStatus: "Success",
  paymentMethod: "REFERENCE",
  transactionID: "s2T3sfBjwny4V5BhcMTP",
  transactionDateTime: "2026-05-14T23:30:00+01:00",
  amount: { currency: "EUR", value: "19.20" },
  merchant: { transactionId: "order-17", terminalId: "1562569", merchantName: "MERCHANT DOT COM", inApp: "false" },
  paymentType: "PREF",
  paymentReference: {
    reference: "256309828",
    entity: "40200",
    paymentEntity: "40200",
    amount: { value: "19.20", currency: "EUR" },
    status: "PAID",
    expiryDate: "2026-05-15T10:00:00.000Z",
  },
  internalTransactionId: "S13039300290071S",
  notificationID: "de64fbe2-0e6e-4d94-b50c-3dac491e76ff",
};

/** A charge by the merchant, after SIBS's examples: `MITR` is a hold until it is captured. */
export const exampleMitNotification: Notification = {
  returnStatus: { statusMsg: "Success", statusCode: "000" },
  paymentStatus: "Success",
  paymentMethod: "CARD",
  transactionID: "s2bfw1g1P1siCSUjVPP8",
  transactionDateTime: "2026-04-15T15:00:00+01:00",
  amount: { currency: "EUR", value: 9.9 },
  merchant: { transactionId: "MIT-RCRR-1", terminalId: 52221, merchantName: "MERCHANT DOT COM", inApp: "false" },
  paymentType: "MITR",
  token: {
    tokenType: "Card",
    value: "8f3c1d0a5b7e42969a10c4d2e6f8b013572468ac",
    maskedPAN: "411111******1111",
    expireDate: "2028-12-31T00:00:00.000Z",
  },
  merchantInitiatedTransaction: {
    type: "RCRR",
    amountQualifier: "ACTUAL",
    schedule: { initialDate: "2026-03-15T14:00:00.000Z", finalDate: "2027-03-15T14:00:00.000Z", interval: "MONTHLY" },
  },
  internalTransactionId: "S13039300290072S",
  notificationID: "0c9d4b52-6a0e-4b6e-9d3c-5a4f7f0b6a11",
};

/** A customer agreed to an authorised payment: the block is that of a program in production, after SIBS's examples. */
export const exampleMandateNotification: Notification = {
  returnStatus: { statusMsg: "Success", statusCode: "000" },
  paymentStatus: "Success",
  paymentMethod: "MBWAY",
  transactionID: "s2MANDATExxxxxxxxxxx",
  transactionDateTime: "2026-04-15T15:02:00+01:00",
  merchant: {
    transactionId: "9ad9799c0cd248719d3868cb78d46338",
    terminalId: 52221,
    merchantName: "MERCHANT DOT COM",
    inApp: "false",
  },
  paymentType: "AUTH",
  token: { tokenType: "MobilePhone", value: "351#912345678" },
  mbwayMandate: {
    mandateIdentification: "12345690656800744652",
    mandateAction: "CRTN",
    mandateActionStatus: "SCCS",
    mandateType: "SBSC",
    clientName: "Test Client",
    aliasMBWAY: "351#912345678",
    mandateExpirationDate: "2027-12-31",
    mandateAmountLimit: { value: "100.00", currency: "EUR" },
  },
  internalTransactionId: "S13039300290073S",
  notificationID: "5f0d1c7e-8d1b-4b8e-a9f3-2c6d4e0b7a19",
};

/** The acknowledgement that runs in production. */
export const exampleAcknowledgement: NotificationAcknowledgement = {
  statusCode: "200",
  statusMsg: "Success",
  notificationID: "b6571d90-35d6-41a6-b7b1-732464b1e58c",
};
