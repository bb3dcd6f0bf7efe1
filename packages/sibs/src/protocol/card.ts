/**
 * `POST /payments/{transactionID}/card/purchase`: pays with a card. Asked again, without the card, after each action
 * that the issuer wants. Authorization: Digest. The shapes are those of SIBS's API Market and documentation. Needs a
 * merchant that is PCI-DSS compliant.
 */
import type {
  AnsweredAmount,
  AnsweredMerchant,
  Execution,
  PaymentMethod,
  PaymentStatus,
  PaymentType,
  ReturnStatus,
} from "./envelope.ts";
import type { AnsweredMerchantInitiatedTransaction, MerchantInitiatedTransaction } from "./mit.ts";
import type { PaymentToken } from "./payment-token.ts";
import type { ActionProcessed, ActionResponse, Info, ThreeDSecure } from "./three-d-secure.ts";

/** The first call carries the card and the browser's data; those that follow, what became of the action. */
export interface CardPurchaseRequest {
  /** In the first call. */
  cardInfo?: CardInfo;
  /** Wanted for 3-D Secure. */
  info?: Info;
  /** In those that follow. */
  actionProcessed?: ActionProcessed;
  /** Named here by SIBS's API Market; in all samples it is in the checkout. */
  merchantInitiatedTransaction?: MerchantInitiatedTransaction;
}

/** A card. Never to be logged, and never kept (PCI DSS 3.3.1). */
export interface CardInfo {
  /** Digits alone. */
  PAN: string;
  /** Three digits; American Express has four. */
  secureCode: string;
  /** The end of the card's last month: `2028-12-31T00:00:00.000Z`. */
  validationDate: string;
  cardholderName: string;
  /** Asks for a token to pay with later. */
  createToken?: boolean;
}

/** The answer: final, not known yet, or `Partial` with the action that is wanted. */
export interface CardPurchaseResponse {
  transactionID: string;
  paymentStatus: PaymentStatus;
  paymentMethod?: PaymentMethod;
  paymentType?: PaymentType;
  execution?: Execution;
  merchant?: AnsweredMerchant;
  amount?: AnsweredAmount;
  /** Beside `Partial` alone. */
  actionResponse?: ActionResponse;
  /** The card's token, where one was asked for. */
  token?: PaymentToken;
  merchantInitiatedTransaction?: AnsweredMerchantInitiatedTransaction;
  threeDSecure?: ThreeDSecure;
  returnStatus: ReturnStatus;
}

/** The request of SIBS's documentation, with its card that belongs to nobody. */
export const exampleCardPurchaseRequest: CardPurchaseRequest = {
  cardInfo: {
    PAN: "4111111111111111",
    secureCode: "123",
    validationDate: "2028-12-31T00:00:00.000Z",
    cardholderName: "Jane Doe",
    createToken: false,
  },
  info: {
    deviceInfo: {
      browserAcceptHeader: "text/html",
      browserLanguage: "pt-PT",
      browserColorDepth: "24",
      browserScreenHeight: "1080",
      browserScreenWidth: "1920",
      browserTZ: "-60",
      browserJavaEnabled: "false",
      browserUserAgent: "Mozilla/5.0",
      ipAddress: "203.0.113.7",
    },
  },
};

/** The call after an action. */
export const exampleCardContinuationRequest: CardPurchaseRequest = {
  actionProcessed: { id: "a7f0c3f2", type: "THREEDS_METHOD", executed: true },
};

/** An answer that wants a challenge: the shape is SIBS's, the values are ours. */
export const exampleCardChallengeResponse: CardPurchaseResponse = {
  transactionID: "s2CB2CH3U91PdGDHsacJ",
  paymentStatus: "Partial",
  execution: { startTime: "2026-04-15T14:00:00.000Z", endTime: "2026-04-15T14:00:00.412Z" },
  actionResponse: {
    id: "b81e04aa",
    type: "THREEDS_CHALLENGE",
    data: {
      url: "https://acs.example/challenge",
      params: [
        { key: "creq", value: "eyJtZXNzYWdlVHlwZSI6IkNSZXEifQ" },
        { key: "threeDSSessionData", value: "czJDQjJDSDM" },
      ],
    },
  },
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
};

/** An answer that is final, with the token that was asked for: the shape is SIBS's, the values are ours. */
export const exampleCardPurchaseResponse: CardPurchaseResponse = {
  transactionID: "s2CB2CH3U91PdGDHsacJ",
  paymentStatus: "Success",
  paymentMethod: "CARD",
  paymentType: "PURS",
  execution: { startTime: "2026-04-15T14:00:00.000Z", endTime: "2026-04-15T14:00:00.731Z" },
  merchant: { terminalId: "52221", merchantTransactionId: "Order ID: r1cm97qqjv" },
  amount: { value: "5.50", currency: "EUR" },
  token: {
    tokenName: "Visa",
    tokenType: "Card",
    value: "8f3c1d0a5b7e42969a10c4d2e6f8b013572468ac",
    maskedPAN: "411111******1111",
    expireDate: "2028-12-31T00:00:00.000Z",
  },
  threeDSecure: {
    transStatus: "Y",
    eci: "05",
    authenticationValue: "AAABBWcSNIdjeUZThmNHAAAAAAA=",
    dsTransID: "c4e59ceb-a382-4d6a-bc87-385d591fa09d",
    acsTransID: "13c701a3-5a88-4c45-89e9-ef65e50a8bf9",
    messageVersion: "2.2.0",
  },
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
};
