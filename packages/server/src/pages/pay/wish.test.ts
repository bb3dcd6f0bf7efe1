import { expect, it } from "vitest";
import type { BeginsAttempts } from "../../attempts/begin.ts";
import { isRefusal } from "../../domain/decision.ts";
import { BY_CUSTOMER } from "../../domain/payment/begin.ts";
import { after, type Decision } from "../../domain/payment/decision.ts";
import { hear } from "../../domain/payment/hear.ts";
import type { Payment } from "../../domain/payment/state.ts";
import { at, mbwayWaiting, PHONE, paymentAfter, said, TEN } from "../../domain/payment/testing/builders.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { SECOND } from "../../domain/time.ts";
import { beginOrKeep } from "./wish.ts";

const soon = at(TEN + 30 * SECOND);
const waiting = paymentAfter(mbwayWaiting(TEN));
const RESTS: Refusal = { refused: "phone_asked_too_often", secondsLeft: 60 };

/** What a press meets: the payment as each decision about it finds it; a phone that is to be asked rests. */
function portsOf(states: readonly Payment[]): BeginsAttempts {
  let decisions = 0;
  const now = () => states[Math.min(decisions, states.length - 1)] ?? waiting;
  const decide = async (_id: string, decision: (state: Payment, given: typeof soon) => Decision) => {
    const state = now();
    decisions += 1;
    const decided = decision(state, soon);
    return isRefusal(decided) ? decided : { payment: after(state, decided) };
  };
  return {
    payments: { lately: async () => now(), decide },
    terminals: { of: () => ({ limits: {} }) },
    phoneRequests: { count: async () => RESTS },
    chance: { id: () => "att_2" },
    clock: { now: () => new Date(soon.now) },
  } as unknown as BeginsAttempts;
}

const press = (states: readonly Payment[]) =>
  beginOrKeep(portsOf(states), waiting, {
    command: { ...BY_CUSTOMER, method: "mbway", phone: PHONE, seen: 1 },
    inHand: {},
  });

it("a press is kept while a request is on a phone", async () => {
  expect(await press([waiting])).toBeNull();
});

it("a press is begun after all when the request ended before the press could be kept", async () => {
  const ended = after(waiting, hear(waiting, "att_1", said("Declined"), soon));
  expect(await press([waiting, ended])).toEqual(RESTS);
});
