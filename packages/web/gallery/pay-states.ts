import { cents } from "@caravela/sibs/money";
import { type CardOnPage, type DeclineReason, namedCountries, type PayScreen, type PayView } from "@caravela/web/pay";
import { longShop, plainShop, wholeShop } from "./shops.ts";

const phone = "351#*****9999";

const cardDeclines = [
  "card_no_funds",
  "card_refused",
  "card_expired",
  "card_wrong_code",
  "card_issuer_unavailable",
  "card_not_authenticated",
  "card_not_answered",
] as const satisfies DeclineReason[];

/** What an issuer wants. It gets nothing: the gallery answers `nowhere` with nothing, and the browser stays. */
export const action = { id: "action-1", url: "/nowhere", fields: { creq: "e30", returnUrl: "/pay/gallery" } };

/** Every place where a customer may stand, as the page is asked to show it. */
const screens = {
  choose: { kind: "choose" },
  waiting: { kind: "mbway_waiting", phone, secondsLeft: 238, isAboveLimit: false },
  "waiting-missed": { kind: "mbway_waiting", phone, secondsLeft: 197, isAboveLimit: false },
  "waiting-above-limit": { kind: "mbway_waiting", phone, secondsLeft: 197, isAboveLimit: true },
  "waiting-hurry": { kind: "mbway_waiting", phone, secondsLeft: 42, isAboveLimit: false },
  confirming: { kind: "mbway_confirming", phone, again: "offered" },
  "confirming-without-again": { kind: "mbway_confirming", phone, again: null },
  unconfirmed: { kind: "unconfirmed", method: "mbway" },
  reference: {
    kind: "reference",
    entity: "24000",
    reference: "066295419",
    endsAt: "2026-11-25T10:41:00.000Z",
    secondsLeft: 250_000,
  },
  "reference-over": { kind: "reference_over", endsAt: "2026-11-25T10:41:00.000Z" },
  "declined-refused": { kind: "declined", reason: "refused", phone },
  "declined-unknown-phone": { kind: "declined", reason: "unknown_phone", phone },
  "declined-no-funds": { kind: "declined", reason: "no_funds", phone },
  "declined-other": { kind: "declined", reason: "other", phone: null },
  "not-answered": { kind: "not_answered", phone },
  "not-answered-no-phone": { kind: "not_answered", phone: null },
  failed: { kind: "failed", phone },
  paid: {
    kind: "paid",
    amount: cents(550),
    method: "mbway",
    card: null,
    paidAt: "2026-11-22T10:41:00.000Z",
    returnAfterSeconds: null,
    givenBack: null,
  },
  "paid-returning": {
    kind: "paid",
    amount: cents(550),
    method: "multibanco",
    card: null,
    paidAt: "2026-11-22T10:41:00.000Z",
    returnAfterSeconds: 3600,
    givenBack: { amount: cents(550), state: "pending" },
  },
  refunded: { kind: "refunded", amount: cents(550), amountRefunded: cents(550) },
  "refunded-partly": { kind: "refunded", amount: cents(550), amountRefunded: cents(100) },
  authorized: {
    kind: "authorized",
    method: "card",
    card: { brand: "visa", lastFour: "0100" },
    amount: cents(550),
    paidAt: "2026-11-22T10:41:00.000Z",
    returnAfterSeconds: null,
    givenBack: null,
  },
  "card-challenge": { kind: "card_challenge", action, secondsLeft: 297 },
  "card-method": { kind: "card_moment", action },
  "card-moment": { kind: "card_moment", action: null },
  "card-unconfirmed": { kind: "unconfirmed", method: "card" },
  canceled: { kind: "canceled", givenBack: { amount: cents(550), state: "done" } },
  notGivenBack: { kind: "expired", givenBack: { amount: cents(550), state: "failed" } },
  expired: { kind: "expired", givenBack: null },
  "under-review": { kind: "under_review" },
} satisfies Record<string, PayScreen>;

const askShop = { payment: "pay_01jd3v9k2m8x7c4h6t0q5w1zrb", contact: "ajuda@lojadaribeira.example, 222 000 000" };

