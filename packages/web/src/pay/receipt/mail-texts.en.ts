import type { mailForm as pt } from "./mail-texts.pt.ts";

/** The form by which something is sent by e-mail, in English. */
export const mailForm: typeof pt = {
  open: {
    receipt: "Get the proof of payment by e-mail",
    reference: "Get the reference by e-mail",
  },
  address: "E-mail address",
  hint: "It is used this once and not kept.",
  send: "Send by e-mail",
  outcomes: {
    sent: "Sent. It usually arrives within a minute; if you do not see it, look among your spam.",
    sent_before: "We have sent it to that address already. Look among your spam as well.",
    no_address: "This e-mail address is not complete. For example, name@example.com",
    too_often: "It has been sent from here as often as it can be. Print it or share it.",
    not_taken: "We could not send it just now. Try again in a minute.",
  },
};
