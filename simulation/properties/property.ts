/** What must hold, each by a name and in words. */
export const PROPERTIES = {
  books: "SIBS's books and ours agree to the cent",
  once: "nobody pays twice, unless the second is given back by itself",
  bounds: "nothing is refunded, captured or given up beyond what was taken",
  payable: "nothing of what is over can be paid",
  notices: "what SIBS notifies of a payment is asked about at once",
  waits: "what could not be sent waits until it is sent again",
  claims: "nothing ends unpaid that SIBS has, or has notified as paid",
  doubt: "nothing stays open, or in doubt, beyond its bound",
  reports: "lists, files and sums of days show what is so",
  events: "every fact has its event, and each was delivered, in order",
  acknowledged: "what was acknowledged is there",
  consent: "nothing is charged by what was ended, and what was forgotten does not come back",
  periods: "each period of a plan is charged once at most, as announced, and none is forgotten",
  finals: "a final status changes only by the rules",
  journal: "each journal replays to its state",
  inviting: "nobody is asked to pay while money may be on its way",
  wishes: "what a customer wants next is begun as soon as it can be",
  answers: "whoever asks is answered by the rules, and once by one key",
  memory: "the memory knows every statement, and whose it is",
  end: "the run comes to its end",
} as const;

/** The name of a property. */
export type Property = keyof typeof PROPERTIES;

/** Told what must not be, and of which payment. */
export type Wrong = (subject: string, what: string) => void;

/** The same, for each property. */
export type WrongBy = (property: Property) => Wrong;
