import type { Unheard } from "./outcome.ts";
import type { SibsCalls } from "./port.ts";

/** What a log says of a call that was not made. */
const NOT_MADE: Unheard = {
  kind: "unheard",
  code: null,
  isTurnedAway: true,
  retryAfterMs: null,
  fault: { error: "the terminal is not among those of this server", httpStatus: null },
};

const unheard = async (): Promise<Unheard> => NOT_MADE;

/**
 * What is of a terminal that this server does not serve: no call is made, at another's least of all. What waits for
 * SIBS waits on, and by the rules of silence a person is asked.
 */
export const UNSERVED: SibsCalls = {
  checkout: unheard,
  chargePhone: unheard,
  makeReference: unheard,
  chargeCard: unheard,
  chargeToken: unheard,
  chargeMandate: unheard,
  continueCard: unheard,
  continueToken: unheard,
  chargeSavedCard: unheard,
  operate: unheard,
  withdraw: unheard,
  status: unheard,
  statusByOwnId: unheard,
  requestMandate: unheard,
  endMandate: unheard,
  inquireMandate: unheard,
  listMandates: unheard,
};
