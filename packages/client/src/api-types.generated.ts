// Made from the server's description of its API, /openapi.json, by `npm run api-types`. A test holds it to that.

import type { Page, UnknownWord, Whole } from "./answers.ts";

export interface ListOperatorsQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
}
export interface CreatePaymentInput {
    /** Whole cents: 550 is €5.50. */
    readonly amount: number;
    readonly currency: "EUR";
    /** Your own reference, for instance the order's number. */
    readonly reference: string;
    /** At which of your terminals, by its number in SIBS Backoffice: your key's, or else the first, unless given. */
    readonly terminal?: (string | null) | undefined;
    /** What it is for: shown to the customer; by SIBS, as much of it as fits into 70 characters. */
    readonly description?: (string | null) | undefined;
    /** `mbway`, `multibanco`, `card`. A saved card is offered with `card`, an authorised payment with `mbway`, or alone as `mandate`. */
    readonly methods?: (readonly ("mbway" | "multibanco" | "card" | "mandate")[] | null) | undefined;
    /** `manual`: the money is held first, and captured by you. */
    readonly capture?: (("automatic" | "manual") | null) | undefined;
    /** What becomes of money that arrives after the end. */
    readonly latePayments?: (("refund" | "accept") | null) | undefined;
    /** `allow`: another attempt may begin while one may still be paid, if SIBS has just said that it is not. Paid twice, one of the two goes back. */
    readonly overlap?: (("refuse" | "allow") | null) | undefined;
    /** Who pays, as far as you want to tell. */
    readonly customer?: ({
        /** Your own id of the customer. */
        readonly id?: (string | null) | undefined;
        /** SIBS is told what fits into 45 characters. */
        readonly name?: (string | null) | undefined;
        /** Told to SIBS. */
        readonly email?: (string | null) | undefined;
        /** Fills the MB WAY field of the page. */
        readonly phone?: (string | null) | undefined;
        /** Street, city, country and postcode, or nothing: one in which only the country is said counts as none. */
        readonly billingAddress?: ({
            /** Street and number. */
            readonly street1?: (string | null) | undefined;
            /** More of the address. */
            readonly street2?: (string | null) | undefined;
            /** City. */
            readonly city?: (string | null) | undefined;
            /** Postcode, as 1200-999. May be left out where the country has none. */
            readonly postcode?: (string | null) | undefined;
            /** Two letters, as PT. */
            readonly country?: (string | null) | undefined;
        } | null) | undefined;
        /** Street, city, country and postcode, or nothing: one in which only the country is said counts as none. */
        readonly shippingAddress?: ({
            /** Street and number. */
            readonly street1?: (string | null) | undefined;
            /** More of the address. */
            readonly street2?: (string | null) | undefined;
            /** City. */
            readonly city?: (string | null) | undefined;
            /** Postcode, as 1200-999. May be left out where the country has none. */
            readonly postcode?: (string | null) | undefined;
            /** Two letters, as PT. */
            readonly country?: (string | null) | undefined;
        } | null) | undefined;
        /** Whether the customer is signed in at your shop. */
        readonly signedIn?: (boolean | null) | undefined;
    } | null) | undefined;
    /** Subscriptions of this customer that may pay this payment on its page. A consent to single purchases is offered without being named. */
    readonly mandates?: (readonly string[] | null) | undefined;
    /** Where the customer goes once paid. */
    readonly returnUrl?: (string | null) | undefined;
    /** Where a customer goes who would rather not pay, by *back to the shop*: `returnUrl` without it. */
    readonly cancelUrl?: (string | null) | undefined;
    /** The language of the customer's pages: `pt`, `en`, `es` or `fr`, also as `pt-PT`. Without it, as their browser asks. */
    readonly locale?: (string | null) | undefined;
    /** What is bought, as the page shows it. It need not add up to the amount. */
    readonly items?: (readonly {
        /** What it is. */
        readonly name: string;
        /** How many. */
        readonly quantity: number;
        /** In cents, of the line as a whole; below 0: what is taken off. */
        readonly amount: number;
    }[] | null) | undefined;
    /** Up to 50 texts of your own, given back as they are. */
    readonly metadata?: ({
        readonly [key: string]: string;
    } | null) | undefined;
    /** UTC. */
    readonly expiresAt?: (string | null) | undefined;
    /** Keep the customer's card for later, where they consent; needs `customer.id`. */
    readonly saveCard?: (boolean | null) | undefined;
    /** The saved card to charge; needs `customer.id`. */
    readonly token?: (string | null) | undefined;
    /** `merchant`: the saved card is charged at once, without the customer. */
    readonly initiator?: (("customer" | "merchant") | null) | undefined;
}
export interface ListPaymentsQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
    /** The terminal at which it is charged. */
    readonly terminal?: string | undefined;
    /** From when on it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_from?: string | undefined;
    /** Until when it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_to?: string | undefined;
    /** From when on it was paid: when its money moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_from?: string | undefined;
    /** Until when it was paid: when its money moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_to?: string | undefined;
    /** Whole cents: 550 is €5.50. */
    readonly amount?: number | undefined;
    /** By which way. One or more of `mbway`, `multibanco`, `card`, `token`, `mandate`, with commas between them. */
    readonly method?: string | undefined;
    /** Your own reference. */
    readonly reference?: string | undefined;
    /** Your own id of the customer. */
    readonly customer?: string | undefined;
    /** The authorised payment by which the payment was charged. */
    readonly mandate?: string | undefined;
    /** The plan that made the payment. */
    readonly plan?: string | undefined;
    /** Whether a person must look at it. */
    readonly attention?: boolean | undefined;
    /** Whether nobody knows yet what became of a call to SIBS. */
    readonly in_doubt?: boolean | undefined;
    /** What a customer reads out: your reference, an identifier of ours or of SIBS, a Multibanco reference, the last four digits of a phone or a card, an e-mail address, an amount, perhaps with its day. */
    readonly q?: string | undefined;
    /**
     * Newest first by when it was created, or by when its money moved: then only that of which any did.
     */
    readonly sort?: ("created" | "paid") | undefined;
    /** How it stands. One or more of `open`, `pending`, `authorized`, `paid`, `canceled`, `expired`, with commas between them. */
    readonly status?: string | undefined;
    /** The first day, in Lisbon, on which an attempt of it failed. */
    readonly failed_from?: string | undefined;
    /** The last such day: within 31 days. */
    readonly failed_to?: string | undefined;
    /** Why an attempt of it failed on these days. One or more of `declined_by_customer`, `not_answered`, `unknown_phone`, `invalid_phone`, `insufficient_funds`, `declined`, `authentication_failed`, `wrong_code`, `card_expired`, `card_refused`, `issuer_unavailable`, `technical`, `not_sent`, `reference_expired`, `left_for_another_method`, `settled_not_done`, `done_before`, `not_taken`, `capture_refused`, `cancellation_refused`, `refund_refused`, `already_refunded`, `card_no_longer_valid`, `mandate_refused`, `unknown_mandate`, with commas between them. */
    readonly failure?: string | undefined;
    /** By which way it was tried then. One or more of `mbway`, `multibanco`, `card`, `token`, `mandate`, with commas between them. */
    readonly failed_method?: string | undefined;
    /** The day, in Lisbon, on which a Multibanco reference of it ends that is still to be paid. */
    readonly reference_ends?: string | undefined;
    /** The first day, in Lisbon, on which money of it went back. */
    readonly refunded_from?: string | undefined;
    /** The last such day: within 31 days. */
    readonly refunded_to?: string | undefined;
}
export interface StartAttemptInput {
    /** `mbway`, `multibanco`, `card`, `token` for a saved card, `mandate` for an authorised payment. */
    readonly method: "mbway" | "multibanco" | "card" | "token" | "mandate";
    /** For `mbway`: the customer's mobile number, as people type it. */
    readonly phone?: (string | null) | undefined;
    /** For `card`. */
    readonly card?: ({
        /** With or without spaces. */
        readonly number: string;
        /** `MM/YY`. */
        readonly expiry: string;
        /** The security code. */
        readonly code: string;
        /** The holder's name, at most 45 characters. */
        readonly name: string;
    } | null) | undefined;
    /** For `card` and `token`: the issuer decides by it. */
    readonly browser?: ({
        /** The browser's own `Accept` header. */
        readonly acceptHeader?: (string | null) | undefined;
        /** The browser's own `User-Agent` header. */
        readonly userAgent?: (string | null) | undefined;
        /** As `pt-PT`. */
        readonly language?: (string | null) | undefined;
        readonly colorDepth?: (number | null) | undefined;
        readonly screenWidth?: (number | null) | undefined;
        readonly screenHeight?: (number | null) | undefined;
        /** Minutes, as JavaScript has it. */
        readonly timeZoneOffset?: (number | null) | undefined;
        readonly javaEnabled?: (boolean | null) | undefined;
        /** The customer's address, in any of its spellings. */
        readonly ipAddress?: (string | null) | undefined;
    } | null) | undefined;
    /** For `token`: the saved card; the payment's own unless given. */
    readonly token?: (string | null) | undefined;
    /** For `token`: the card's security code. */
    readonly secureCode?: (string | null) | undefined;
    /** For `card` and `token`: what the payment's own `customer` does not say. For `mandate`: whose it is, where the payment does not say; the id alone will do. */
    readonly customer?: ((string | {
        /** For `mandate`: your own id of the mandate's customer. */
        readonly id?: (string | null) | undefined;
        /** The customer's name. */
        readonly name?: (string | null) | undefined;
        /** Told to SIBS. */
        readonly email?: (string | null) | undefined;
        /** Street, city, country and postcode, or nothing: one in which only the country is said counts as none. */
        readonly billingAddress?: ({
            /** Street and number. */
            readonly street1?: (string | null) | undefined;
            /** More of the address. */
            readonly street2?: (string | null) | undefined;
            /** City. */
            readonly city?: (string | null) | undefined;
            /** Postcode, as 1200-999. May be left out where the country has none. */
            readonly postcode?: (string | null) | undefined;
            /** Two letters, as PT. */
            readonly country?: (string | null) | undefined;
        } | null) | undefined;
    }) | null) | undefined;
    /** For `mandate`: the authorised payment to charge. */
    readonly mandate?: (string | null) | undefined;
}
export interface ContinueAttemptInput {
    /** The action's `id`. */
    readonly action: string;
    /** Whether the browser did it; false: it could not. */
    readonly executed: boolean;
}
/** `approved` needs `amount`, and `transactionId` where the attempt has none. */
export interface SettleAttemptInput {
    readonly outcome: "approved" | "not_paid";
    /** Whole cents: 550 is €5.50. */
    readonly amount?: (number | null) | undefined;
    /** SIBS's id of the transaction, as SIBS Backoffice shows it. */
    readonly transactionId?: (string | null) | undefined;
    /** Why: what you looked at, and where. It is kept with who said it and when. */
    readonly note: string;
}
export interface ResolveAttentionInput {
    /** Why: what you looked at, and where. It is kept with who said it and when. */
    readonly note: string;
}
export interface ListNotesQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
}
export interface AddNoteInput {
    /** For whoever looks at it next. */
    readonly text: string;
}
export interface ListRefundsQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
    /** The terminal at which it is charged. */
    readonly terminal?: string | undefined;
    /** From when on it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_from?: string | undefined;
    /** Until when it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_to?: string | undefined;
    /** From when on it was paid: when its money moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_from?: string | undefined;
    /** Until when it was paid: when its money moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_to?: string | undefined;
    /** Whole cents: 550 is €5.50. */
    readonly amount?: number | undefined;
    /** By which way. One or more of `mbway`, `multibanco`, `card`, `token`, `mandate`, with commas between them. */
    readonly method?: string | undefined;
    /** Your own reference. */
    readonly reference?: string | undefined;
    /** Your own id of the customer. */
    readonly customer?: string | undefined;
    /** The authorised payment by which the payment was charged. */
    readonly mandate?: string | undefined;
    /** The plan that made the payment. */
    readonly plan?: string | undefined;
    /** Whether a person must look at it. */
    readonly attention?: boolean | undefined;
    /** Whether nobody knows yet what became of a call to SIBS. */
    readonly in_doubt?: boolean | undefined;
    /** What a customer reads out: your reference, an identifier of ours or of SIBS, a Multibanco reference, the last four digits of a phone or a card, an e-mail address, an amount, perhaps with its day. */
    readonly q?: string | undefined;
    /**
     * Newest first by when it was created, or by when its money moved: then only that of which any did.
     */
    readonly sort?: ("created" | "paid") | undefined;
    /** The payment that it is of. */
    readonly payment?: string | undefined;
    /** How it stands. One or more of `pending`, `succeeded`, `failed`, `in_doubt`, with commas between them. */
    readonly status?: string | undefined;
    /** Why it was made. One or more of `requested`, `late`, `duplicate`, `returned`, with commas between them. */
    readonly reason?: string | undefined;
}
export interface ListCapturesQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
    /** The terminal at which it is charged. */
    readonly terminal?: string | undefined;
    /** From when on it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_from?: string | undefined;
    /** Until when it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_to?: string | undefined;
    /** From when on it was paid: when its money moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_from?: string | undefined;
    /** Until when it was paid: when its money moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_to?: string | undefined;
    /** Whole cents: 550 is €5.50. */
    readonly amount?: number | undefined;
    /** By which way. One or more of `mbway`, `multibanco`, `card`, `token`, `mandate`, with commas between them. */
    readonly method?: string | undefined;
    /** Your own reference. */
    readonly reference?: string | undefined;
    /** Your own id of the customer. */
    readonly customer?: string | undefined;
    /** The authorised payment by which the payment was charged. */
    readonly mandate?: string | undefined;
    /** The plan that made the payment. */
    readonly plan?: string | undefined;
    /** Whether a person must look at it. */
    readonly attention?: boolean | undefined;
    /** Whether nobody knows yet what became of a call to SIBS. */
    readonly in_doubt?: boolean | undefined;
    /** What a customer reads out: your reference, an identifier of ours or of SIBS, a Multibanco reference, the last four digits of a phone or a card, an e-mail address, an amount, perhaps with its day. */
    readonly q?: string | undefined;
    /**
     * Newest first by when it was created, or by when its money moved: then only that of which any did.
     */
    readonly sort?: ("created" | "paid") | undefined;
    /** The payment that it is of. */
    readonly payment?: string | undefined;
    /** How it stands. One or more of `pending`, `succeeded`, `failed`, `in_doubt`, with commas between them. */
    readonly status?: string | undefined;
    /** Why it was made. One or more of `requested`, `automatic`, with commas between them. */
    readonly reason?: string | undefined;
}
/** Without an amount: all that is left. */
export interface RefundPaymentInput {
    /** Whole cents: 550 is €5.50. */
    readonly amount?: (number | null) | undefined;
    /** Why, for your own books: SIBS is not told. */
    readonly reason?: (("requested_by_customer" | "duplicate" | "fraudulent" | "other") | null) | undefined;
    /** Why, in your own words: kept with the refund until the customer is erased. */
    readonly note?: (string | null) | undefined;
}
/** Without an amount: all that is left. */
export interface RefundAttemptInput {
    /** Whole cents: 550 is €5.50. */
    readonly amount?: (number | null) | undefined;
    /** Why, for your own books: SIBS is not told. */
    readonly reason?: (("requested_by_customer" | "duplicate" | "fraudulent" | "other") | null) | undefined;
    /** Why, in your own words: kept with the refund until the customer is erased. */
    readonly note?: (string | null) | undefined;
}
/** `transactionId`: SIBS's transaction of what was done, where you know it. */
export interface SettleOperationInput {
    readonly outcome: "done" | "not_done";
    /** Why: what you looked at, and where. It is kept with who said it and when. */
    readonly note: string;
    /** SIBS's id of the transaction, as SIBS Backoffice shows it. */
    readonly transactionId?: (string | null) | undefined;
}
/** Without an amount: all that is left. */
export interface CapturePaymentInput {
    /** Whole cents: 550 is €5.50. */
    readonly amount?: (number | null) | undefined;
}
/** Without an amount: all that is left. */
export interface CancelPaymentInput {
    /** Whole cents: 550 is €5.50. */
    readonly amount?: (number | null) | undefined;
}
export interface ListApprovalsQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
    /**
     * How it stands.
     */
    readonly status?: ("waiting" | "approved" | "refused" | "withdrawn" | "expired") | undefined;
    /** The payment that it is of. */
    readonly payment?: string | undefined;
}
export interface CreateMandateInput {
    /** The customer's mobile number, as people type it. */
    readonly phone: string;
    /** Who is to agree. */
    readonly customer: {
        /** Your own id of the customer. */
        readonly id?: (string | null) | undefined;
        /** Shown as the holder in the MB WAY app. */
        readonly name: string;
    };
    /**
     * `subscription`: the customer's limit is per calendar month. `oneclick`: per purchase.
     */
    readonly type: "subscription" | "oneclick";
    /** What for: shown to the customer. */
    readonly description: string;
    /** Your own reference, for instance the contract's number. */
    readonly reference?: (string | null) | undefined;
    /** Where the customer goes once they have agreed. */
    readonly returnUrl?: (string | null) | undefined;
    /** Where a customer goes who would rather not agree: `returnUrl` without it. */
    readonly cancelUrl?: (string | null) | undefined;
    /** The language of the customer's pages: `pt`, `en`, `es` or `fr`, also as `pt-PT`. Without it, as their browser asks. */
    readonly locale?: (string | null) | undefined;
    /** At which of your terminals, by its number in SIBS Backoffice: your key's, or else the first, unless given. */
    readonly terminal?: (string | null) | undefined;
}
export interface ListMandatesQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
    /** The terminal at which it is charged. */
    readonly terminal?: string | undefined;
    /** From when on it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_from?: string | undefined;
    /** Until when it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_to?: string | undefined;
    /** From when on it was charged: when the money of any charge by it moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_from?: string | undefined;
    /** Until when it was charged: when the money of any charge by it moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_to?: string | undefined;
    /** The limit that the customer has set, in cents. */
    readonly amount?: number | undefined;
    /** Your own reference. */
    readonly reference?: string | undefined;
    /** Your own id of the customer. */
    readonly customer?: string | undefined;
    /** Whether a person must look at a payment charged by it. */
    readonly attention?: boolean | undefined;
    /** How it stands. One or more of `pending`, `active`, `suspended`, `canceled`, `expired`, `refused`, with commas between them. */
    readonly status?: string | undefined;
    /** Whether nobody knows yet what became of its request. */
    readonly in_doubt?: boolean | undefined;
    /** What a customer reads out: your reference, an identifier of ours or of SIBS, also of what was charged by it, the last four digits of the phone, its limit, perhaps with the day on which it was created. */
    readonly q?: string | undefined;
}
export interface CreatePlanInput {
    /** Whole cents: 550 is €5.50. */
    readonly amount: number;
    readonly currency: "EUR";
    /** `month`, or `{"days": 14}`. */
    readonly every: "month" | {
        readonly days: number;
    };
    /** Of the first charge, in Lisbon: today, unless given, or later. Every later date is reckoned from it. */
    readonly firstDate?: (string | null) | undefined;
    /** Nothing is charged after it. */
    readonly endDate?: (string | null) | undefined;
    /** What for: shown to the customer. The mandate's unless given. */
    readonly description?: (string | null) | undefined;
    /** Your own, on each payment of the plan. The mandate's unless given, or else the plan's id. */
    readonly reference?: (string | null) | undefined;
    /** Up to 50 texts of your own, given back as they are. */
    readonly metadata?: ({
        readonly [key: string]: string;
    } | null) | undefined;
    /** What becomes of charges whose time came while the server could not make them: each is made up for, only the latest (unless given), or none. Never more than one a day, each announced a day before. */
    readonly missed?: (("charge" | "latest" | "skip") | null) | undefined;
}
export interface ListPlansOfMandateQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
}
export interface ListPlansQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
    /** The terminal at which it is charged. */
    readonly terminal?: string | undefined;
    /** From when on it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_from?: string | undefined;
    /** Until when it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_to?: string | undefined;
    /** From when on it was charged: when the money of any charge by it moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_from?: string | undefined;
    /** Until when it was charged: when the money of any charge by it moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_to?: string | undefined;
    /** What it charges each time, in cents. */
    readonly amount?: number | undefined;
    /** Your own reference. */
    readonly reference?: string | undefined;
    /** Your own id of the customer. */
    readonly customer?: string | undefined;
    /** Whether a person must look at a payment charged by it. */
    readonly attention?: boolean | undefined;
    /** How it stands. One or more of `pending`, `active`, `paused`, `ended`, `canceled`, with commas between them. */
    readonly status?: string | undefined;
    /** Whether nobody knows yet what became of a charge by it. */
    readonly in_doubt?: boolean | undefined;
    /** The authorised payment that it charges. */
    readonly mandate?: string | undefined;
    /** What a customer reads out: your reference, an identifier of ours or of SIBS, also of what was charged by it, the last four digits of the phone, what it charges, perhaps with the day on which it was created. */
    readonly q?: string | undefined;
}
export interface ChangePlanAmountInput {
    /** Whole cents: 550 is €5.50. */
    readonly amount: number;
}
export interface SkipChargeInput {
    /** Which charge you mean: refused unless it is the next one. */
    readonly period?: (number | null) | undefined;
}
export interface ListTokensQuery {
    /** Your own id of the customer. */
    readonly customer: string;
}
export interface ListTasksQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
    /** The payment, the authorised payment or the endpoint that it is of. */
    readonly subject?: string | undefined;
}
export interface EndTaskInput {
    /** Why: what you looked at, and where. It is kept with who said it and when. */
    readonly note: string;
}
export interface ListDaySumsQuery {
    /** The first day, in Lisbon. */
    readonly from?: string | undefined;
    /** The last day: today, unless given. */
    readonly to?: string | undefined;
    /** The terminal at which it is charged. */
    readonly terminal?: string | undefined;
}
export interface ListFailureCountsQuery {
    /** The first day, in Lisbon, on which they ended. */
    readonly from?: string | undefined;
    /** The last day: today, unless given. */
    readonly to?: string | undefined;
    /** The terminal at which it is charged. */
    readonly terminal?: string | undefined;
}
export interface ListReferenceSumsQuery {
    /** The terminal at which it is charged. */
    readonly terminal?: string | undefined;
}
export interface ListRequestsQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
    /** From when on it was asked: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly at_from?: string | undefined;
    /** Until when it was asked: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly at_to?: string | undefined;
    /** The `x-request-id` of its answer. */
    readonly request?: string | undefined;
    /** The id of the key or the person that asked. */
    readonly by?: string | undefined;
    /** `true`: answered by 400 or above. `false`: answered as was asked. */
    readonly refused?: boolean | undefined;
}
export interface ExportPaymentsQuery {
    /** The terminal at which it is charged. */
    readonly terminal?: string | undefined;
    /** From when on it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_from?: string | undefined;
    /** Until when it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_to?: string | undefined;
    /** From when on it was paid: when its money moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_from?: string | undefined;
    /** Until when it was paid: when its money moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_to?: string | undefined;
    /** Whole cents: 550 is €5.50. */
    readonly amount?: number | undefined;
    /** By which way. One or more of `mbway`, `multibanco`, `card`, `token`, `mandate`, with commas between them. */
    readonly method?: string | undefined;
    /** Your own reference. */
    readonly reference?: string | undefined;
    /** Your own id of the customer. */
    readonly customer?: string | undefined;
    /** The authorised payment by which the payment was charged. */
    readonly mandate?: string | undefined;
    /** The plan that made the payment. */
    readonly plan?: string | undefined;
    /** Whether a person must look at it. */
    readonly attention?: boolean | undefined;
    /** Whether nobody knows yet what became of a call to SIBS. */
    readonly in_doubt?: boolean | undefined;
    /** What a customer reads out: your reference, an identifier of ours or of SIBS, a Multibanco reference, the last four digits of a phone or a card, an e-mail address, an amount, perhaps with its day. */
    readonly q?: string | undefined;
    /**
     * Newest first by when it was created, or by when its money moved: then only that of which any did.
     */
    readonly sort?: ("created" | "paid") | undefined;
    /** How it stands. One or more of `open`, `pending`, `authorized`, `paid`, `canceled`, `expired`, with commas between them. */
    readonly status?: string | undefined;
    /** The first day, in Lisbon, on which an attempt of it failed. */
    readonly failed_from?: string | undefined;
    /** The last such day: within 31 days. */
    readonly failed_to?: string | undefined;
    /** Why an attempt of it failed on these days. One or more of `declined_by_customer`, `not_answered`, `unknown_phone`, `invalid_phone`, `insufficient_funds`, `declined`, `authentication_failed`, `wrong_code`, `card_expired`, `card_refused`, `issuer_unavailable`, `technical`, `not_sent`, `reference_expired`, `left_for_another_method`, `settled_not_done`, `done_before`, `not_taken`, `capture_refused`, `cancellation_refused`, `refund_refused`, `already_refunded`, `card_no_longer_valid`, `mandate_refused`, `unknown_mandate`, with commas between them. */
    readonly failure?: string | undefined;
    /** By which way it was tried then. One or more of `mbway`, `multibanco`, `card`, `token`, `mandate`, with commas between them. */
    readonly failed_method?: string | undefined;
    /** The day, in Lisbon, on which a Multibanco reference of it ends that is still to be paid. */
    readonly reference_ends?: string | undefined;
    /** The first day, in Lisbon, on which money of it went back. */
    readonly refunded_from?: string | undefined;
    /** The last such day: within 31 days. */
    readonly refunded_to?: string | undefined;
    /**
     * `plain`, unless given: commas between cells, `12.50`. `pt`: as a spreadsheet that is set to Portuguese reads it: semicolons, `12,50`, a mark of UTF-8 in front.
     */
    readonly format?: ("plain" | "pt") | undefined;
}
export interface ExportRefundsQuery {
    /** The terminal at which it is charged. */
    readonly terminal?: string | undefined;
    /** From when on it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_from?: string | undefined;
    /** Until when it was created: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_to?: string | undefined;
    /** From when on it was paid: when its money moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_from?: string | undefined;
    /** Until when it was paid: when its money moved: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly paid_to?: string | undefined;
    /** Whole cents: 550 is €5.50. */
    readonly amount?: number | undefined;
    /** By which way. One or more of `mbway`, `multibanco`, `card`, `token`, `mandate`, with commas between them. */
    readonly method?: string | undefined;
    /** Your own reference. */
    readonly reference?: string | undefined;
    /** Your own id of the customer. */
    readonly customer?: string | undefined;
    /** The authorised payment by which the payment was charged. */
    readonly mandate?: string | undefined;
    /** The plan that made the payment. */
    readonly plan?: string | undefined;
    /** Whether a person must look at it. */
    readonly attention?: boolean | undefined;
    /** Whether nobody knows yet what became of a call to SIBS. */
    readonly in_doubt?: boolean | undefined;
    /** What a customer reads out: your reference, an identifier of ours or of SIBS, a Multibanco reference, the last four digits of a phone or a card, an e-mail address, an amount, perhaps with its day. */
    readonly q?: string | undefined;
    /**
     * Newest first by when it was created, or by when its money moved: then only that of which any did.
     */
    readonly sort?: ("created" | "paid") | undefined;
    /** The payment that it is of. */
    readonly payment?: string | undefined;
    /** How it stands. One or more of `pending`, `succeeded`, `failed`, `in_doubt`, with commas between them. */
    readonly status?: string | undefined;
    /** Why it was made. One or more of `requested`, `late`, `duplicate`, `returned`, with commas between them. */
    readonly reason?: string | undefined;
    /**
     * `plain`, unless given: commas between cells, `12.50`. `pt`: as a spreadsheet that is set to Portuguese reads it: semicolons, `12,50`, a mark of UTF-8 in front.
     */
    readonly format?: ("plain" | "pt") | undefined;
}
export interface ExportEventsQuery {
    /** The terminal whose it is. */
    readonly terminal?: string | undefined;
    /** From when on it was recorded: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_from?: string | undefined;
    /** Until when it was recorded: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_to?: string | undefined;
    /** The payment that it tells of. */
    readonly payment?: string | undefined;
    /** The authorised payment that it tells of. */
    readonly mandate?: string | undefined;
    /** What it tells. One or more of `payment.created`, `payment.pending`, `payment.authorized`, `payment.paid`, `payment.attempt_failed`, `payment.canceled`, `payment.expired`, `payment.attention`, `payment.reference_expiring`, `capture.created`, `capture.succeeded`, `capture.failed`, `capture.in_doubt`, `cancellation.created`, `cancellation.succeeded`, `cancellation.failed`, `cancellation.in_doubt`, `refund.created`, `refund.succeeded`, `refund.failed`, `refund.in_doubt`, `token.created`, `mandate.created`, `mandate.activated`, `mandate.refused`, `mandate.suspended`, `mandate.reactivated`, `mandate.changed`, `mandate.canceled`, `mandate.expired`, `plan.created`, `plan.activated`, `plan.charge_upcoming`, `plan.charge_skipped`, `plan.charges_missed`, `plan.paused`, `plan.resumed`, `plan.canceled`, `plan.ended`, with commas between them. */
    readonly type?: string | undefined;
    /** The endpoint that it was sent to, or is to be sent to. */
    readonly endpoint?: string | undefined;
    /** `true`: an endpoint, or the one that you name, has not taken it, and it is still to be tried, or given up. */
    readonly undelivered?: boolean | undefined;
    /** What a customer reads out: its own identifier, or what finds the payments and authorised payments that it tells of: your reference, an identifier of ours or of SIBS, a Multibanco reference, the last four digits of a phone or a card, an e-mail address, an amount, perhaps with its day. */
    readonly q?: string | undefined;
    /**
     * `plain`, unless given: commas between cells, `12.50`. `pt`: as a spreadsheet that is set to Portuguese reads it: semicolons, `12,50`, a mark of UTF-8 in front.
     */
    readonly format?: ("plain" | "pt") | undefined;
}
export interface CreateKeyInput {
    /** What you know it by, in one line: it stands with everything that is done with the key. */
    readonly name: string;
    /** What the key is good for: each route says which of these it needs. */
    readonly scopes: readonly ("payments:read" | "payments:write" | "refunds:write" | "events" | "reports" | "admin")[];
    /** The one terminal of which the key is: it sees and makes nothing of another. Your own key's unless given; with none of its own, all of them. */
    readonly terminal?: (string | null) | undefined;
    /** Whole cents: the most that may be refunded of one payment, whoever did it, and by this key within a day of Lisbon's. */
    readonly refundLimit?: (number | null) | undefined;
    /** Whole cents: the most that may be captured of one payment, whoever did it, and by this key within a day of Lisbon's. */
    readonly captureLimit?: (number | null) | undefined;
    /** UTC. */
    readonly expiresAt?: (string | null) | undefined;
}
export interface ListKeysQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
}
export interface RollKeyInput {
    /** For how long the old secret goes on: 24 hours unless you say otherwise; 0: it ends at once. */
    readonly overlapHours?: (number | null) | undefined;
}
export interface ListAuditQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before: an entry's number. */
    readonly after?: string | undefined;
    /** From when on: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly from?: string | undefined;
    /** Until when: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly to?: string | undefined;
    /** Who asked, by the id of a person or of an API key. */
    readonly operator?: string | undefined;
    /** What it was about, by its id. */
    readonly subject?: string | undefined;
}
export interface ListEventsQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
    /** The terminal whose it is. */
    readonly terminal?: string | undefined;
    /** From when on it was recorded: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_from?: string | undefined;
    /** Until when it was recorded: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
    readonly created_to?: string | undefined;
    /** The payment that it tells of. */
    readonly payment?: string | undefined;
    /** The authorised payment that it tells of. */
    readonly mandate?: string | undefined;
    /** What it tells. One or more of `payment.created`, `payment.pending`, `payment.authorized`, `payment.paid`, `payment.attempt_failed`, `payment.canceled`, `payment.expired`, `payment.attention`, `payment.reference_expiring`, `capture.created`, `capture.succeeded`, `capture.failed`, `capture.in_doubt`, `cancellation.created`, `cancellation.succeeded`, `cancellation.failed`, `cancellation.in_doubt`, `refund.created`, `refund.succeeded`, `refund.failed`, `refund.in_doubt`, `token.created`, `mandate.created`, `mandate.activated`, `mandate.refused`, `mandate.suspended`, `mandate.reactivated`, `mandate.changed`, `mandate.canceled`, `mandate.expired`, `plan.created`, `plan.activated`, `plan.charge_upcoming`, `plan.charge_skipped`, `plan.charges_missed`, `plan.paused`, `plan.resumed`, `plan.canceled`, `plan.ended`, with commas between them. */
    readonly type?: string | undefined;
    /** The endpoint that it was sent to, or is to be sent to. */
    readonly endpoint?: string | undefined;
    /** `true`: an endpoint, or the one that you name, has not taken it, and it is still to be tried, or given up. */
    readonly undelivered?: boolean | undefined;
    /** What a customer reads out: its own identifier, or what finds the payments and authorised payments that it tells of: your reference, an identifier of ours or of SIBS, a Multibanco reference, the last four digits of a phone or a card, an e-mail address, an amount, perhaps with its day. */
    readonly q?: string | undefined;
}
export interface ResendEventsInput {
    /** As `GET /v1/events` takes them; at least one. */
    readonly filter: {
        /** The terminal whose it is. */
        readonly terminal?: string | undefined;
        /** From when on it was recorded: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
        readonly created_from?: string | undefined;
        /** Until when it was recorded: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly. */
        readonly created_to?: string | undefined;
        /** The payment that it tells of. */
        readonly payment?: string | undefined;
        /** The authorised payment that it tells of. */
        readonly mandate?: string | undefined;
        /** What they tell. */
        readonly type?: readonly ("payment.created" | "payment.pending" | "payment.authorized" | "payment.paid" | "payment.attempt_failed" | "payment.canceled" | "payment.expired" | "payment.attention" | "payment.reference_expiring" | "capture.created" | "capture.succeeded" | "capture.failed" | "capture.in_doubt" | "cancellation.created" | "cancellation.succeeded" | "cancellation.failed" | "cancellation.in_doubt" | "refund.created" | "refund.succeeded" | "refund.failed" | "refund.in_doubt" | "token.created" | "mandate.created" | "mandate.activated" | "mandate.refused" | "mandate.suspended" | "mandate.reactivated" | "mandate.changed" | "mandate.canceled" | "mandate.expired" | "plan.created" | "plan.activated" | "plan.charge_upcoming" | "plan.charge_skipped" | "plan.charges_missed" | "plan.paused" | "plan.resumed" | "plan.canceled" | "plan.ended")[] | undefined;
        /** The endpoint that it was sent to, or is to be sent to. */
        readonly endpoint?: string | undefined;
        /** `true`: an endpoint, or the one that you name, has not taken it, and it is still to be tried, or given up. */
        readonly undelivered?: boolean | undefined;
        /** What a customer reads out: its own identifier, or what finds the payments and authorised payments that it tells of: your reference, an identifier of ours or of SIBS, a Multibanco reference, the last four digits of a phone or a card, an e-mail address, an amount, perhaps with its day. */
        readonly q?: string | undefined;
    };
}
export interface CreateEventEndpointInput {
    /** Where events are sent. */
    readonly url: string;
    /** As Standard Webhooks writes it: `whsec_` and Base64 of 24 to 64 bytes. Made by us unless given. */
    readonly secret?: (string | null) | undefined;
    /** `*`, or for instance `payment.paid`. */
    readonly types?: (readonly ("*" | "payment.created" | "payment.pending" | "payment.authorized" | "payment.paid" | "payment.attempt_failed" | "payment.canceled" | "payment.expired" | "payment.attention" | "payment.reference_expiring" | "capture.created" | "capture.succeeded" | "capture.failed" | "capture.in_doubt" | "cancellation.created" | "cancellation.succeeded" | "cancellation.failed" | "cancellation.in_doubt" | "refund.created" | "refund.succeeded" | "refund.failed" | "refund.in_doubt" | "token.created" | "mandate.created" | "mandate.activated" | "mandate.refused" | "mandate.suspended" | "mandate.reactivated" | "mandate.changed" | "mandate.canceled" | "mandate.expired" | "plan.created" | "plan.activated" | "plan.charge_upcoming" | "plan.charge_skipped" | "plan.charges_missed" | "plan.paused" | "plan.resumed" | "plan.canceled" | "plan.ended")[] | null) | undefined;
    /** The one terminal whose events are sent there. Your key's unless given; with none of its own, all. */
    readonly terminal?: (string | null) | undefined;
}
export interface ListEventEndpointsQuery {
    readonly limit?: number | undefined;
    /** The `next` of the page before. */
    readonly after?: string | undefined;
}
/** A person at work. */
export interface Operator {
    readonly id: string;
    readonly name: string;
    /**
     * What they may: each call says which roles may ask it.
     */
    readonly role: "viewer" | "support" | "refunder" | "accountant" | "owner" | UnknownWord;
    /** The number of the terminal that they are of; null: of all. */
    readonly terminal: string | null;
    /** Whole cents; null: there is none. */
    readonly refundLimit: number | null;
    /** Whole cents; null: there is none. */
    readonly captureLimit: number | null;
    /** UTC. */
    readonly createdAt: string;
    /** To the minute; null: never yet. */
    readonly lastSeenAt: string | null;
    /** How many they have; 0: they have not come in by their link yet, or come in by the company's own provider. */
    readonly passkeys: number;
    /** Whether they sign in by the company's own provider, which says what they are called and their role. */
    readonly signsOn: boolean;
    /** Only in the first answer: the link that they come in by, within 15 minutes, once. */
    readonly inviteUrl: string | null;
}
/** Whoever asks, and what they may. */
export interface Me {
    readonly by: {
        readonly type: "shop" | "operator" | UnknownWord;
        /** Of the key, or of the person; null: the key of the server's settings. */
        readonly id: string | null;
        readonly name: string | null;
    };
    /** Null: an API key has none, but scopes. */
    readonly role: ("viewer" | "support" | "refunder" | "accountant" | "owner") | null;
    /** The one terminal whose things are seen and made; null: all. */
    readonly terminal: string | null;
    readonly scopes: readonly ("payments:read" | "payments:write" | "refunds:write" | "events" | "reports" | "admin")[];
    /** The `operationId` of everything that may be asked. */
    readonly operations: readonly string[];
    /** Whole cents; null: there is none. */
    readonly refundLimit: number | null;
    /** Whole cents that may still be given back today; null: any. */
    readonly refundableToday: number | null;
    /** Whole cents; null: there is none. */
    readonly captureLimit: number | null;
    /** Whole cents that may still be captured today; null: any. */
    readonly capturableToday: number | null;
    /** What the server's clock shows. */
    readonly now: string;
    /** Null: it was asked by an API key. */
    readonly session: {
        readonly id: string;
        /** When it is over, if nothing more is done. */
        readonly endsAt: string;
        /** Until when what wants a fresh touch of the passkey may be done; null: a touch is needed first. */
        readonly touchedUntil: string | null;
    } | null;
}
/** A payment as it stands. */
export interface Payment {
    readonly id: string;
    /** The number of its terminal; null: made before this was kept. */
    readonly terminal: string | null;
    readonly status: "open" | "pending" | "authorized" | "paid" | "canceled" | "expired" | UnknownWord;
    /** Whole cents: 550 is €5.50. */
    readonly amount: number;
    readonly currency: "EUR";
    /** Whole cents. */
    readonly amountAuthorized: number;
    /** Whole cents. */
    readonly amountCaptured: number;
    /** Whole cents. */
    readonly amountReleased: number;
    /** Whole cents. */
    readonly amountRefunded: number;
    readonly reference: string;
    readonly description: string | null;
    readonly methods: readonly ("mbway" | "multibanco" | "card" | "mandate" | UnknownWord)[];
    readonly capture: "automatic" | "manual" | UnknownWord;
    readonly latePayments: "refund" | "accept" | UnknownWord;
    readonly overlap: "refuse" | "allow" | UnknownWord;
    readonly customer: {
        readonly id: string | null;
        readonly name: string | null;
        readonly email: string | null;
        readonly phone: string | null;
        readonly billingAddress: {
            readonly street1: string;
            readonly street2: string | null;
            readonly city: string;
            readonly postcode: string | null;
            readonly country: string;
        } | null;
        readonly shippingAddress: {
            readonly street1: string;
            readonly street2: string | null;
            readonly city: string;
            readonly postcode: string | null;
            readonly country: string;
        } | null;
        readonly signedIn: boolean;
    } | null;
    /** Subscriptions that its page may offer, as you named them. */
    readonly mandates: readonly string[];
    /** The authorised payment that it was charged by, the last time. */
    readonly mandate: string | null;
    /** The plan that made it, and for which of its periods. */
    readonly plan: {
        readonly id: string;
        readonly period: number;
        readonly date: string;
    } | null;
    readonly metadata: {
        readonly [key: string]: string;
    };
    readonly returnUrl: string | null;
    readonly cancelUrl: string | null;
    readonly locale: ("pt" | "en" | "es" | "fr") | null;
    readonly items: readonly {
        readonly name: string;
        readonly quantity: number;
        readonly amount: number;
    }[];
    /** Where the customer pays. */
    readonly payUrl: string;
    readonly attention: {
        readonly reason: "amount_differs" | "taken_back" | "in_doubt" | "proved_after_all" | "not_taken" | UnknownWord;
        readonly attempt: string;
        /** The capture, cancellation or refund that it is about; null: the attempt. */
        readonly operation: string | null;
        /** UTC. */
        readonly at: string;
    } | null;
    /** The attempt whose money the sums hold, held or captured: of one that was paid twice, the first. */
    readonly fundedBy: string | null;
    readonly attempts: readonly Attempt[];
    readonly refunds: readonly Refund[];
    readonly captures: readonly Operation[];
    readonly cancellations: readonly Operation[];
    /** UTC. */
    readonly createdAt: string;
    /** UTC. */
    readonly expiresAt: string;
    /** UTC. */
    readonly paidAt: string | null;
}
/** One try to pay, by one method. */
export interface Attempt {
    readonly id: string;
    readonly payment: string;
    readonly method: "mbway" | "multibanco" | "card" | "token" | "mandate" | UnknownWord;
    readonly status: "prepared" | "submitted" | "action_required" | "pending" | "approved" | "declined" | "timed_out" | "expired" | "canceled" | "failed" | UnknownWord;
    /** A call was sent whose answer was lost; SIBS is being asked. */
    readonly inDoubt: boolean;
    /** Whole cents: 550 is €5.50. */
    readonly amount: number;
    /** SIBS's. */
    readonly transactionId: string | null;
    /** UTC. */
    readonly createdAt: string;
    /** UTC. */
    readonly expiresAt: string | null;
    readonly secondsLeft: number | null;
    readonly failure: {
        /** For programs, for instance `unknown_phone`. */
        readonly reason: string;
        /** SIBS's own code. */
        readonly code: string | null;
        /** For your developers; the page has words for customers. */
        readonly message: string;
        readonly next: ("try_again" | "other_phone" | "other_method" | "contact_us") | null;
    } | null;
    /** What a person said became of it. What SIBS says later wins, and then `status` differs. */
    readonly settled: {
        readonly outcome: "approved" | "not_paid" | UnknownWord;
        /** Null once the customer is erased. */
        readonly note: string | null;
        /** UTC. */
        readonly at: string;
        readonly by: {
            readonly type: "shop" | "operator" | UnknownWord;
            readonly id: string | null;
            readonly name: string | null;
        };
    } | null;
    /** What the customer's browser must do: post `fields` to `url`. */
    readonly action: {
        readonly id: string;
        readonly type: "3ds_method" | "3ds_challenge" | UnknownWord;
        readonly url: string;
        readonly fields: {
            readonly [key: string]: string;
        };
    } | null;
    readonly card: {
        readonly brand: string;
        readonly firstSix: string | null;
        readonly lastFour: string;
        /** Of a card that is kept. */
        readonly expiry: string | null;
    } | null;
    /** What 3-D Secure proved. */
    readonly authentication: {
        /** `Y` authenticated, `A` attempted, `N`, `U`, `R`. */
        readonly status: string | null;
        readonly eci: string | null;
        readonly hasValue: boolean;
        readonly dsTransactionId: string | null;
        readonly acsTransactionId: string | null;
        readonly serverTransactionId: string | null;
        readonly version: string | null;
    } | null;
    /** The saved card that is charged. */
    readonly token: string | null;
    /** The authorised payment that is charged. */
    readonly mandate: string | null;
    readonly initiator: "customer" | "merchant" | UnknownWord;
    readonly mbway: {
        /** Masked. By `mandate`: only when SIBS asked the phone after all. */
        readonly phone: string;
    } | null;
    readonly multibanco: {
        readonly entity: string;
        readonly reference: string;
        /** Whole cents: 550 is €5.50. */
        readonly amount: number;
        /** UTC. */
        readonly expiresAt: string;
    } | null;
}
/** Money given back. */
export interface Refund {
    readonly id: string;
    readonly payment: string;
    /** The payment's: the order that it is of. */
    readonly reference: string;
    /** Whole cents: 550 is €5.50. */
    readonly amount: number;
    readonly status: "pending" | "succeeded" | "failed" | "in_doubt" | UnknownWord;
    readonly reason: "requested" | "late" | "duplicate" | "returned" | UnknownWord;
    readonly failure: {
        /** For programs, for instance `unknown_phone`. */
        readonly reason: string;
        /** SIBS's own code. */
        readonly code: string | null;
        /** For your developers; the page has words for customers. */
        readonly message: string;
        readonly next: ("try_again" | "other_phone" | "other_method" | "contact_us") | null;
    } | null;
    /** Why, as whoever asked for it said. */
    readonly statedReason: ("requested_by_customer" | "duplicate" | "fraudulent" | "other") | null;
    /** The same in their own words; null once the customer is erased. */
    readonly note: string | null;
    /** The person who asked, where another had to approve it. Null: nobody had to. */
    readonly requestedBy: {
        readonly id: string | null;
        readonly name: string | null;
    } | null;
    /** What a person said became of it. What SIBS says later wins, and then `status` differs. */
    readonly settled: {
        readonly outcome: "done" | "not_done" | UnknownWord;
        /** Null once the customer is erased. */
        readonly note: string | null;
        /** UTC. */
        readonly at: string;
        readonly by: {
            readonly type: "shop" | "operator" | UnknownWord;
            readonly id: string | null;
            readonly name: string | null;
        };
    } | null;
    /** UTC. */
    readonly createdAt: string;
}
/** A capture, a cancellation or a refund. */
export interface Operation {
    readonly id: string;
    readonly payment: string;
    /** The payment's: the order that it is of. */
    readonly reference: string;
    /** Whole cents: 550 is €5.50. */
    readonly amount: number;
    readonly status: "pending" | "succeeded" | "failed" | "in_doubt" | UnknownWord;
    readonly reason: "requested" | "automatic" | "late" | "duplicate" | "returned" | UnknownWord;
    readonly failure: {
        /** For programs, for instance `unknown_phone`. */
        readonly reason: string;
        /** SIBS's own code. */
        readonly code: string | null;
        /** For your developers; the page has words for customers. */
        readonly message: string;
        readonly next: ("try_again" | "other_phone" | "other_method" | "contact_us") | null;
    } | null;
    /** Why, as whoever asked for it said. */
    readonly statedReason: ("requested_by_customer" | "duplicate" | "fraudulent" | "other") | null;
    /** The same in their own words; null once the customer is erased. */
    readonly note: string | null;
    /** The person who asked, where another had to approve it. Null: nobody had to. */
    readonly requestedBy: {
        readonly id: string | null;
        readonly name: string | null;
    } | null;
    /** What a person said became of it. What SIBS says later wins, and then `status` differs. */
    readonly settled: {
        readonly outcome: "done" | "not_done" | UnknownWord;
        /** Null once the customer is erased. */
        readonly note: string | null;
        /** UTC. */
        readonly at: string;
        readonly by: {
            readonly type: "shop" | "operator" | UnknownWord;
            readonly id: string | null;
            readonly name: string | null;
        };
    } | null;
    /** UTC. */
    readonly createdAt: string;
}
/** What somebody of yours wrote about a payment. No customer sees it. */
export interface Note {
    readonly id: string;
    /** Null once the customer is erased. */
    readonly text: string | null;
    readonly by: {
        readonly type: "shop" | "operator" | UnknownWord;
        readonly id: string | null;
        readonly name: string | null;
    };
    /** UTC. */
    readonly at: string;
}
/** A refund that waits for a second person: nothing was given back by it yet. */
export interface Approval {
    readonly id: string;
    /**
     * `withdrawn`: by whoever asked. `expired`: nobody decided within seven days.
     */
    readonly status: "waiting" | "approved" | "refused" | "withdrawn" | "expired" | UnknownWord;
    readonly payment: string;
    /** The payment's: the order that it is of. */
    readonly reference: string;
    /** Whose money it gives back that is in no sum of the payment. */
    readonly attempt: string | null;
    /** Whole cents: 550 is €5.50. */
    readonly amount: number;
    readonly statedReason: ("requested_by_customer" | "duplicate" | "fraudulent" | "other") | null;
    /** Null, too, once the customer is erased. */
    readonly note: string | null;
    readonly requestedBy: {
        readonly id: string;
        readonly name: string;
    };
    readonly decidedBy: {
        readonly id: string;
        readonly name: string;
    } | null;
    /** UTC. */
    readonly decidedAt: string | null;
    /** Why it was refused. */
    readonly decisionNote: string | null;
    /** The refund that was made of it. */
    readonly refund: string | null;
    /** UTC. */
    readonly createdAt: string;
    /** UTC. */
    readonly expiresAt: string;
}
/** An authorised payment (MB WAY): a customer's standing consent to be charged. */
export interface Mandate {
    readonly id: string;
    /** The number of its terminal; null: made before this was kept. */
    readonly terminal: string | null;
    readonly status: "pending" | "active" | "suspended" | "canceled" | "expired" | "refused" | UnknownWord;
    /**
     * `subscription`: the customer's limit is per calendar month. `oneclick`: per purchase.
     */
    readonly type: "subscription" | "oneclick" | UnknownWord;
    /** Masked. Null, as what else is known of the customer, once they are erased. */
    readonly phone: string | null;
    readonly customer: {
        readonly id: string | null;
        readonly name: string | null;
    };
    readonly description: string | null;
    readonly reference: string | null;
    /** Whole cents, as the customer set it; null until they agreed. */
    readonly limit: number | null;
    /** The last day on which it can be charged, as the customer set it. */
    readonly validUntil: string | null;
    /** The request was sent and its answer was lost: SIBS is being asked. */
    readonly inDoubt: boolean;
    /** To answer on the phone. */
    readonly secondsLeft: number | null;
    readonly failure: {
        /** For programs, for instance `unknown_phone`. */
        readonly reason: string;
        /** SIBS's own code. */
        readonly code: string | null;
        /** For your developers; the page has words for customers. */
        readonly message: string;
        readonly next: ("try_again" | "other_phone" | "other_method" | "contact_us") | null;
    } | null;
    readonly returnUrl: string | null;
    readonly cancelUrl: string | null;
    readonly locale: ("pt" | "en" | "es" | "fr") | null;
    /** The page that shows the customer what to do. */
    readonly authorizeUrl: string;
    /** The page where the customer sees what was charged, and ends it. */
    readonly manageUrl: string;
    readonly plans: readonly Plan[];
    /** UTC. */
    readonly createdAt: string;
    /** UTC. */
    readonly activatedAt: string | null;
    /** UTC. */
    readonly endedAt: string | null;
}
/** A schedule of charges on a mandate: one payment for each period. */
export interface Plan {
    readonly id: string;
    readonly mandate: string;
    readonly status: "pending" | "active" | "paused" | "ended" | "canceled" | UnknownWord;
    /** Whole cents: of each charge that is not announced yet. What was announced is charged as announced. */
    readonly amount: number;
    readonly currency: "EUR";
    /** `month`, or `{"days": 14}`. */
    readonly every: "month" | {
        readonly days: number;
    };
    /** Of the first charge. */
    readonly firstDate: string;
    /** Nothing is charged after it. */
    readonly endDate: string | null;
    readonly description: string | null;
    readonly reference: string;
    readonly metadata: {
        readonly [key: string]: string;
    };
    /** When a refused charge is tried again, counted from its first try. */
    readonly retries: {
        readonly afterDays: readonly number[];
    };
    /**
     * What becomes of charges whose time came while the server could not make them: each is made up for, only the latest (unless given), or none. Never more than one a day, each announced a day before.
     */
    readonly missed: "charge" | "latest" | "skip" | UnknownWord;
    /** `09:00 Europe/Lisbon`. */
    readonly chargesAt: string;
    readonly nextCharge: {
        /** Counted from 1. */
        readonly period: number;
        /** In Lisbon. */
        readonly date: string;
        /** Whole cents: 550 is €5.50. */
        readonly amount: number;
        /** UTC. */
        readonly at: string;
        /** UTC. */
        readonly announcedAt: string | null;
    } | null;
    /** How many payments it has made. */
    readonly charged: number;
    /** UTC. */
    readonly createdAt: string;
    /** UTC. */
    readonly endedAt: string | null;
}
/** A saved card. */
export interface Token {
    readonly id: string;
    readonly customer: string;
    readonly brand: string | null;
    readonly lastFour: string | null;
    /** As 2028-12. */
    readonly expiry: string | null;
    /** UTC. */
    readonly createdAt: string;
}
/** All that happened, in order. Nothing of it is ever changed, but that a customer is erased from it. */
export interface Journal {
    readonly data: readonly {
        /** Its place, counted from 1. */
        readonly number: number;
        /** UTC. */
        readonly at: string;
        /** For programs, for instance `attempt_approved`. New kinds may come. */
        readonly kind: string;
        /** Who caused it; null: written by an earlier version, which did not keep that. */
        readonly by: {
            readonly type: "shop" | "customer" | "sibs" | "clock" | "operator" | UnknownWord;
            readonly id: string | null;
            readonly name: string | null;
        } | null;
        /** In words, in the language that `Accept-Language` asks for. */
        readonly text: string;
        /** Its details: they differ from kind to kind. */
        readonly data: {
            readonly [key: string]: unknown;
        };
    }[];
}
/** What needs a person, or should be known to one. */
export interface Task {
    readonly id: string;
    /** For programs, for instance `refund_failed`. New kinds may come. */
    readonly kind: string;
    /** The id of what it is of: a payment, a mandate, an endpoint. */
    readonly subject: string | null;
    /** The payment's, where it is of one: the order. */
    readonly reference: string | null;
    /** UTC. */
    readonly since: string;
    /** What happened, and what to do about it. */
    readonly text: string;
    /** What goes on by itself. */
    readonly next: string;
    /** The calls that end it, or lead on. */
    readonly actions: readonly {
        readonly method: "GET" | "POST" | "DELETE" | UnknownWord;
        /** Of this API. */
        readonly path: string;
        /** What the call is for. */
        readonly text: string;
    }[];
}
/** It is done with. */
export interface TaskDone {
    readonly id: string;
    /** UTC. */
    readonly doneAt: string;
}
/** What moved on a day by one method at one terminal. */
export interface DaySum {
    /** In Lisbon. */
    readonly day: string;
    readonly method: string;
    readonly terminal: string;
    readonly currency: "EUR" | UnknownWord;
    /** Whole cents. */
    readonly taken: number;
    /** Whole cents. */
    readonly refunded: number;
    /** By how much what is held grew: newly held, less what was captured or given up of it. In whole cents, below zero where more of it ended than began. */
    readonly held: number;
    /** Payments of which any money moved. */
    readonly count: number;
}
/** How many attempts ended without money for one reason. */
export interface FailureCount {
    /** As an attempt's `failure.reason`, for instance `not_answered`. */
    readonly reason: string;
    readonly method: string;
    readonly terminal: string;
    /** Attempts that ended so. */
    readonly count: number;
}
/** References that are still to be paid, and end on one day. */
export interface ReferenceSum {
    /** In Lisbon: on which they end. */
    readonly day: string;
    readonly terminal: string;
    readonly currency: "EUR" | UnknownWord;
    /** References. */
    readonly count: number;
    /** Whole cents. */
    readonly amount: number;
}
/** A request to this API, without what it said. */
export interface LoggedRequest {
    /** As the header `x-request-id` of its answer has it. */
    readonly id: string;
    /** UTC. */
    readonly at: string;
    readonly method: string;
    /** The route, as `/v1/payments/{id}`: what stood in its place is not kept. */
    readonly path: string;
    /** Of the answer. */
    readonly status: number;
    /** How long the answer took. */
    readonly ms: number;
    /** Who asked. Null: nobody that is known. */
    readonly by: {
        /** `shop`: a key. `operator`: a person at work. */
        readonly type: string;
        /** Of the key or the person. Null: the key of the settings. */
        readonly id: string | null;
        /** What they are called now; null: they are gone, or have no name. */
        readonly name: string | null;
    } | null;
    /** The code of the problem that it was answered by: `/problems/{code}`. */
    readonly problem: string | null;
}
/** What `caravela doctor` says of the settings of the server that answers. */
export interface Examination {
    /** When it was looked at. Null: it cannot be, since no `caravela` command started this server. */
    readonly at: string | null;
    /** Whether all of it is well. */
    readonly isWell: boolean | null;
    readonly findings: readonly {
        readonly isWell: boolean;
        /** What was found. */
        readonly says: string;
        /** What to do about it. Null: nothing. */
        readonly todo: string | null;
    }[];
}
/** How it all works just now. */
export interface Health {
    /** UTC. */
    readonly at: string;
    /** How SIBS has answered the server process that answers, in the last five minutes. */
    readonly sibs: {
        /** Calls to SIBS. */
        readonly calls: number;
        /** Of these, answered with an error. */
        readonly refused: number;
        /** Of these, not answered in time. */
        readonly unanswered: number;
        /** Refused or unanswered. Null: there were no calls. */
        readonly refusedShare: number | null;
        /** Null: there were no calls. */
        readonly medianMs: number | null;
        /** Null: there were no calls. */
        readonly slowestMs: number | null;
        /** The terminals at which nothing that may wait is asked of SIBS just now. */
        readonly spared: readonly {
            readonly terminal: string;
            /** UTC. */
            readonly until: string;
        }[];
    };
    /** When SIBS last notified. Null: never. */
    readonly lastNotification: {
        /** UTC. */
        readonly at: string;
        /** For how long, in whole seconds. */
        readonly seconds: number;
    } | null;
    /** What is due and has waited longest, of the whole server. Null: nothing is due. */
    readonly oldestDue: {
        /** `payment`, `mandate`, `notification`, `delivery` or `chore`. */
        readonly what: string;
        /** UTC. */
        readonly since: string;
        /** For how long, in whole seconds. */
        readonly seconds: number;
    } | null;
    /** The same of what nobody waits for. */
    readonly oldestThatMayWait: {
        /** `payment`, `mandate`, `notification`, `delivery` or `chore`. */
        readonly what: string;
        /** UTC. */
        readonly since: string;
        /** For how long, in whole seconds. */
        readonly seconds: number;
    } | null;
    /** Those that are still tried, and since when the first of them was to be sent. */
    readonly undelivered: {
        /** Events that an endpoint has not taken, of each endpoint; 1,000 at most are counted. */
        readonly count: number;
        /** UTC. */
        readonly oldest: string | null;
    };
    /** What SIBS is being asked about. */
    readonly inDoubt: {
        /** Payments with an attempt whose answer was lost; 1,000 at most are counted. */
        readonly attempts: number;
        /** Payments with a capture, a cancellation or a refund whose answer was lost; 1,000 at most are counted. */
        readonly operations: number;
        /** Authorised payments whose answer was lost; 1,000 at most are counted. */
        readonly mandates: number;
    };
    /** Due work that the server process that answers does not get on with, by its name. Empty: all is well. */
    readonly stalled: readonly string[];
}
/** A key by which this API is used. */
export interface ApiKey {
    readonly id: string;
    readonly name: string;
    /** The number of the terminal that it is of; null: of all. */
    readonly terminal: string | null;
    /** What the key is good for: each route says which of these it needs. */
    readonly scopes: readonly ("payments:read" | "payments:write" | "refunds:write" | "events" | "reports" | "admin")[];
    /** Whole cents; null: there is none. */
    readonly refundLimit: number | null;
    /** Whole cents; null: there is none. */
    readonly captureLimit: number | null;
    /** UTC. */
    readonly expiresAt: string | null;
    /** Only in the first answer. */
    readonly secret: string | null;
    /** UTC. */
    readonly createdAt: string;
    /** To the minute. */
    readonly lastUsedAt: string | null;
    /** Until when a secret that was replaced goes on. */
    readonly overlapEndsAt: string | null;
}
export interface AuditEntry {
    /** From 1 on, without gaps. */
    readonly number: number;
    /** UTC. */
    readonly at: string;
    /**
     * Each action has an entry before anything is done, and one after. One that was asked for and never answered was cut off: what it made is seen in its subject.
     */
    readonly kind: "asked" | "answered" | UnknownWord;
    /** Of an answer: the entry that asked. */
    readonly of: number | null;
    readonly by: {
        readonly type: "operator" | "shop" | "command" | "unknown" | UnknownWord;
        /** Of a person or an API key; the key of the settings has none. */
        readonly id: string | null;
        /** What they are called now; null: they are gone, or have no name. */
        readonly name: string | null;
    };
    /** The terminal that it is of; null: of all. */
    readonly terminal: string | null;
    /** The network that it came from; null: a command's. */
    readonly from: string | null;
    /** Its `x-request-id`. */
    readonly request: string | null;
    /** The operation, by its name in this description, or what else it was. */
    readonly operation: string;
    /** What it was about, by its id. */
    readonly subject: string | null;
    /** The names of the members that were sent. */
    readonly fields: readonly string[];
    /** Amounts, words of the API, flags, moments and ids, by their names. Nothing that somebody wrote. */
    readonly before: {
        readonly [key: string]: unknown;
    } | null;
    /** Amounts, words of the API, flags, moments and ids, by their names. Nothing that somebody wrote. */
    readonly after: {
        readonly [key: string]: unknown;
    } | null;
    readonly reason: string | null;
    /** Of the answer. */
    readonly status: number | null;
    /** SHA-256 of the hash before and of the entry's text, in hexadecimal. */
    readonly hash: string;
}
/** How much was known of the customer. Who they were is not repeated. */
export interface Erased {
    /** How many payments were erased by this request. */
    readonly payments: number;
    /** How many authorised payments. */
    readonly mandates: number;
    /** How many saved cards were forgotten. */
    readonly savedCards: number;
}
/** Something that happened, as it was sent. */
export interface Event {
    readonly id: string;
    readonly type: string;
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    /** `payment`, and of `refund.*` also `refund`, likewise `capture`, `cancellation` and `token`; of `mandate.*` `mandate`, and of `plan.*` also `plan`: the whole resources as `GET` gave them at that moment. */
    readonly data: {
        readonly [key: string]: unknown;
    };
    /** Whether an endpoint has not taken it: it is sent still, or was given up. No part of what was sent. */
    readonly undelivered: boolean;
}
/** An event, and every try to deliver it. */
export interface EventWithDeliveries {
    readonly id: string;
    readonly type: string;
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    /** `payment`, and of `refund.*` also `refund`, likewise `capture`, `cancellation` and `token`; of `mandate.*` `mandate`, and of `plan.*` also `plan`: the whole resources as `GET` gave them at that moment. */
    readonly data: {
        readonly [key: string]: unknown;
    };
    /** Where it goes, and how it stands there. */
    readonly endpoints: readonly {
        readonly endpoint: string;
        /**
         * `waiting`: to be sent still. `given_up`: not taken, and not tried any more by itself.
         */
        readonly standing: "waiting" | "delivered" | "given_up" | UnknownWord;
        readonly tries: number;
        /** UTC. Null: not by itself. */
        readonly nextTryAt: string | null;
    }[];
    readonly deliveries: readonly {
        readonly endpoint: string;
        /** UTC. */
        readonly at: string;
        /** Null: no answer. */
        readonly status: number | null;
        /** How long the answer took. */
        readonly ms: number;
    }[];
}
/** They are due, in their order. */
export interface ResentEvents {
    /** So many events are sent again. */
    readonly count: number;
}
/** How an endpoint took what it was tried by. */
export interface Pinged {
    readonly endpoint: string;
    /** The id that it was sent by: its header `webhook-id`. */
    readonly event: string;
    /** Whether it was taken: answered by any 2xx. */
    readonly delivered: boolean;
    /** What it answered. Null: nothing in time. */
    readonly status: number | null;
    /** `refused`: it answered something else than 2xx. `timeout`: nothing within 15 seconds. `unreachable`: nobody answers there. `address_not_allowed`: its address is inside. */
    readonly failure: ("refused" | "timeout" | "unreachable" | "address_not_allowed") | null;
    /** How long the answer took. */
    readonly ms: number;
}
/** Where events are sent. */
export interface EventEndpoint {
    readonly id: string;
    readonly url: string;
    readonly types: readonly ("*" | "payment.created" | "payment.pending" | "payment.authorized" | "payment.paid" | "payment.attempt_failed" | "payment.canceled" | "payment.expired" | "payment.attention" | "payment.reference_expiring" | "capture.created" | "capture.succeeded" | "capture.failed" | "capture.in_doubt" | "cancellation.created" | "cancellation.succeeded" | "cancellation.failed" | "cancellation.in_doubt" | "refund.created" | "refund.succeeded" | "refund.failed" | "refund.in_doubt" | "token.created" | "mandate.created" | "mandate.activated" | "mandate.refused" | "mandate.suspended" | "mandate.reactivated" | "mandate.changed" | "mandate.canceled" | "mandate.expired" | "plan.created" | "plan.activated" | "plan.charge_upcoming" | "plan.charge_skipped" | "plan.charges_missed" | "plan.paused" | "plan.resumed" | "plan.canceled" | "plan.ended" | UnknownWord)[];
    /** Whose events are sent there; null: those of all terminals. */
    readonly terminal: string | null;
    /** Only in the first answer. */
    readonly secret: string | null;
    /** UTC. */
    readonly createdAt: string;
    /** Since when nothing is sent there; null: it is. */
    readonly endedAt: string | null;
    /** `gone`: it answered 410. Register it again to take it up. */
    readonly endReason: "gone" | null;
    /** How it has taken its events in the last 24 hours: in this one, and the 23 before. */
    readonly deliveries: {
        /** Tries that were taken, by any 2xx. */
        readonly delivered: number;
        /** Tries that were not. */
        readonly failed: number;
        /** Events that are to be sent there still, whenever they happened; 1,000 at most are counted. */
        readonly waiting: number;
        /** The last try that was not taken. */
        readonly lastError: {
            /** UTC. */
            readonly at: string;
            /** What it answered. Null: nothing in time. */
            readonly status: number | null;
            /** `refused`: it answered something else than 2xx. `timeout`: nothing within 15 seconds. `unreachable`: nobody answers there. `address_not_allowed`: its address is inside. */
            readonly failure: ("refused" | "timeout" | "unreachable" | "address_not_allowed") | null;
        } | null;
        /** When one was taken last. */
        readonly lastDeliveredAt: string | null;
    };
}
/** You asked for a payment. */
export interface PaymentCreatedEvent {
    readonly id: string;
    readonly type: "payment.created";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PaymentEventData;
}
export interface PaymentEventData {
    readonly payment: Payment;
}
/** An attempt was sent. */
export interface PaymentPendingEvent {
    readonly id: string;
    readonly type: "payment.pending";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PaymentEventData;
}
/** Money is held and not captured yet. */
export interface PaymentAuthorizedEvent {
    readonly id: string;
    readonly type: "payment.authorized";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PaymentEventData;
}
/** The money was taken, for good. */
export interface PaymentPaidEvent {
    readonly id: string;
    readonly type: "payment.paid";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PaymentEventData;
}
/** An attempt ended without money. */
export interface PaymentAttemptFailedEvent {
    readonly id: string;
    readonly type: "payment.attempt_failed";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PaymentEventData;
}
/** You canceled the payment. */
export interface PaymentCanceledEvent {
    readonly id: string;
    readonly type: "payment.canceled";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PaymentEventData;
}
/** The payment's `expiresAt` passed and nothing that could be paid is left. */
export interface PaymentExpiredEvent {
    readonly id: string;
    readonly type: "payment.expired";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PaymentEventData;
}
/** Something about the money that no rule may settle. */
export interface PaymentAttentionEvent {
    readonly id: string;
    readonly type: "payment.attention";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PaymentEventData;
}
/** A Multibanco reference that nobody has paid ends in a day. */
export interface PaymentReferenceExpiringEvent {
    readonly id: string;
    readonly type: "payment.reference_expiring";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PaymentEventData;
}
/** What is held is about to be captured, all of it or a part. */
export interface CaptureCreatedEvent {
    readonly id: string;
    readonly type: "capture.created";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: CaptureEventData;
}
export interface CaptureEventData {
    readonly capture: Operation;
    readonly payment: Payment;
}
/** It was captured. */
export interface CaptureSucceededEvent {
    readonly id: string;
    readonly type: "capture.succeeded";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: CaptureEventData;
}
/** SIBS refused the capture. */
export interface CaptureFailedEvent {
    readonly id: string;
    readonly type: "capture.failed";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: CaptureEventData;
}
/** For a day SIBS has not been able to say what became of a capture. */
export interface CaptureInDoubtEvent {
    readonly id: string;
    readonly type: "capture.in_doubt";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: CaptureEventData;
}
/** A hold is about to be given up, all of it or a part. */
export interface CancellationCreatedEvent {
    readonly id: string;
    readonly type: "cancellation.created";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: CancellationEventData;
}
export interface CancellationEventData {
    readonly cancellation: Operation;
    readonly payment: Payment;
}
/** It was given up. */
export interface CancellationSucceededEvent {
    readonly id: string;
    readonly type: "cancellation.succeeded";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: CancellationEventData;
}
/** SIBS refused to give the hold up. */
export interface CancellationFailedEvent {
    readonly id: string;
    readonly type: "cancellation.failed";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: CancellationEventData;
}
/** For a day SIBS has not been able to say what became of a cancellation. */
export interface CancellationInDoubtEvent {
    readonly id: string;
    readonly type: "cancellation.in_doubt";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: CancellationEventData;
}
/** Money is about to go back. */
export interface RefundCreatedEvent {
    readonly id: string;
    readonly type: "refund.created";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: RefundEventData;
}
export interface RefundEventData {
    readonly refund: Refund;
    readonly payment: Payment;
}
/** The money went back. */
export interface RefundSucceededEvent {
    readonly id: string;
    readonly type: "refund.succeeded";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: RefundEventData;
}
/** SIBS refused the refund, or somebody of yours settled that it was not done. */
export interface RefundFailedEvent {
    readonly id: string;
    readonly type: "refund.failed";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: RefundEventData;
}
/** For a day SIBS has not been able to say what became of a refund. */
export interface RefundInDoubtEvent {
    readonly id: string;
    readonly type: "refund.in_doubt";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: RefundEventData;
}
/** A customer's card was saved. */
export interface TokenCreatedEvent {
    readonly id: string;
    readonly type: "token.created";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: TokenEventData;
}
export interface TokenEventData {
    readonly token: SavedCard;
    readonly payment: Payment;
}
/** What a customer recognises a saved card by. */
export interface SavedCard {
    readonly id: string;
    readonly brand: string | null;
    readonly lastFour: string | null;
    /** As 2028-12. */
    readonly expiry: string | null;
}
/** You asked a customer for an authorised payment. */
export interface MandateCreatedEvent {
    readonly id: string;
    readonly type: "mandate.created";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: MandateEventData;
}
export interface MandateEventData {
    readonly mandate: Mandate;
}
/** The customer agreed. */
export interface MandateActivatedEvent {
    readonly id: string;
    readonly type: "mandate.activated";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: MandateEventData;
}
/** Nothing came of the request. */
export interface MandateRefusedEvent {
    readonly id: string;
    readonly type: "mandate.refused";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: MandateEventData;
}
/** The customer paused it in the MB WAY app. */
export interface MandateSuspendedEvent {
    readonly id: string;
    readonly type: "mandate.suspended";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: MandateEventData;
}
/** The customer took it up again. */
export interface MandateReactivatedEvent {
    readonly id: string;
    readonly type: "mandate.reactivated";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: MandateEventData;
}
/** The customer changed the limit or the end. */
export interface MandateChangedEvent {
    readonly id: string;
    readonly type: "mandate.changed";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: MandateEventData;
}
/** You ended it, or the customer did, in the app or on the page at `manageUrl`. */
export interface MandateCanceledEvent {
    readonly id: string;
    readonly type: "mandate.canceled";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: MandateEventData;
}
/** The end that the customer had set is past. */
export interface MandateExpiredEvent {
    readonly id: string;
    readonly type: "mandate.expired";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: MandateEventData;
}
/** You made a plan on a mandate. */
export interface PlanCreatedEvent {
    readonly id: string;
    readonly type: "plan.created";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PlanEventData;
}
export interface PlanEventData {
    readonly plan: Plan;
    readonly mandate: Mandate;
}
/** The customer approved the mandate that the plan waited for. */
export interface PlanActivatedEvent {
    readonly id: string;
    readonly type: "plan.activated";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PlanEventData;
}
/** The charge in `data.plan.nextCharge` is 24 hours away, at the moment that is its `at`. */
export interface PlanChargeUpcomingEvent {
    readonly id: string;
    readonly type: "plan.charge_upcoming";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PlanEventData;
}
/** You left a charge out. */
export interface PlanChargeSkippedEvent {
    readonly id: string;
    readonly type: "plan.charge_skipped";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PlanEventData;
}
/** The time of one charge or more came while the server was down, and they are left out: as the plan's `missed` has it, or because it was paused before. */
export interface PlanChargesMissedEvent {
    readonly id: string;
    readonly type: "plan.charges_missed";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PlanEventData;
}
/** You paused the plan. */
export interface PlanPausedEvent {
    readonly id: string;
    readonly type: "plan.paused";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PlanEventData;
}
/** You resumed the plan. */
export interface PlanResumedEvent {
    readonly id: string;
    readonly type: "plan.resumed";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PlanEventData;
}
/** You canceled the plan, or its mandate is over. */
export interface PlanCanceledEvent {
    readonly id: string;
    readonly type: "plan.canceled";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PlanEventData;
}
/** The plan charged all that it was to charge, or its `endDate` passed while it was paused. */
export interface PlanEndedEvent {
    readonly id: string;
    readonly type: "plan.ended";
    /** UTC. */
    readonly timestamp: string;
    /** Counts the events of one payment, or of one mandate. */
    readonly sequence: number;
    readonly data: PlanEventData;
}
export interface AttemptInDoubtProblem {
    readonly type: "/problems/attempt_in_doubt";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /** The attempt that is in the way. */
    readonly attempt: string;
}
export interface AttemptInProgressProblem {
    readonly type: "/problems/attempt_in_progress";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /** The attempt that is in the way. */
    readonly attempt?: string;
    /** For so long at most. */
    readonly secondsLeft?: number;
}
export interface CancellationRefusedProblem {
    readonly type: "/problems/cancellation_refused";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    readonly failure: {
        /** For programs, for instance `unknown_phone`. */
        readonly reason: string;
        /** SIBS's own code. */
        readonly code: string | null;
        /** For your developers; the page has words for customers. */
        readonly message: string;
        readonly next: ("try_again" | "other_phone" | "other_method" | "contact_us") | null;
    };
}
export interface CaptureLimitProblem {
    readonly type: "/problems/capture_limit";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /**
     * Whether of this payment, or of today.
     */
    readonly of: "payment" | "day" | UnknownWord;
    /** So many cents are left. */
    readonly left: number;
}
export interface CaptureRefusedProblem {
    readonly type: "/problems/capture_refused";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    readonly failure: {
        /** For programs, for instance `unknown_phone`. */
        readonly reason: string;
        /** SIBS's own code. */
        readonly code: string | null;
        /** For your developers; the page has words for customers. */
        readonly message: string;
        readonly next: ("try_again" | "other_phone" | "other_method" | "contact_us") | null;
    };
}
export interface ContradictedBySibsProblem {
    readonly type: "/problems/contradicted_by_sibs";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /** What SIBS says. */
    readonly sibs: {
        readonly paymentStatus: string;
        readonly paymentType: string | null;
        /** Whole cents. */
        readonly amount: number | null;
        readonly transactionId: string | null;
        readonly code: string | null;
    };
}
export interface CustomerLiveProblem {
    readonly type: "/problems/customer_live";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /** All that is not over. */
    readonly live: readonly {
        readonly id: string;
        readonly why: string;
    }[];
}
export interface MandateInProgressProblem {
    readonly type: "/problems/mandate_in_progress";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /** The authorised payment's id. */
    readonly mandate: string;
    /** For so long at most. */
    readonly secondsLeft: number | null;
}
export interface MandateNotActiveProblem {
    readonly type: "/problems/mandate_not_active";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /** The authorised payment's id. */
    readonly mandate: string;
    /** How it stands now. */
    readonly mandateStatus: string;
}
export interface PhoneAskedTooOftenProblem {
    readonly type: "/problems/phone_asked_too_often";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /** For so long at most. */
    readonly secondsLeft: number;
}
export interface RefundLimitProblem {
    readonly type: "/problems/refund_limit";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /**
     * Whether of this payment, or of today.
     */
    readonly of: "payment" | "day" | UnknownWord;
    /** So many cents are left. */
    readonly left: number;
}
export interface RoleMissingProblem {
    readonly type: "/problems/role_missing";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /** Whoever may; empty: a program alone. */
    readonly roles: readonly ("viewer" | "support" | "refunder" | "accountant" | "owner")[];
}
export interface ScopeMissingProblem {
    readonly type: "/problems/scope_missing";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /**
     * What the key lacks.
     */
    readonly scope: "payments:read" | "payments:write" | "refunds:write" | "events" | "reports" | "admin" | UnknownWord;
}
export interface TerminalNotServedProblem {
    readonly type: "/problems/terminal_not_served";
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
    /** Its terminal's number. */
    readonly terminal: string;
}
export interface OtherProblem {
    readonly type: "/problems/amount_beyond_method" | "/problems/attempt_in_sums" | "/problems/attempt_not_approved" | "/problems/attempt_over" | "/problems/body_too_large" | "/problems/busy" | "/problems/cancellation_exceeds_authorized" | "/problems/capture_exceeds_authorized" | "/problems/card_not_valid" | "/problems/charge_not_next" | "/problems/customer_erased" | "/problems/customer_missing" | "/problems/foreign_site" | "/problems/headers_too_large" | "/problems/idempotency_in_flight" | "/problems/idempotency_key_missing" | "/problems/idempotency_key_reused" | "/problems/internal_error" | "/problems/invalid_request" | "/problems/key_beyond_yours" | "/problems/key_of_one_terminal" | "/problems/malformed_body" | "/problems/malformed_request" | "/problems/malformed_url" | "/problems/mandate_not_periodic" | "/problems/mandate_over" | "/problems/method_cannot_hold" | "/problems/method_not_offered" | "/problems/method_not_served" | "/problems/no_attention" | "/problems/not_found" | "/problems/not_possible" | "/problems/nothing_to_cancel" | "/problems/nothing_to_capture" | "/problems/nothing_to_refund" | "/problems/operation_not_in_doubt" | "/problems/payment_already_paid" | "/problems/payment_canceled" | "/problems/payment_expired" | "/problems/payment_needs_attention" | "/problems/person_needed" | "/problems/plan_exceeds_limit" | "/problems/plan_over" | "/problems/refund_exceeds_captured" | "/problems/request_timeout" | "/problems/return_exceeds_taken" | "/problems/sibs_unavailable" | "/problems/too_many_attempts" | "/problems/too_many_card_tries" | "/problems/too_many_plans" | "/problems/touch_required" | "/problems/unauthorized" | "/problems/unavailable" | "/problems/unknown_mandate" | "/problems/unknown_token" | "/problems/unsupported_media_type" | "/problems/url_too_long" | UnknownWord;
    readonly title: string;
    readonly status: number;
    /** What happened in this case, and what to do next. */
    readonly detail: string;
    /** The fields at fault. */
    readonly errors: readonly {
        /** A JSON pointer into the body, or the name of a parameter or header. */
        readonly field: string;
        readonly message: string;
    }[];
}
/** A problem (RFC 9457). Some carry further members, as `secondsLeft`. */
export type Problem = AttemptInDoubtProblem | AttemptInProgressProblem | CancellationRefusedProblem | CaptureLimitProblem | CaptureRefusedProblem | ContradictedBySibsProblem | CustomerLiveProblem | MandateInProgressProblem | MandateNotActiveProblem | PhoneAskedTooOftenProblem | RefundLimitProblem | RoleMissingProblem | ScopeMissingProblem | TerminalNotServedProblem | OtherProblem;
/**
 * What the API may refuse a call with.
 */
