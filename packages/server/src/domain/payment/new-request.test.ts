import { describe, expect, it } from "vitest";
import { CLOCK } from "../by.ts";
import { isRefusal } from "../decision.ts";
import { FACTS_VERSION } from "../stored.ts";
import { SECOND } from "../time.ts";
import { apply } from "./apply.ts";
import { wantNewRequest } from "./begin.ts";
import { after } from "./decision.ts";
import { tasksOf } from "./due.ts";
import { bringUpFact } from "./earlier-facts.ts";
import { hear } from "./hear.ts";
import { at, mbwayWaiting, PHONE, paymentAfter, said, TEN } from "./testing/builders.ts";

const waiting = paymentAfter(mbwayWaiting(TEN));
const overAt = at(TEN + 240 * SECOND);

/** Waiting on SIBS after the four minutes, with a press on "new request" that is kept. */
function wished() {
  const decision = wantNewRequest(waiting, overAt);
  if (isRefusal(decision)) throw new Error(decision.refused);
  return after(waiting, decision);
}

describe("a press on “new request”", () => {
  it("is refused while the phone can still answer: nobody is asked twice by accident", () => {
    expect(wantNewRequest(waiting, at(TEN + 239 * SECOND))).toMatchObject({
      refused: "attempt_in_progress",
      secondsLeft: 1,
    });
  });

  it("is kept once, however often it is pressed", () => {
    expect(wantNewRequest(wished(), overAt)).toEqual([]);
    expect(tasksOf(wished(), overAt)).not.toContainEqual(expect.objectContaining({ do: "send_new_request" }));
  });

  it("is carried out as soon as SIBS is done with the old request, unpaid", () => {
    const now = at(TEN + 300 * SECOND);
    const ended = after(wished(), hear(wished(), "att_1", said("Declined", { code: "E0500" }), now));
    expect(tasksOf(ended, now)).toContainEqual({ do: "send_new_request", phone: "351#919999999", seen: 1 });
  });

  it("is carried out at 5:30 at the latest, when SIBS still does not know", () => {
    const early = at(TEN + 329 * SECOND);
    expect(hear(wished(), "att_1", said("Pending"), early)).toMatchObject([{ kind: "attempt_asked" }]);
    const now = at(TEN + 330 * SECOND);
    const facts = hear(wished(), "att_1", said("Pending"), now);
    expect(facts).toMatchObject([{ kind: "attempt_ended", by: CLOCK }]);
    const ended = after(wished(), facts);
    expect(ended.attempts[0]?.status).toBe("timed_out");
    expect(tasksOf(ended, now)).toContainEqual({ do: "send_new_request", phone: "351#919999999", seen: 1 });
  });

  it("is forgotten when the old request is approved after all", () => {
    const paid = after(wished(), hear(wished(), "att_1", said("Success"), overAt));
    expect(paid).toMatchObject({ status: "paid", again: null });
  });
});

it.each([2, FACTS_VERSION])(
  "is read as well where it was written by another word, with facts of version %i",
  (version) => {
    const before = { at: new Date(overAt.now), version };
    const wanted = bringUpFact(waiting, { ...before, kind: "again_wanted", data: { phone: PHONE } });
    expect(apply(waiting, wanted)).toMatchObject({ again: { phone: PHONE, at: overAt.now } });
    const dropped = bringUpFact(wished(), { ...before, kind: "again_dropped", data: {} });
    expect(apply(wished(), dropped)).toMatchObject({ again: null });
    const said = { attempt: "att_1", notification: "n1", success: true, paid: true, by: null, next: overAt.now };
    const notified = bringUpFact(waiting, { ...before, kind: "attempt_noticed", data: said });
    expect(apply(waiting, notified)).toMatchObject({ attempts: [{ paidNoticeAt: overAt.now }] });
  },
);
