import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { SibsError } from "./index.ts";
import {
  exampleCardChallengeResponse,
  exampleCardPurchaseRequest,
  exampleCardPurchaseResponse,
} from "./protocol/card.ts";
import { checkout, scriptedClients, testCard } from "./testing/clients.ts";
import { html, json, reset, text } from "./testing/scripted-server.ts";

const clientOf = scriptedClients();
const card = testCard();
const device = exampleCardPurchaseRequest.info?.deviceInfo;

/** What is to appear in nothing that is answered or thrown. */
const number = "4111111111111111";
const code = "123";

describe("what a card's purchase answers or throws", () => {
  const echo = `PAN ${number}, secureCode ${code}, card 4111 1111 1111 1111`;
  const echoing = {
    ...exampleCardPurchaseResponse,
    request: exampleCardPurchaseRequest,
    returnStatus: { statusCode: "E0101", statusMsg: "Error", statusDescription: echo },
  };
  const refusing = { ...echoing, paymentStatus: undefined };

  /** Everything that a program could log of it. */
  async function everything(promise: Promise<unknown>): Promise<string> {
    const ended = await promise.catch((error: unknown) => error);
    const own = ended instanceof SibsError ? { ...ended, message: ended.message, stack: ended.stack } : ended;
    return inspect(ended, { depth: null, showHidden: true }) + JSON.stringify(own);
  }

  it.each([
    ["a value", json(200, echoing)],
    ["a decline with HTTP 400", json(400, { ...echoing, paymentStatus: "Declined" })],
    ["a refusal", json(400, refusing)],
    ["an action", json(200, { ...exampleCardChallengeResponse, returnStatus: echoing.returnStatus })],
    ["a doubt", json(500, echoing)],
    ["a conflict", json(409, echoing)],
    ["a refusal of the credentials", json(401, refusing)],
    ["a doubt after HTML", text(200, `<html>${echo}</html>`)],
    ["a doubt after half a JSON", text(200, JSON.stringify(echoing).slice(0, -1))],
    ["a doubt after a reset", reset],
    ["a doubt after HTTP 502", html(502)],
  ])("tells neither number nor code, though SIBS repeats them: %s", async (_, step) => {
    const { sibs } = await clientOf(step);
    const told = await everything(sibs.cardPurchase(checkout, { card, device }));
    expect(told.length > 100).toBe(true);
    const found = [number, "4111 1111", btoa(number)].some((secret) => told.includes(secret));
    expect(found || /(secureCode\W+|Code )123\b/.test(told)).toBe(false);
  });

  it("tells no code of a saved card either", async () => {
    const { sibs } = await clientOf(json(400, refusing));
    const told = await everything(sibs.tokenPurchase(checkout, { token: "8f3c1d0a5b7e", secureCode: code }));
    expect(/(secureCode\W+|Code )123\b/.test(told)).toBe(false);
    const wrong = await everything(sibs.tokenPurchase(checkout, { token: "8f3c1d0a5b7e", secureCode: "98765" }));
    expect(wrong.includes("98765")).toBe(false);
  });
});