export type ProblemCode = "amount_beyond_method" | "attempt_in_doubt" | "attempt_in_progress" | "attempt_in_sums" | "attempt_not_approved" | "attempt_over" | "body_too_large" | "busy" | "cancellation_exceeds_authorized" | "cancellation_refused" | "capture_exceeds_authorized" | "capture_limit" | "capture_refused" | "card_not_valid" | "charge_not_next" | "contradicted_by_sibs" | "customer_erased" | "customer_live" | "customer_missing" | "foreign_site" | "headers_too_large" | "idempotency_in_flight" | "idempotency_key_missing" | "idempotency_key_reused" | "internal_error" | "invalid_request" | "key_beyond_yours" | "key_of_one_terminal" | "malformed_body" | "malformed_request" | "malformed_url" | "mandate_in_progress" | "mandate_not_active" | "mandate_not_periodic" | "mandate_over" | "method_cannot_hold" | "method_not_offered" | "method_not_served" | "no_attention" | "not_found" | "not_possible" | "nothing_to_cancel" | "nothing_to_capture" | "nothing_to_refund" | "operation_not_in_doubt" | "payment_already_paid" | "payment_canceled" | "payment_expired" | "payment_needs_attention" | "person_needed" | "phone_asked_too_often" | "plan_exceeds_limit" | "plan_over" | "refund_exceeds_captured" | "refund_limit" | "request_timeout" | "return_exceeds_taken" | "role_missing" | "scope_missing" | "sibs_unavailable" | "terminal_not_served" | "too_many_attempts" | "too_many_card_tries" | "too_many_plans" | "touch_required" | "unauthorized" | "unavailable" | "unknown_mandate" | "unknown_token" | "unsupported_media_type" | "url_too_long" | UnknownWord;
/** An event of a type that this version of the client knows. */
export type KnownEvent = PaymentCreatedEvent | PaymentPendingEvent | PaymentAuthorizedEvent | PaymentPaidEvent | PaymentAttemptFailedEvent | PaymentCanceledEvent | PaymentExpiredEvent | PaymentAttentionEvent | PaymentReferenceExpiringEvent | CaptureCreatedEvent | CaptureSucceededEvent | CaptureFailedEvent | CaptureInDoubtEvent | CancellationCreatedEvent | CancellationSucceededEvent | CancellationFailedEvent | CancellationInDoubtEvent | RefundCreatedEvent | RefundSucceededEvent | RefundFailedEvent | RefundInDoubtEvent | TokenCreatedEvent | MandateCreatedEvent | MandateActivatedEvent | MandateRefusedEvent | MandateSuspendedEvent | MandateReactivatedEvent | MandateChangedEvent | MandateCanceledEvent | MandateExpiredEvent | PlanCreatedEvent | PlanActivatedEvent | PlanChargeUpcomingEvent | PlanChargeSkippedEvent | PlanChargesMissedEvent | PlanPausedEvent | PlanResumedEvent | PlanCanceledEvent | PlanEndedEvent;

