import type { Texts } from "./texts.pt.ts";

/** The pages of signing in, in English. */
export const en: Texts = {
  dashboard: "Payments dashboard",
  through: "Payments handled by Caravela, through SIBS.",

  signIn: {
    title: "Sign in",
    why: "You sign in with a passkey: the fingerprint, face or PIN of your device. There are no passwords.",
    press: "Sign in with a passkey",
    signOn: "Sign in with your company account",
    lost: "Lost your passkey, or here for the first time? Ask an owner of this dashboard for a new link.",
    signedOut: "You are signed out.",
  },

  invitation: {
    title: (name) => `Welcome, ${name}`,
    why: (merchant) => `You are invited to the dashboard of ${merchant}, as:`,
    left: (minutes) =>
      minutes <= 1 ? "This link is good for one more minute." : `This link is good for ${minutes} more minutes.`,
    how: "Make your passkey now. It stays in this device, or in the phone or security key that you choose, and you sign in with it from now on.",
    press: "Make the passkey and sign in",
  },

  gone: {
    title: "This link is not good any more",
    why: "It is good once, and for fifteen minutes. Ask an owner of the dashboard for a new one; if you have made your passkey already, just sign in.",
    signIn: "Sign in",
  },

  touch: {
    title: "Confirm that it is you",
    why: "What you are about to do moves money, or lets people in. Confirm with your passkey; it holds for five minutes.",
    press: "Confirm with a passkey",
    signOn: "Sign in with your company account again",
    back: "Go back without confirming",
  },

  passkeys: {
    title: "Your passkeys",
    why: "Have two at least, in different devices: if you lose one, you sign in with the other.",
    created: (day) => `Made on ${day}`,
    used: (day) => `used on ${day}`,
    unused: "not used yet",
    remove: "Remove",
    removeOne: (name) => `Remove ${name}`,
    add: "Make another",
    name: "Name",
    nameHint: "So that you know it again. For example, Laptop at the shop",
    confirm: "Confirm that it is me, to make another",
    press: "Make the passkey",
    back: "Back to the dashboard",
  },

  signedOn: {
    title: "You are signed in",
    why: "The dashboard opens in a moment.",
    goOn: "Open the dashboard",
  },

  roles: {
    viewer: { name: "Viewer", may: "Sees payments and what happened to them, without personal data in full." },
    support: { name: "Support", may: "Sees all of a payment, and helps whoever pays." },
    refunder: { name: "Refunder", may: "Helps whoever pays, gives money back and captures it." },
    accountant: { name: "Accountant", may: "Reads and exports the books, and touches no payment." },
    owner: { name: "Owner", may: "Does everything, people, keys and settings included." },
  },

  problems: {
    no_answer: "The answer of your device did not arrive. Press again.",
    refused: "That passkey was not accepted. Try again, or ask an owner for a new link.",
    too_late: "It took too long, or that answer was used already. Press again.",
    too_many: "Too many tries from here. Wait a few minutes.",
    too_many_passkeys: "You have twenty passkeys: remove one that you do not use.",
    known: "That passkey exists already.",
    last: "It is your only passkey: make another before you remove it.",
    not_signed_on: "Your company account did not confirm who you are. Try again.",
    no_role: "Your company account has no role in this dashboard. Ask whoever looks after the accounts.",
  },

  found: {
    dismissed: "Nothing was confirmed: the window was closed, or time ran out. Press again.",
    known: "This device has a passkey of yours already. Sign in with it, or make this one in another device.",
    unsupported: "This browser has no passkeys. Use a recent Chrome, Edge, Firefox or Safari.",
    too_many: "Too many tries from here. Wait a few minutes.",
    gone: "This page is not good any more. Open it again.",
    away: "The server did not answer. Press again.",
  },

  impossible: {
    script:
      "Passkeys need JavaScript, which is off in this browser. Switch it on for this site, and open the page again.",
    elsewhere: "Passkeys work only at the server's own name, and this page was opened by another address.",
    open: "Open the page at the right one",
    address:
      "Browsers make passkeys for a name alone, as pay.shop.example, and not for an address of digits. Whoever runs the server sets CARAVELA_PUBLIC_URL to its name.",
    insecure:
      "Browsers make passkeys only where the connection is encrypted. Whoever runs the server serves it by https, and sets CARAVELA_PUBLIC_URL to that address.",
  },
};