/** An order of 5.50 €, as most pages show it. */
export const ordinary = {
  version: 1,
  request: "1",
  shop: plainShop,
  merchant: plainShop.name,
  amount: cents(550),
  description: "Duas canecas",
  reference: "order-17",
  items: [],
  methods: ["mbway", "multibanco"],
  outOfReach: [],
  tried: null,
  phone: null,
  typed: null,
  country: "PT",
  card: null,
  cardTyped: null,
  mandates: [],
  mandateGone: false,
  phoneRests: null,
  returnUrl: "https://shop.example/orders/17?payment=pay_1&status=paid",
  back: "https://shop.example/orders/17?payment=pay_1&status=open",
  askShop: null,
  wish: null,
  bothAtOnce: false,
  beside: null,
  receipt: null,
  mail: null,
  along: null,
  otherNumber: false,
  embedded: null,
} satisfies Partial<PayView>;

/** The page inside the shop's, which is nobody here. */
const inside = {
  ...ordinary,
  returnUrl: null,
  back: null,
  embedded: { payment: "pay_1", status: "open", origins: ["https://shop.example"], full: "/pay/choose/pt" },
} satisfies Partial<PayView>;

const card = { asks: [], countries: [], canBeKept: true, saved: [] } satisfies CardOnPage;
const stranger = {
  ...card,
  asks: ["name", "email", "billingAddress"],
  countries: namedCountries("pt"),
} satisfies CardOnPage;
const withSaved = {
  ...card,
  saved: [
    { id: "tok_1", brand: "visa", lastFour: "1111", expiry: "12/30" },
    { id: "tok_2", brand: "amex", lastFour: "8431", expiry: "08/28" },
    { id: "tok_3", brand: null, lastFour: "0017", expiry: null },
  ],
} satisfies CardOnPage;
const byCard = {
  ...ordinary,
  screen: { kind: "choose" },
  methods: ["card", "mbway", "multibanco"],
  card,
} satisfies Partial<PayView>;

/** The forms for cards: asking little and much, with saved cards, and with faults in every field. */
const cardStates: Record<string, Omit<PayView, "lang" | "path">> = {
  "card-form": byCard,
  ...Object.fromEntries(
    cardDeclines.map((reason) => [
      reason,
      { ...byCard, tried: "card", screen: { kind: "declined", reason, phone: null } },
    ]),
  ),
  "card-last": { ...byCard, methods: ["mbway", "multibanco", "card"] },
  "card-stranger": { ...byCard, card: stranger },
  "card-saved": { ...byCard, methods: ["mbway", "card"], card: withSaved },
  "card-typed-wrong": {
    ...byCard,
    card: stranger,
    cardTyped: {
      form: "card",
      problems: {
        number: "luhn",
        expiry: "expired",
        code: "too_short",
        name: "not_a_name",
        email: "not_an_address",
        street1: "empty",
        postcode: "empty",
        city: "too_long",
        country: "empty",
      },
      kept: { expiry: "01/20", name: "Ana Sousa", email: "ana@", city: "Lisboa", country: "BR", keep: "1" },
    },
  },
  "card-saved-typed-wrong": {
    ...byCard,
    card: withSaved,
    cardTyped: { form: "token", problems: { code: "empty" }, kept: { saved: "tok_2" } },
  },
  "card-saved-not-here": {
    ...byCard,
    cardTyped: { form: "token", problems: { form: "saved_not_here" }, kept: {} },
  },
  "card-too-many": { ...byCard, cardTyped: { form: "card", problems: { form: "too_many_tries" }, kept: {} } },
};

const mandates = [{ id: "man_1", phone, description: "Café do mês", aboveLimit: false }];
const several = [
  ...mandates,
  { id: "man_2", phone: "351#*****1234", description: "Compras na Loja da Ribeira", aboveLimit: true },
];

/** MB WAY where a try has ended: what these screens follow on. */
function triedBefore({ kind }: PayScreen): "mbway" | null {
  return kind === "declined" || kind === "not_answered" || kind === "failed" ? "mbway" : null;
}

const items = [
  { name: "Caneca de barro, azul", quantity: 2, amount: 2_400 },
  { name: "Azulejo pintado à mão, com o nome da rua", quantity: 1, amount: 3_250 },
  { name: "Portes", quantity: 1, amount: 350 },
  { name: "Vale de aniversário", quantity: 1, amount: -500 },
];

/**
 * The same payment in every state, and a few payments that are hard to set: long words, large amounts, a field with a
 * fault.
 */