/** What each operation that an API key may call is sent and answers. */
export interface Operations {
  readonly listOperators: { method: "GET"; path: `/v1/operators`; input: undefined; query: ListOperatorsQuery; answer: Page<Operator> };
  readonly getMe: { method: "GET"; path: `/v1/me`; input: undefined; query: undefined; answer: Me };
  readonly createPayment: { method: "POST"; path: `/v1/payments`; input: CreatePaymentInput; query: undefined; answer: Payment };
  readonly listPayments: { method: "GET"; path: `/v1/payments`; input: undefined; query: ListPaymentsQuery; answer: Page<Payment> };
  readonly getPayment: { method: "GET"; path: `/v1/payments/${string}`; input: undefined; query: undefined; answer: Payment };
  readonly startAttempt: { method: "POST"; path: `/v1/payments/${string}/attempts`; input: StartAttemptInput; query: undefined; answer: Attempt };
  readonly continueAttempt: { method: "POST"; path: `/v1/payments/${string}/attempts/${string}/continue`; input: ContinueAttemptInput; query: undefined; answer: Attempt };
  readonly settleAttempt: { method: "POST"; path: `/v1/payments/${string}/attempts/${string}/settle`; input: SettleAttemptInput; query: undefined; answer: Attempt };
  readonly resolveAttention: { method: "POST"; path: `/v1/payments/${string}/attention/resolve`; input: ResolveAttentionInput; query: undefined; answer: Payment };
  readonly listNotes: { method: "GET"; path: `/v1/payments/${string}/notes`; input: undefined; query: ListNotesQuery; answer: Page<Note> };
  readonly addNote: { method: "POST"; path: `/v1/payments/${string}/notes`; input: AddNoteInput; query: undefined; answer: Note };
  readonly listRefunds: { method: "GET"; path: `/v1/refunds`; input: undefined; query: ListRefundsQuery; answer: Page<Refund> };
  readonly listCaptures: { method: "GET"; path: `/v1/captures`; input: undefined; query: ListCapturesQuery; answer: Page<Operation> };
  readonly refundPayment: { method: "POST"; path: `/v1/payments/${string}/refunds`; input: RefundPaymentInput; query: undefined; answer: Refund };
  readonly refundAttempt: { method: "POST"; path: `/v1/payments/${string}/attempts/${string}/refunds`; input: RefundAttemptInput; query: undefined; answer: Operation };
  readonly settleOperation: { method: "POST"; path: `/v1/operations/${string}/settle`; input: SettleOperationInput; query: undefined; answer: Operation };
  readonly capturePayment: { method: "POST"; path: `/v1/payments/${string}/capture`; input: CapturePaymentInput; query: undefined; answer: Payment };
  readonly cancelPayment: { method: "POST"; path: `/v1/payments/${string}/cancel`; input: CancelPaymentInput; query: undefined; answer: Payment };
  readonly listApprovals: { method: "GET"; path: `/v1/approvals`; input: undefined; query: ListApprovalsQuery; answer: Page<Approval> };
  readonly createMandate: { method: "POST"; path: `/v1/mandates`; input: CreateMandateInput; query: undefined; answer: Mandate };
  readonly listMandates: { method: "GET"; path: `/v1/mandates`; input: undefined; query: ListMandatesQuery; answer: Page<Mandate> };
  readonly getMandate: { method: "GET"; path: `/v1/mandates/${string}`; input: undefined; query: undefined; answer: Mandate };
  readonly cancelMandate: { method: "POST"; path: `/v1/mandates/${string}/cancel`; input: undefined; query: undefined; answer: Mandate };
  readonly createPlan: { method: "POST"; path: `/v1/mandates/${string}/plans`; input: CreatePlanInput; query: undefined; answer: Plan };
  readonly listPlansOfMandate: { method: "GET"; path: `/v1/mandates/${string}/plans`; input: undefined; query: ListPlansOfMandateQuery; answer: Page<Plan> };
  readonly listPlans: { method: "GET"; path: `/v1/plans`; input: undefined; query: ListPlansQuery; answer: Page<Plan> };
  readonly getPlan: { method: "GET"; path: `/v1/plans/${string}`; input: undefined; query: undefined; answer: Plan };
  readonly pausePlan: { method: "POST"; path: `/v1/plans/${string}/pause`; input: undefined; query: undefined; answer: Plan };
  readonly resumePlan: { method: "POST"; path: `/v1/plans/${string}/resume`; input: undefined; query: undefined; answer: Plan };
  readonly cancelPlan: { method: "POST"; path: `/v1/plans/${string}/cancel`; input: undefined; query: undefined; answer: Plan };
  readonly changePlanAmount: { method: "POST"; path: `/v1/plans/${string}/amount`; input: ChangePlanAmountInput; query: undefined; answer: Plan };
  readonly skipCharge: { method: "POST"; path: `/v1/plans/${string}/skip`; input: SkipChargeInput; query: undefined; answer: Plan };
  readonly listTokens: { method: "GET"; path: `/v1/tokens`; input: undefined; query: ListTokensQuery; answer: Page<Token> };
  readonly deleteToken: { method: "DELETE"; path: `/v1/tokens/${string}`; input: undefined; query: undefined; answer: undefined };
  readonly getPaymentJournal: { method: "GET"; path: `/v1/payments/${string}/journal`; input: undefined; query: undefined; answer: Journal };
  readonly getMandateJournal: { method: "GET"; path: `/v1/mandates/${string}/journal`; input: undefined; query: undefined; answer: Journal };
  readonly listTasks: { method: "GET"; path: `/v1/tasks`; input: undefined; query: ListTasksQuery; answer: Page<Task> };
  readonly endTask: { method: "POST"; path: `/v1/tasks/${string}/done`; input: EndTaskInput; query: undefined; answer: TaskDone };
  readonly listDaySums: { method: "GET"; path: `/v1/summaries/days`; input: undefined; query: ListDaySumsQuery; answer: Whole<DaySum> };
  readonly listFailureCounts: { method: "GET"; path: `/v1/summaries/failures`; input: undefined; query: ListFailureCountsQuery; answer: Whole<FailureCount> };
  readonly listReferenceSums: { method: "GET"; path: `/v1/summaries/references`; input: undefined; query: ListReferenceSumsQuery; answer: Whole<ReferenceSum> };
  readonly listRequests: { method: "GET"; path: `/v1/requests`; input: undefined; query: ListRequestsQuery; answer: Page<LoggedRequest> };
  readonly getExamination: { method: "GET"; path: `/v1/doctor`; input: undefined; query: undefined; answer: Examination };
  readonly getHealth: { method: "GET"; path: `/v1/health`; input: undefined; query: undefined; answer: Health };
  readonly exportPayments: { method: "GET"; path: `/v1/exports/payments.csv`; input: undefined; query: ExportPaymentsQuery; answer: string };
  readonly exportRefunds: { method: "GET"; path: `/v1/exports/refunds.csv`; input: undefined; query: ExportRefundsQuery; answer: string };
  readonly exportEvents: { method: "GET"; path: `/v1/exports/events.csv`; input: undefined; query: ExportEventsQuery; answer: string };
  readonly createKey: { method: "POST"; path: `/v1/keys`; input: CreateKeyInput; query: undefined; answer: ApiKey };
  readonly listKeys: { method: "GET"; path: `/v1/keys`; input: undefined; query: ListKeysQuery; answer: Page<ApiKey> };
  readonly rollKey: { method: "POST"; path: `/v1/keys/${string}/roll`; input: RollKeyInput; query: undefined; answer: ApiKey };
  readonly revokeKey: { method: "DELETE"; path: `/v1/keys/${string}`; input: undefined; query: undefined; answer: undefined };
  readonly listAudit: { method: "GET"; path: `/v1/audit`; input: undefined; query: ListAuditQuery; answer: Page<AuditEntry> };
  readonly eraseCustomer: { method: "POST"; path: `/v1/customers/${string}/erase`; input: undefined; query: undefined; answer: Erased };
  readonly listEvents: { method: "GET"; path: `/v1/events`; input: undefined; query: ListEventsQuery; answer: Page<Event> };
  readonly getEvent: { method: "GET"; path: `/v1/events/${string}`; input: undefined; query: undefined; answer: EventWithDeliveries };
  readonly resendEvent: { method: "POST"; path: `/v1/events/${string}/resend`; input: undefined; query: undefined; answer: EventWithDeliveries };
  readonly resendEvents: { method: "POST"; path: `/v1/events/resend`; input: ResendEventsInput; query: undefined; answer: ResentEvents };
  readonly pingEventEndpoint: { method: "POST"; path: `/v1/event-endpoints/${string}/ping`; input: undefined; query: undefined; answer: Pinged };
  readonly createEventEndpoint: { method: "POST"; path: `/v1/event-endpoints`; input: CreateEventEndpointInput; query: undefined; answer: EventEndpoint };
  readonly listEventEndpoints: { method: "GET"; path: `/v1/event-endpoints`; input: undefined; query: ListEventEndpointsQuery; answer: Page<EventEndpoint> };
  readonly deleteEventEndpoint: { method: "DELETE"; path: `/v1/event-endpoints/${string}`; input: undefined; query: undefined; answer: undefined };
}
