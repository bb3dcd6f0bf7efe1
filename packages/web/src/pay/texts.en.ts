import { everyPage } from "../parts/texts.en.ts";
import { card } from "./card/texts.en.ts";
import type { Texts } from "./texts.pt.ts";

/** The payment page in English. Amounts, hours and phones come in printed already. */
export const en: Texts = {
  ...everyPage,

  offline: "No connection. We keep trying; your payment is not lost.",
  notSent: "We could not send that. Press again: there is no risk of paying twice.",
  or: "or",

  methods: { mbway: "MB WAY", multibanco: "Multibanco", card: "Card", mandate: "MB WAY authorised payment" },

  choose: { title: "How would you like to pay?" },

  ways: {
    mbway: "Approve it in the app",
    multibanco: "To pay when it suits you",
    card: "Visa, Mastercard",
  },

  reach: {
    none: "This amount cannot be paid here",
    least: (way, least) => `${way}: from ${least} only.`,
    most: (way, most) => `${way}: up to ${most} only.`,
    both: (way, least, most) => `${way}: from ${least} to ${most} only.`,
  },

  youCan: (steps) => `You can ${steps}.`,
  steps: {
    again: "send another request",
    other_number: "try another number",
    other_card_in_app: "choose another card in your MB WAY app and ask again",
    see_mandate: "check in your MB WAY app whether it is active and its limit is high enough",
    check_expiry: "check the expiry date",
    check_code: "check the code on the card and try again",
    same_card: "try again",
    other_card: "use another card",
    later: "try again in a little while",
    try_again: "try again",
    another_way: "pay another way",
    any_way: "choose another way to pay",
  },

  nothingToChoose: {
    title: "There is nothing for you to do",
    why: (merchant) =>
      `${merchant} charges this amount by your MB WAY authorised payment. There is nothing to choose here; this page updates by itself when it is paid.`,
    noWay: (merchant) => `There is no other way to pay on this page. Please talk to ${merchant}.`,
  },

  mandate: {
    phone: (ending) => `phone ending in ${ending}`,
    pay: (amount) => `Pay ${amount} with one press`,
    why: "You have authorised it: there is nothing to type. Only above your limit does the MB WAY app ask you to approve it.",
    payAboveLimit: (amount) => `Pay ${amount} and approve it in the app`,
    gone: "That authorised payment cannot be used on this page any more.",
    aboveLimit: "This amount is above the limit that you chose: your MB WAY app will ask you to approve it.",
  },

  phone: {
    label: "Mobile number",
    hint: "The one you have in MB WAY. For example, 919\u00a0999\u00a0999",
    pay: (amount) => `Pay ${amount} with MB WAY`,
    another: "Use another number",
    rests: (minutes) =>
      `This phone has had too many requests in a few minutes, so we did not send another. Wait ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
    problems: {
      empty: "The number is missing. Type the nine digits of your mobile.",
      not_digits: "There are letters or symbols in it. Type only the digits of the number.",
      foreign: "This is not a number from Portugal. Type a Portuguese mobile (+351).",
      not_mobile: "This is not a mobile number. In Portugal they begin with 91, 92, 93 or 96.",
      too_short: "Some digits are missing. A mobile number has nine.",
      too_long: "There are too many digits. A mobile number has nine.",
      unknown: "This number has no MB WAY. Check it, or type another.",
    },
  },

  card,

  moment: {
    title: "One moment",
    why: "We are talking to your card’s bank. Do not close this page.",
    goOn: "Continue",
  },

  challenge: {
    title: "Your bank wants to confirm your identity",
    why: "It protects your card. Confirm with your bank, and you come back here automatically.",
    here: "Confirm here",
    atTheBank: "Continue at your bank",
    anotherWay: "Pay another way",
    anotherCard: "Use another card",
    back: "Back to the payment",
    dialog: "Confirm with your bank",
    frame: "Your bank’s page",
    left: "Time left to confirm:",
    notShown: "Is the bank’s page not showing?",
  },

  waiting: {
    title: "Open your MB WAY app",
    sent: (ending) => `The request is on the phone ending in ${ending}. Approve it with your PIN.`,
    sentTo: (phone) => `The request is on the phone ${phone}. Approve it with your PIN.`,
    asks: (merchant) => `${merchant} asks you for`,
    aboveLimit: "This amount is above the limit of the payment that you authorised: that is why the app asks you.",
    oneWay: "While the request is on the phone no other one is made: that keeps you from paying twice.",
    anotherWay: "If you decline it in the app, you can choose another way at once.",
  },

  confirming: {
    title: "Confirming your payment",
    dontPayAgain: "Do not pay again.",
    why: "The four minutes are over and SIBS has not told us yet how it ended. If you approved, all is well: we ask every five seconds and this page changes by itself.",
    again: "Send a new request",
    againWhy: "We keep this request and send it only when it is certain that the first was not paid.",
  },

  otherWay: {
    title: "Wrong number? Nothing received?",
    checks: [
      "Open the MB WAY app and look at what waits to be authorised: the request may be there without a message.",
      "Check that the number is the one you use with MB WAY.",
      "See whether the phone is connected to the Internet.",
    ],
    openApp: "Open the MB WAY app",
    why: "The request on the phone cannot be called back. What you choose begins at once where that is possible; otherwise we keep it until it is certain that the request was not paid.",
    number: "Use another number",
    ask: "Ask this number",
    by: {
      mbway: "Pay by MB WAY",
      multibanco: "Pay by Multibanco reference",
      card: "Pay by card",
      mandate: "Use the authorised MB WAY payment",
    },
    kept: {
      phone: (ending) => `Kept: next, the request goes to the phone ending in ${ending}.`,
      by: {
        mbway: "Kept: next, a new MB WAY request.",
        multibanco: "Kept: next, a Multibanco reference.",
        card: "Kept: next, you can pay by card.",
        mandate: "Kept: next, you can use the authorised payment.",
      },
    },
    when: "It begins as soon as it is certain that the request now on the phone was not paid; if you refuse that in the app, at once.",
    withdraw: "Cancel this choice",
    beside: (ending) =>
      `The request is still on the phone ending in ${ending} and cannot be called back. If you approve it as well, we give back what was paid twice.`,
    backToIt: "Back to the request on the phone",
  },

  takesLong: {
    why: (merchant) =>
      `This is taking longer than usual. We go on asking SIBS, and you may close this page. If in doubt, talk to ${merchant} and tell them this number:`,
    number: "Payment number:",
    contact: (merchant) => `How to reach ${merchant}:`,
  },

  unconfirmed: {
    title: "Confirming your payment",
    dontPayAgain: "Do not pay again.",
    why: "The request is on its way and we are waiting for SIBS to confirm that it arrived. It usually takes seconds; this page changes by itself.",
    whyCard:
      "Your card’s bank has not told us yet how it ended. We ask every few seconds and this page changes by itself.",
  },

  reference: {
    choose: "Pay by Multibanco",
    chooseWhy: "At a cash machine, in your bank’s app or in home banking, whenever it suits you.",
    title: "Your Multibanco reference",
    entity: "Entity",
    reference: "Reference",
    amount: "Amount",
    until: "Pay by",
    lisbon: "Lisbon time",
    copy: "Copy",
    copied: "Copied",
    copiedWhat: (what) => `${what}: copied.`,
    over: {
      title: "The time for this reference has ended",
      paid: "If you have paid, wait: banks tell us of payments a little later, and this page changes by itself.",
      ended: (when) => `It ended on ${when}, Lisbon time.`,
      unpaid: "If you have not paid, do not: this reference is not valid any more.",
    },
    how: "Choose “Pagamento de serviços” (payment of services) at the cash machine, in your bank’s app or in home banking.",
    weWillKnow: "We are told automatically when you pay: there is no receipt to send, and you may close this page.",
    instead: "Would you rather pay now with MB WAY?",
    insteadWhy: "This reference is cancelled first, so that you cannot pay twice.",
  },

  declined: {
    refused: {
      title: "The request was declined in the app",
      why: "Nothing was charged.",
    },
    unknown_phone: {
      title: "This number does not have MB WAY",
      why: "Nothing was charged.",
    },
    no_funds: {
      title: "Insufficient funds",
      why: "The bank did not authorise the payment and nothing was charged.",
    },
    mandate_refused: {
      title: "The authorised payment could not be used",
      why: "Nothing was charged.",
    },
    card_no_funds: {
      title: "Insufficient funds on the card",
      why: "The bank did not authorise the payment and nothing was charged.",
    },
    card_refused: {
      title: "The bank refused this card",
      why: "Nothing was charged. The bank does not tell us why; ask them if you want to know.",
    },
    card_expired: {
      title: "The card has expired",
      why: "Nothing was charged.",
    },
    card_wrong_code: {
      title: "The security code is incorrect",
      why: "Nothing was charged.",
    },
    card_issuer_unavailable: {
      title: "The card’s bank did not answer",
      why: "Nothing was charged.",
    },
    card_not_authenticated: {
      title: "The bank could not confirm your identity",
      why: "Nothing was charged.",
    },
    card_not_answered: {
      title: "The time to confirm your identity is over",
      why: "Nothing was charged.",
    },
    other: {
      title: "The payment was not authorised",
      why: "Nothing was charged.",
    },
  },

  notAnswered: {
    title: "The request was not approved in time",
    why: "It happens.",
    safe: "Should the first one be charged after all, we give back what was paid twice.",
  },

  failed: {
    title: "Something went wrong on our side",
    why: "The request was never made and nothing was charged.",
  },

  again: "Send a new request",
  againTo: (ending) => `The request goes to the phone ending in ${ending}.`,

  paid: {
    title: "Paid. Thank you!",
    to: (amount, merchant) => `${merchant} received ${amount}.`,
  },

  authorized: {
    title: "Reserved. Thank you!",
    to: (amount, merchant) =>
      `We have reserved ${amount} on your card. ${merchant} charges it when it handles your order.`,
  },

  refunded: {
    fully: "Refunded",
    partly: "Partly refunded",
    fullyWhy: (refunded) => `We have given ${refunded} back to you, to the account you paid from.`,
    partlyWhy: (refunded, amount) => `We have given ${refunded} of the ${amount} paid back to you.`,
  },

  canceled: {
    title: "Payment cancelled",
    why: (merchant) => `There is nothing to pay any more: ${merchant} cancelled this payment.`,
  },

  expired: {
    title: "The time to pay is over",
    uncharged: "Nothing was charged.",
    why: (merchant) => `If you still want to buy, ask ${merchant} for a new payment.`,
  },

  underReview: {
    title: "We are looking into this payment",
    dontPayAgain: "Do not pay again.",
    why: (merchant) =>
      `We received something we did not expect and a person is taking care of it. ${merchant} will contact you if need be.`,
  },

  givenBack: {
    pending: (amount) => `We received ${amount} that was not owed and are giving it back.`,
    done: (amount) => `We received ${amount} that was not owed and have given it back.`,
    failed: (amount, merchant) =>
      `We received ${amount} that was not owed and could not give it back. To receive it, please get in touch with ${merchant}.`,
  },

  cardElsewhere: {
    pay: "Continue to pay by card",
    why: "The card is typed on the payment page, which opens in place of this one.",
  },
};
