import { ATTENTION, euros } from "../journal/payment.en.ts";
import { tellWith } from "./tell.ts";

/** What is told of tasks in English. */
export const en = tellWith({
  attention: (reason) => ATTENTION[reason],
  attentionNext: {
    amount_differs: "Nothing more is taken, and nothing goes back by itself.",
    taken_back: "SIBS is asked on; nothing goes back by itself.",
    in_doubt: "SIBS is asked each hour, and it ends as soon as SIBS says.",
    proved_after_all: "Nothing: the sums are what SIBS says.",
    not_taken: "Nothing is tried any more by itself.",
  },
  attemptInDoubt: {
    text: "SIBS's answer to a try to pay was lost, and SIBS has not said since what became of it. Look in SIBS Backoffice if it lasts.",
    next: "SIBS is asked until it says; the customer cannot pay in another way meanwhile.",
  },
  operationInDoubt: {
    text: "SIBS's answer was lost, and SIBS has not said since whether it was done. Look in SIBS Backoffice if it lasts.",
    next: "SIBS is asked until it says; it is not sent again.",
  },
  refundFailed: {
    text: "A refund was not done. Give the money back again, or by another way.",
    next: "Nothing is tried any more by itself.",
  },
  captureRefused: {
    text: "A capture was not done, and the money is still held. Capture it again, or give the hold up.",
    next: "The hold ends when the customer's bank ends it.",
  },
  moneyGivenBack: {
    late: "Money came when the payment was over, and went back to the customer.",
    duplicate: "The customer paid twice, and the second payment went back.",
  },
  chargeStopped: {
    text: "A plan's charge was refused and is not tried any more. Ask the customer to pay in another way.",
    next: "The customer can still pay on the payment's page until it expires.",
  },
  planStopped: {
    text: "A plan ended because its authorised payment did. Ask the customer for another one if it should go on.",
    next: "Nothing is charged any more.",
  },
  mandateInDoubt: {
    text: "SIBS's answer to a request for an authorised payment was lost. End it and ask anew if it lasts.",
    next: "SIBS is asked until it says.",
  },
  eventsUndelivered: (count, anyGivenUp, anyTried) => ({
    text: `Your endpoint has not taken events (${count})${anyGivenUp ? "; some were given up: after three days, or because it answered 410" : ""}. See that it answers with 2xx.`,
    next: anyTried
      ? "What is not given up is tried again, for three days in all."
      : "They are not tried again by themselves.",
  }),
  endpointGone: (count) => ({
    text: `Your endpoint answered 410: it has ended, and has not taken events (${count}). Register its address again if it is there still, else remove it.`,
    next: "Nothing is sent there any more. Once it is registered again, they can be sent again.",
  }),
  notificationsUnmatched: (count) => ({
    text: `SIBS notified transactions that this server does not know (${count}). Another system may use the same terminal, or the database was restored to an earlier moment: \`caravela verify\` lists them.`,
    next: "They are kept, and matched once their transaction is known.",
  }),
  notificationsRefused: (count) => ({
    text: `Notifications could not be opened (${count}). If they came from SIBS, compare the webhook secret, and the terminal that it is of, with SIBS Backoffice.`,
    next: "SIBS sends them again for a while; payments are asked about all the same.",
  }),
  approvalWaiting: (amount, name) => ({
    text: `${name} asked for a refund of ${euros(amount)}: another person must approve it, or refuse it.`,
    next: "Nothing goes back before somebody has approved it; after seven days it waits no longer.",
  }),
  nothing: "Nothing more happens.",
  resend: (body) => `Send them again, with \`${body}\`.`,
  calls: {
    settleAttempt: "Say what became of the try to pay.",
    settleOperation: "Say whether it was done.",
    approve: "Approve it: the money goes back now.",
    refuse: "Refuse it, and say why.",
    withdraw: "Withdraw it: it was you who asked.",
    resolve: "Say that you have looked.",
    giveBack: "Give the money of this try back.",
    refund: "Refund again.",
    capture: "Capture again.",
    giveUp: "Give up what is held.",
    journal: "Read what happened.",
    registerEndpoint: "Register its address again.",
    removeEndpoint: "Send no more events there.",
    cancel: "Cancel the payment.",
    endMandate: "End it.",
    newMandate: "Ask for another authorised payment.",
    done: "Say that it is done with.",
  },
});
