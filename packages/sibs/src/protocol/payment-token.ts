/** What the customer paid with, or a card that is kept: in `tokenList`, answers, the status and notifications. */
export interface PaymentToken {
  tokenName?: string;
  /** `Card`, or `MobilePhone` of an MB WAY payment. */
  tokenType: string;
  /** What pays: 40 characters in samples; a phone, `351#…`, of MB WAY. */
  value: string;
  /** `401200******1112` in a sample. */
  maskedPAN?: string;
  /** A date and time in a sample. */
  expireDate?: string;
}
