import type { CardBrand } from "@caravela/sibs/card-data";
import type { Cents } from "@caravela/sibs/money";
import type { PhoneProblem } from "@caravela/sibs/phone";
import type { PageView } from "../parts/live.ts";
import type { CardField, CardProblems, PayerField } from "./card/checks.ts";
import type { Country } from "./card/countries.ts";

/**
 * What the payment page, `/pay/{token}`, shows. Its forms answer it as JSON when asked to (`Accept: application/json`).
 */
export interface PayView extends PageView {
  /** Goes back with each form: the attempt that a press means. Two presses with the same value make one attempt. */
  request: string;
  amount: Cents;
  /** What it is for, in the shop's words. */
  description: string | null;
  /** The shop's number of the order; null where it gave none. */
  reference: string | null;
  /** What is bought, as the shop told it; empty where it did not. */
  items: ItemOnPage[];
  /** What the customer may choose among. */
  methods: PayMethod[];
  /** What the shop takes and cannot take this amount, with the amounts that each can; null: no such bound. */
  outOfReach: { method: PayMethod; least: Cents | null; most: Cents | null }[];
  /** The way that was tried last, and ended without money; null: none was. */
  tried: PayMethod | null;
  /**
   * The customer's phone as the shop told it, for the field to begin with; null when it told none, or none of MB WAY.
   */
  phone: string | null;
  /** What was typed as a phone and is none, and why; null when nothing was, or it was one. */
  typed: { phone: string; problem: PhoneProblem } | null;
  /** The country that the customer's browser is at home in, by its two letters: an address begins with it. */
  country: string;
  /** How a card may be used; null where cards are not offered. */
  card: CardOnPage | null;
  /** What is wrong with a card's form that was sent; null when nothing is, or none was. */
  cardTyped: CardTyped | null;
  /** The customer's authorised payments that may be charged from this page. */
  mandates: UsableMandate[];
  /** Whether the one that was chosen cannot be charged from this page any more. */
  mandateGone: boolean;
  /** For how many minutes the phone that was to be asked is left alone; null: it is not. */
  phoneRests: number | null;
  /**
   * What the customer needs to ask the shop, where it takes too long to know how a payment ended; null: there is
   * nothing to ask about.
   */
  askShop: AskShop | null;
  /**
   * What the customer wants next, kept until what is under way has ended: begun by itself, or, where its form is
   * needed, opened then. Null: nothing.
   */
  wish: { way: PayMethod; phone: string | null } | null;
  /** Whether another way may begin at once while a request may still be paid: what is paid twice goes back then. */
  bothAtOnce: boolean;
  /** The phone, masked, that is asked still while the page offers what may begin beside it; null: it shows no other. */
  beside: string | null;
  /** What the page is where a shop shows it inside its own; null: a page by itself. */
  embedded: Embedded | null;
  /** Whether the page was asked for the field of another number: then nothing takes away what is typed there. */
  otherNumber: boolean;
  /** What proves that it was paid; null where it was not, or a person looks at it first. */
  receipt: Receipt | null;
  /** What this page can send by e-mail; null: nothing, or nothing can be sent. */
  mail: MailOnPage | null;
  /** Both as the page draws them, as HTML; null: neither. */
  along: string | null;
  screen: PayScreen;
}

/** A payment's page inside the shop's: what it tells that one, and whom alone. */
export interface Embedded {
  payment: string;
  /** As the API has it: `open`, `pending`, `authorized`, `paid`, `canceled` or `expired`. */
  status: string;
  /** Where the shop's pages are. */
  origins: string[];
  /** Where the full page is. */
  full: string;
}

/** The number under which the shop finds the payment, and how the shop is reached; null where it did not say. */
export interface AskShop {
  payment: string;
  contact: string | null;
}

/** A line of the order. */
export interface ItemOnPage {
  name: string;
  quantity: number;
  /** In cents, of the whole line; below 0: what is taken off. */
  amount: number;
}

/** What a receipt says, in the page's language. */
export interface Receipt {
  facts: ReceiptLine[];
  /** What was bought; none where the shop did not say. The page says so beside the receipt. */
  items: ReceiptLine[];
  /** What was paid, what of it was given back, and what that leaves. */
  sums: ReceiptLine[];
}

export interface ReceiptLine {
  name: string;
  value: string;
  /** The same for those who listen, where signs stand in for words. */
  heard?: string;
  /** The page around the receipt says so already: it is printed, and sent. */
  isBeside?: true;
}

/** What can be sent by e-mail, and what became of it when it was asked for. */
export interface MailOnPage {
  what: "receipt" | "reference";
  /** Null: it was not asked for. */
  outcome: MailOutcome | null;
  /** The address that came back with what is wrong with it. */
  typed: string;
}

/**
 * Sent; sent there before; no address, or none that mail goes to; asked for too often; or the mail server did not take
 * it.
 */
export type MailOutcome = "sent" | "sent_before" | "no_address" | "too_often" | "not_taken";

/** How people call a way to pay: a saved card is a card. */
export type PayMethod = "mbway" | "multibanco" | "card" | "mandate";

/** An authorised payment that pays in one press. */
export interface UsableMandate {
  id: string;
  /** Masked: `351#*****9999`. */
  phone: string;
  /** What it was agreed to for. */
  description: string;
  /** Whether the amount is above the customer's limit, so that the phone is asked after all. */
  aboveLimit: boolean;
}

