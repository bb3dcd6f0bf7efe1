import type { KnowsTerminals, OfTerminal } from "../terminals.ts";

/** What showing customers whom they pay may touch. */
export interface ShowsMerchants extends KnowsTerminals {
  readonly settings: {
    /** For what is of a terminal that is not served any more. */
    readonly merchantName: string;
    readonly merchantContact: string | null;
  };
}

/** Whom a customer pays, and how they are reached, as the page shows it. */
export function merchantOf({ terminals, settings }: ShowsMerchants, subject: OfTerminal) {
  const { merchantName, merchantContact } = terminals.of(subject) ?? settings;
  return { merchantName, merchantContact };
}
