import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { type Given, isRefusal } from "../../decision.ts";
import { MINUTE } from "../../time.ts";
import { continueAttempt, doubtAttempt, endRefused, endUnsent, startAttempt, submitAttempt } from "../begin.ts";
import { after, type Decision } from "../decision.ts";
import { cancel, expire, giveUpCharge } from "../end.ts";
import { tellExpiry } from "../expiring.ts";
import { hear, hearNothing, notifiedOfAttempt } from "../hear.ts";
import { eraseCustomer } from "../live-in.ts";
import { type Beside, hearChargeNotFound, hearNotFound } from "../not-found.ts";
import {
  doubtOperation,
  hearNothingOfOperation,
  hearOperation,
  notifiedOfOperation,
  refuseOperation,
  requestCancellation,
  requestCapture,
  requestRefund,
  sendOrPutOff,
} from "../operate.ts";
import { toBeAskedFirst } from "../overlap.ts";
import { owedAt, requestOwed } from "../owed.ts";
import { putOffCharge, stopCharges } from "../plan-charges.ts";
import type { Report } from "../report.ts";
import { requestReturn, resolveAttention, settleAttempt, settleOperation } from "../settle.ts";
import { liveAttempt, type Payment } from "../state.ts";
import { dropWish, endLeft, giveUpWish, keepWhileWithdrawn, keepWish, wishAgain } from "../wish.ts";
import { withdrawalDone, withdrawalRefused, withdrawReference } from "../withdraw.ts";
import { MANDATE, said, TERMS } from "./builders.ts";
import type { OuterDecision } from "./decisions.ts";
import { report } from "./reports.ts";

type Command = (payment: Payment, given: Given) => Decision;
/** One step of a random life. */
export interface Move {
  readonly name: OuterDecision;
  /** What SIBS says in it, where it says something. */
  readonly report: Report;
  readonly command: Command;
}

/** What a person says of whatever they settle. */
export const SAID = { note: "Seen in SIBS Backoffice.", by: { type: "shop", id: null, name: null } } as const;

/** A charge by the merchant: of a saved card, or, for a plan, by its mandate. */
const byMerchant = ({ plan }: Payment) =>
  plan === null
    ? ({ method: "token", phone: null, mandate: null, token: "tok_1", initiator: "merchant" } as const)
    : ({ method: "mandate", phone: null, mandate: MANDATE, initiator: "merchant" } as const);
/** A card that its owner wants kept. */
export const CARD = { brand: "VISA", firstSix: "411111", lastFour: "7391", expiry: "2031-08" } as const;
const beside = (place: number, { now }: Given): Beside | null =>
  place === 0 ? null : { control: "rfd_later", askedAt: now };

const pick = <T>(list: readonly T[], place: number): T | undefined => list[place % Math.max(1, list.length)];
const attempt = (payment: Payment, place: number) => pick(payment.attempts, place)?.id ?? "att_none";
/** SIBS speaks only of what it was told of. */
const known = (payment: Payment, place: number) =>
  pick(
    payment.attempts.filter((one) => one.transactionId !== null),
    place,
  )?.id ?? "att_none";
/** An attempt of whose money something is to be asked for anew. */
const owing = (payment: Payment, place: number) =>
  pick(
    payment.attempts.filter((one) => owedAt(payment, one) !== null),
    place,
  )?.id ?? "att_none";
const operation = (payment: Payment, place: number) => pick(payment.operations, place)?.id ?? "rfd_none";

/** What the dice say of a step: which attempt or operation, how, and for how much. */
interface Dice {
  readonly place: number;
  readonly method: "mbway" | "multibanco" | "card" | "mandate";
  readonly report: Report;
  readonly amount: number;
  readonly success: boolean;
}

/** Sends what is prepared. */
const submitPrepared: Command = (payment, given) => {
  const one = payment.attempts.find(({ status }) => status === "prepared");
  const prepared = one?.id ?? "att_none";
  // a charge of a saved card by the merchant has no checkout: SIBS names its transaction in its answer
  const transactionId = one?.token != null && one.initiator === "merchant" ? null : given.id("s2");
  return submitAttempt(
    payment,
    {
      attempt: prepared,
      transactionId,
      merchantTransactionId: prepared,
      checkoutExpiresAt: given.now + 10 * MINUTE,
    },
    given,
  );
};