export const payStates: Record<string, Omit<PayView, "lang" | "path">> = {
  ...Object.fromEntries(
    Object.entries(screens).map(([name, screen]) => [name, { ...ordinary, tried: triedBefore(screen), screen }]),
  ),
  "confirming-kept": {
    ...ordinary,
    wish: { way: "mbway", phone },
    screen: { kind: "mbway_confirming", phone, again: "kept" },
  },
  "waiting-kept": {
    ...ordinary,
    methods: ["mbway", "multibanco", "card", "mandate"],
    wish: { way: "card", phone: null },
    otherNumber: true,
    screen: { kind: "mbway_waiting", phone, secondsLeft: 150, isAboveLimit: false },
  },
  ...cardStates,
  "paid-mail-wrong": {
    ...ordinary,
    screen: screens.paid,
    mail: { what: "receipt", outcome: "no_address", typed: "ana@" },
  },
  "paid-mail-sent": { ...ordinary, items, screen: screens.paid, mail: { what: "receipt", outcome: "sent", typed: "" } },
  "confirming-long": { ...ordinary, screen: { kind: "mbway_confirming", phone, again: "offered" }, askShop },
  "unconfirmed-long": { ...ordinary, screen: { kind: "unconfirmed", method: "card" }, askShop },
  "under-review-contact": { ...ordinary, screen: { kind: "under_review" }, askShop },
  "typed-wrong": { ...ordinary, screen: { kind: "choose" }, typed: { phone: "21 123 45 67", problem: "not_mobile" } },
  "reference-typed-wrong": {
    ...ordinary,
    screen: {
      kind: "reference",
      entity: "24000",
      reference: "123456789",
      endsAt: "2027-01-02T23:59:00.000Z",
      secondsLeft: 3_600,
    },
    typed: { phone: "9199999", problem: "too_short" },
  },
  "whole-shop": { ...ordinary, shop: wholeShop, screen: { kind: "choose" } },
  "whole-shop-waiting": {
    ...ordinary,
    shop: wholeShop,
    screen: { kind: "mbway_waiting", phone, secondsLeft: 197, isAboveLimit: false },
  },
  "long-words": {
    ...ordinary,
    screen: { kind: "mbway_waiting", phone, secondsLeft: 240, isAboveLimit: false },
    shop: longShop,
    amount: cents(99_999_999),
    description: "Otorrinolaringologicamenteimpronunciávelesemespaçosnenhuns",
    reference: "2026/11/22-0000000000000000000000017",
  },
  mandate: { ...ordinary, screen: { kind: "choose" }, methods: ["mandate", "mbway", "multibanco"], mandates },
  "mandates-several": { ...ordinary, screen: { kind: "choose" }, methods: ["mandate", "mbway"], mandates: several },
  "mandate-refused": {
    ...ordinary,
    tried: "mandate",
    screen: { kind: "declined", reason: "mandate_refused", phone: null },
    methods: ["mandate", "mbway"],
    mandates,
  },
  "mandate-refused-alone": {
    ...ordinary,
    screen: { kind: "declined", reason: "mandate_refused", phone: null },
    methods: [],
  },
  "phone-rests": { ...ordinary, screen: { kind: "choose" }, phoneRests: 7 },
  "mandate-gone": { ...ordinary, screen: { kind: "choose" }, mandateGone: true },
  "nothing-to-choose": { ...ordinary, screen: { kind: "nothing_to_choose" }, methods: [] },
  "choose-beside": {
    ...byCard,
    screen: { kind: "choose" },
    beside: phone,
    wish: { way: "card", phone: null },
    bothAtOnce: true,
  },
  items: { ...byCard, screen: { kind: "choose" }, amount: cents(5_500), items },
  "items-folded": {
    ...ordinary,
    screen: { kind: "choose" },
    amount: cents(11_000),
    items: [...items, ...items],
  },
  "out-of-reach": {
    ...ordinary,
    screen: { kind: "choose" },
    amount: cents(100_000),
    methods: ["multibanco"],
    outOfReach: [
      { method: "mbway", least: null, most: cents(75_000) },
      { method: "card", least: cents(100), most: cents(50_000) },
    ],
  },
  "all-out-of-reach": {
    ...ordinary,
    screen: { kind: "nothing_to_choose" },
    methods: [],
    outOfReach: [{ method: "multibanco", least: cents(1_000), most: null }],
  },
  embedded: { ...inside, screen: { kind: "choose" }, methods: ["mbway", "multibanco", "card"] },
  "embedded-waiting": { ...inside, screen: { kind: "mbway_waiting", phone, secondsLeft: 197, isAboveLimit: false } },
  "multibanco-alone": { ...ordinary, screen: { kind: "choose" }, methods: ["multibanco"], description: null },
};
