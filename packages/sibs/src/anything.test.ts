import { describe, expect, it } from "vitest";
import { NotificationError, openNotification, Sibs, SibsError, sealNotification } from "./index.ts";
import { exampleCardChallengeResponse } from "./protocol/card.ts";
import { exampleGenerateReferenceResponse } from "./protocol/multibanco.ts";
import { exampleMandateNotification, exampleReferencePaidNotification } from "./protocol/notification.ts";
import { exampleCardStatusResponse } from "./protocol/status.ts";
import { all, calls, credentials, fitting } from "./testing/clients.ts";

const secret = "6fNDiYU0T0/evFpmfycNai/AqF24i+rT0OmuVw0/sGQ=";

/** What JSON can hold where something else is expected; the last of them trips whoever makes a text of it. */
const awkward: readonly unknown[] = [null, true, -1, 1e21, "", "?", [], [null], [[]], {}, { toString: 1, valueOf: 1 }];

/** Every message that differs from this one in one place, however deep: there it holds something else. */
function* changedOnce(message: unknown, by: unknown): Generator<unknown> {
  yield by;
  if (Array.isArray(message)) {
    for (const [at, item] of message.entries())
      for (const other of changedOnce(item, by)) yield message.with(at, other);
  } else if (typeof message === "object" && message !== null) {
    for (const [name, member] of Object.entries(message)) {
      for (const other of changedOnce(member, by)) yield { ...message, [name]: other };
    }
  }
}

/** The error that a call ended in. */
function errorOf(ending: Promise<unknown>): Promise<unknown> {
  return ending.then(
    () => null,
    (error: unknown) => error,
  );
}

describe("whatever SIBS sends", () => {
  const answer = {
    ...exampleGenerateReferenceResponse,
    ...exampleCardChallengeResponse,
    ...exampleCardStatusResponse,
    ...fitting,
  };

  it.each(all)("in answer to %s is a value or a SibsError", async (name) => {
    for (const body of awkward.flatMap((value) => [...changedOnce(answer, value)])) {
      for (const status of [200, 400]) {
        const fetch = async () => Response.json(body, { status });
        const sibs = new Sibs({ ...credentials, baseUrl: "http://127.0.0.1:9/api/v2", fetch, retries: 0 });
        const error = await errorOf(calls[name](sibs));
        if (error !== null) expect(error, JSON.stringify(body)).toBeInstanceOf(SibsError);
      }
    }
  });

  it("as a notification opens, or is refused with a NotificationError", async () => {
    const notification = { ...exampleReferencePaidNotification, ...exampleMandateNotification };
    for (const plaintext of awkward.flatMap((value) => [...changedOnce(notification, value)])) {
      const sealed = await sealNotification(plaintext, secret);
      const error = await errorOf(openNotification({ ...sealed, secrets: secret }));
      if (error !== null) expect(error, JSON.stringify(plaintext)).toBeInstanceOf(NotificationError);
    }
  });
});