function commandsBy({ place, method, report, amount, success }: Dice): Readonly<Record<OuterDecision, Command>> {
  const asked = (prefix: "cap" | "can" | "rfd", given: Given) => ({
    id: given.id(prefix),
    amount: success ? null : cents(amount),
  });
  return {
    startAttempt: (payment, given) => {
      // whoever begins one asks SIBS first of what it may begin beside, and then sends it soon
      const live = toBeAskedFirst(payment, method, given);
      const heard = live.flatMap(({ id }) => hear(payment, id, said("Pending"), given));
      const terms = {
        ...TERMS,
        id: given.id("att"),
        method,
        phone: method === "mbway" ? MANDATE.phone : null,
        card: method === "card" ? CARD : null,
        mandate: method === "mandate" ? MANDATE : null,
        ...(payment.initiator === "merchant" && byMerchant(payment)),
        ...(payment.wish !== null && success && { wished: true as const }),
      };
      const begun = startAttempt(after(payment, heard), terms, given);
      if (isRefusal(begun)) return begun;
      const facts = [...heard, ...begun];
      const isSent = success || place > 0;
      const sent = isSent && liveAttempt(payment) !== null ? submitPrepared(after(payment, facts), given) : [];
      return isRefusal(sent) ? facts : [...facts, ...sent];
    },
    submitAttempt: submitPrepared,
    endUnsent: (payment, given) => endUnsent(payment, attempt(payment, place), given),
    wishAgain: (payment, given) => wishAgain(payment, attempt(payment, place), given),
    endLeft: (payment, given) => endLeft(payment, attempt(payment, place), given),
    endRefused: (payment, given) => endRefused(payment, attempt(payment, place), success ? null : "E0504", given),
    hearChargeNotFound: (payment, given) =>
      hearChargeNotFound(payment, attempt(payment, place), beside(place, given), given),
    requestOwed: (payment, given) => requestOwed(payment, owing(payment, place), given),
    dropWish,
    giveUpWish: (payment, given) =>
      payment.wish === null ? [] : giveUpWish(payment, payment.wish, given, given.now + MINUTE),
    giveUpCharge,
    putOffCharge,
    stopCharges,
    withdrawalRefused: (payment, given) => withdrawalRefused(payment, attempt(payment, place), given),
    sendOrPutOff: (payment, given) => sendOrPutOff(payment, operation(payment, place), given),
    refuseOperation: (payment, given) =>
      refuseOperation(
        payment,
        operation(payment, place),
        { code: success ? "E0528" : null, unheard: place > 1 },
        given,
      ),
    hearNotFound: (payment, given) => hearNotFound(payment, operation(payment, place), beside(place, given), given),
    doubtAttempt: (payment, given) => doubtAttempt(payment, attempt(payment, place), given),
    hear: (payment, given) => hear(payment, known(payment, place), report, given),
    hearNothing: (payment, given) => hearNothing(payment, attempt(payment, place), given),
    notifiedOfAttempt: (payment, given) =>
      notifiedOfAttempt(payment, attempt(payment, place), { notification: "n", success, paid: success }, given),
    withdrawReference: (payment, given) => withdrawReference(payment, attempt(payment, place), given),
    withdrawalDone: (payment, given) => {
      const one = pick(payment.attempts, place);
      return one?.cancellation?.sentAt == null ? [] : withdrawalDone(payment, one.id, given);
    },
    // a way that is only to be opened then comes without a phone
    keepWhileWithdrawn: (payment, given) =>
      keepWhileWithdrawn(payment, { method, phone: method === "mbway" ? MANDATE.phone : null }, given),
    keepWish: (payment, given) =>
      keepWish(payment, { method, phone: method === "mbway" && place > 0 ? MANDATE.phone : null }, given),
    cancel,
    expire,
    tellExpiry: (payment, given) => tellExpiry(payment, attempt(payment, place), given),
    eraseCustomer,
    continueAttempt: (payment, given) => {
      const one = pick(payment.attempts, place);
      return continueAttempt(
        payment,
        one?.id ?? "att_none",
        { action: one?.action?.id ?? "", executed: success },
        given,
      );
    },
    requestRefund: (payment, given) => requestRefund(payment, { ...asked("rfd", given), limit: null }, given),
    requestCapture: (payment, given) => requestCapture(payment, { ...asked("cap", given), limit: null }, given),
    requestCancellation: (payment, given) => requestCancellation(payment, asked("can", given), given),
    doubtOperation: (payment, given) => doubtOperation(payment, operation(payment, place), given),
    // SIBS often fails to do what it is asked for
    hearOperation: (payment, given) =>
      hearOperation(
        payment,
        operation(payment, place),
        success ? report : { ...report, paymentStatus: "Error" },
        given,
      ),
    hearNothingOfOperation: (payment, given) =>
      hearNothingOfOperation(payment, operation(payment, place), "no answer", given),
    notifiedOfOperation: (payment, given) =>
      notifiedOfOperation(
        payment,
        operation(payment, place),
        { notification: "n", transactionId: success ? "s2_n" : null },
        given,
      ),
    settleOperation: (payment, given) =>
      settleOperation(
        payment,
        {
          ...SAID,
          operation: operation(payment, place),
          outcome: success ? "done" : "not_done",
          transactionId: null,
        },
        place === 0 ? null : { ...report, source: "inquiry" },
        given,
      ),
    settleAttempt: (payment, given) =>
      settleAttempt(
        payment,
        {
          ...SAID,
          attempt: attempt(payment, place),
          outcome: success ? "approved" : "not_paid",
          amount: report.amount === "unreadable" ? null : report.amount,
          transactionId: pick(payment.attempts, place)?.transactionId ?? "s2_said",
        },
        place === 0 ? null : { ...report, source: "inquiry" },
        given,
      ),
    resolveAttention: (payment, given) =>
      resolveAttention(payment, SAID, place === 0 ? null : { ...report, source: "inquiry" }, given),
    requestReturn: (payment, given) =>
      requestReturn(
        payment,
        { attempt: attempt(payment, place), amount: success ? null : cents(amount), limit: null },
        given,
      ),
  };
}