/** What the forms for cards ask and offer. */
export interface CardOnPage {
  /** What SIBS must know of a card's owner and the shop did not say. */
  asks: readonly ("name" | "email" | "billingAddress")[];
  /** What a country may be chosen among, in the page's language; empty where no address is asked. */
  countries: Country[];
  /** Whether the shop would keep the card for later, where the customer wants it. */
  canBeKept: boolean;
  /** The customer's saved cards, newest first. */
  saved: SavedCardOnPage[];
}

/** What a customer knows a saved card by. */
export interface SavedCardOnPage extends CardAsKnown {
  id: string;
  /** As on the card, `12/28`; null when it is not known. */
  expiry: string | null;
}

/**
 * A card's form that came back: what is wrong, field by field, and what was typed; never the number and never the code.
 */
export interface CardTyped {
  form: "card" | "token";
  problems: CardProblems;
  kept: { [Field in Exclude<CardField, "number" | "code"> | "saved" | "keep"]?: string };
}

/** A card as its owner knows it. */
export interface CardAsKnown {
  /** `visa`; null when it is not known. */
  brand: CardBrand | null;
  lastFour: string;
}

export type { CardField, CardProblems, PayerField };

/** What the issuer wants of the browser: `fields` posted to `url`. They name our own way back too. */
export interface BankAction {
  id: string;
  url: string;
  fields: Record<string, string>;
}

/** Where the customer stands. A `phone` is masked as SIBS masks it: `351#*****9999`. */
export type PayScreen =
  /** Nothing asked of the customer yet. */
  | { kind: "choose" }
  /** Nothing that the customer could do: the shop charges an authorised payment by itself. */
  | { kind: "nothing_to_choose" }
  /**
   * The request is on the phone. `secondsLeft`: whole seconds until the four minutes are over, at least 0.
   * `isAboveLimit`: it is asked for although the customer has an authorised payment, since the amount is above its
   * limit.
   */
  | { kind: "mbway_waiting"; phone: string; secondsLeft: number; isAboveLimit: boolean }
  /**
   * Four minutes passed and SIBS has no end yet. `again`: whether a fresh request, wished for with `{path}/again`, is
   * kept until it has; null where none can be wished for.
   */
  | { kind: "mbway_confirming"; phone: string; again: "offered" | "kept" | null }
  /** Sent, and SIBS has not said yet whether it arrived. */
  | { kind: "unconfirmed"; method: PayMethod }
  /**
   * A reference to pay at an ATM or a bank. `endsAt`: until when, ISO 8601; `secondsLeft`: whole seconds until then,
   * more than 0.
   */
  | { kind: "reference"; entity: string; reference: string; endsAt: string; secondsLeft: number }
  /**
   * Its time has ended, and a payment of the last minutes may still be told of. Its figures are on no page any more.
   */
  | { kind: "reference_over"; endsAt: string }
  /** A card's purchase is on its way. `action`: what the issuer wants of the browser unseen, where it does. */
  | { kind: "card_moment"; action: BankAction | null }
  /** The issuer wants to see the customer. `secondsLeft`: whole seconds until SIBS is asked to go on without. */
  | { kind: "card_challenge"; action: BankAction; secondsLeft: number }
  /** `again` of the last phone is one press where `phone` is there. */
  | { kind: "declined"; reason: DeclineReason; phone: string | null }
  | { kind: "not_answered"; phone: string | null }
  | { kind: "failed"; phone: string | null }
  /**
   * `paid`, or `authorized`: held on a card, for the shop to take. `amount` is what was taken or is held. `method` is
   * null where it is not known any more, `card` where it was none. `returnAfterSeconds`: when the page goes back to the
   * shop by itself; null where it stays: no way back, asked with `?stay`, or opened when it was paid already.
   */
  | {
      kind: "paid" | "authorized";
      method: PayMethod | null;
      card: CardAsKnown | null;
      amount: Cents;
      paidAt: string;
      returnAfterSeconds: number | null;
      givenBack: GivenBack | null;
    }
  /** Some or all of the `amount` that was paid has been given back. */
  | { kind: "refunded"; amount: Cents; amountRefunded: Cents }
  | { kind: "canceled"; givenBack: GivenBack | null }
  | { kind: "expired"; givenBack: GivenBack | null }
  /** Something about the money that a person must look at first; nothing may be paid meanwhile. */
  | { kind: "under_review" };

/**
 * Why MB WAY said no (`refused` in the app, no such MB WAY phone, not enough money, an authorised payment that cannot
 * be used), why the card's issuer did, or anything else.
 */
export type DeclineReason = "refused" | "unknown_phone" | "no_funds" | "mandate_refused" | CardDeclineReason | "other";

export type CardDeclineReason =
  | "card_no_funds"
  | "card_refused"
  | "card_expired"
  | "card_wrong_code"
  | "card_issuer_unavailable"
  | "card_not_authenticated"
  | "card_not_answered";

/** Money that came twice or too late and goes back by itself: on its way, confirmed by SIBS, or refused by it. */
export interface GivenBack {
  amount: Cents;
  state: "pending" | "done" | "failed";
}

/** The screen of one kind. */
export type ScreenOf<Kind extends PayScreen["kind"]> = Kind extends "paid" | "authorized"
  ? Extract<PayScreen, { paidAt: string }>
  : Extract<PayScreen, { kind: Kind }>;
