import type { CardTexts } from "./texts.pt.ts";

/** What the forms for cards say, in English. */
export const card: CardTexts = {
  another: "Another card",
  savedWay: (count) => (count === 1 ? "Saved card" : "Saved cards"),
  number: "Card number",
  expiry: "Expiry date",
  expiryHint: "MM/YY",
  code: "Security code",
  codeBehind: "Three digits, on the back of the card",
  codeInFront: "Four digits, on the front of the card",
  name: "Name on the card",
  email: "E-mail",
  emailHint: "The card’s bank asks for it to recognise you.",
  billing: "Billing address",
  billingHint: "The card’s bank checks it.",
  street: "Street and number",
  postcode: "Postcode",
  city: "Town or city",
  country: "Country",
  keep: "Keep this card for next time",
  keepWhy: (merchant) =>
    `SIBS keeps it for ${merchant}: next time the code is enough, and ${merchant} can make the charges that you agree on.`,
  forgotten: "Number and code go to SIBS, encrypted, and are not kept here.",
  pay: (amount) => `Pay ${amount} by card`,
  saved: "Your saved cards",
  endingIn: "ending in",
  until: (expiry) => `Valid until ${expiry}`,
  problems: {
    number: {
      empty: "The card number is missing.",
      not_digits: "There are letters or symbols in it. Type only the digits on the card.",
      too_short: "Some digits are missing. Compare the number with the card.",
      too_long: "There are too many digits. Compare the number with the card.",
      luhn: "A digit is mistyped. Compare the number with the card.",
    },
    expiry: {
      empty: "The expiry date is missing.",
      not_a_date: "Type month and year as they are on the card, for example 08/29.",
      expired: "This card has expired. Use another.",
      refused: "The bank says that this card has expired. Check the date.",
    },
    code: {
      empty: "The security code is missing.",
      not_digits: "The code has digits only.",
      too_short: "Digits of the code are missing.",
      too_long: "The code has too many digits.",
      refused: "The bank does not know this code. Compare it with the card.",
    },
    name: {
      empty: "The name is missing, as it is on the card.",
      too_long: "The name is too long: there is room for 45 letters.",
      not_a_name: "This looks like a number. Type the name that is on the card.",
    },
    email: {
      empty: "The e-mail is missing.",
      not_an_address: "This e-mail is not complete. For example, name@example.com",
      too_long: "This e-mail is too long.",
    },
    street1: {
      empty: "Street and number are missing.",
      too_long: "The street is too long: there is room for 70 letters.",
    },
    postcode: { empty: "The postcode is missing.", too_long: "The postcode is too long." },
    city: { empty: "The town or city is missing.", too_long: "The city is too long: there is room for 35 letters." },
    country: { empty: "Choose a country." },
  },
  formProblems: {
    saved_not_here: "That saved card cannot be used here any more. Type the details of a card.",
    too_many_tries: "There were too many tries by card. Wait an hour before the next one.",
  },
};