/** Every decision that somebody outside of `domain/` makes. */
export const commandNames = Object.keys(
  commandsBy({ place: 0, method: "card", report: said("Success"), amount: 1, success: true }),
) as readonly OuterDecision[];

/** How often a decision is made beside the others: lives that are canceled or expire at once say little of money. */
const WEIGHTS: Partial<Record<OuterDecision, number>> = {
  startAttempt: 16,
  submitAttempt: 24,
  hear: 24,
  hearOperation: 10,
  doubtOperation: 12,
  continueAttempt: 8,
  requestRefund: 10,
  requestCapture: 10,
  requestCancellation: 4,
  requestReturn: 6,
  hearNotFound: 8,
  dropWish: 4,
  giveUpWish: 2,
  withdrawReference: 10,
  withdrawalDone: 5,
  withdrawalRefused: 5,
  sendOrPutOff: 6,
  settleOperation: 6,
  settleAttempt: 4,
  resolveAttention: 6,
  keepWhileWithdrawn: 2,
  keepWish: 8,
  notifiedOfAttempt: 3,
  refuseOperation: 4,
  requestOwed: 16,
  cancel: 1,
  expire: 1,
  tellExpiry: 6,
  eraseCustomer: 1,
  stopCharges: 1,
  giveUpCharge: 1,
  endRefused: 1,
  endUnsent: 1,
  endLeft: 2,
  wishAgain: 1,
};
const often = commandNames.flatMap((name) => Array<OuterDecision>(WEIGHTS[name] ?? 2).fill(name));

/** Any decision that there is, of whatever there is in the payment. */
export const command: fc.Arbitrary<Move> = fc
  .record(
    {
      name: fc.constantFrom(...often),
      place: fc.nat(3),
      method: fc.constantFrom("mbway" as const, "multibanco" as const, "card" as const, "mandate" as const),
      report,
      amount: fc.integer({ min: 1, max: 700 }),
      success: fc.boolean(),
    },
    { noNullPrototype: true },
  )
  .map(({ name, ...dice }) => ({
    name,
    report: dice.report,
    command: (payment, given) => commandsBy(dice)[name](payment, given),
  }));
