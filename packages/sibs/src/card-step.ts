import {
  asObject,
  type Heard,
  readText,
  readThreeDSecure,
  readToken,
  type ThreeDSecureDetails,
  type TokenDetails,
} from "./answers.ts";
import type { CallOptions } from "./inputs.ts";
import type { CardPurchaseResponse } from "./protocol/card.ts";
import type { ActionResponse, ActionType, KeyValue } from "./protocol/three-d-secure.ts";
import { type Operation, readDecision } from "./results.ts";

/** What the browser has to do before the payment can go on: post the fields to the address. */
export interface CardAction {
  readonly id: string;
  /**
   * `THREEDS_METHOD`: in a hidden frame, for some seconds. `THREEDS_CHALLENGE`: in a frame or a full page, where its
   * owner authenticates.
   */
  readonly type: ActionType;
  /** Always `http:` or `https:`. */
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * One step of paying by card. `done`: nothing more for the browser, `operation.paymentStatus` tells what SIBS decided,
 * also when it is a decline. `action`: the browser must act first; then `continue()`, or from another process
 * `continueCard` with the action's id and type.
 */
export type CardStep =
  | ({ readonly kind: "done" } & CardOutcome)
  | (CardOutcome & {
      readonly kind: "action";
      readonly action: CardAction;
      /** Takes the next step. `executed: false`: the browser could not do it. */
      continue(executed?: boolean, options?: CallOptions): Promise<CardStep>;
    });

/** What an answer tells besides. */
export interface CardOutcome {
  readonly operation: Operation<CardPurchaseResponse>;
  /** The card's token, where one was asked for and SIBS tells it yet; else the status does. */
  readonly token: TokenDetails | null;
  readonly threeDSecure: ThreeDSecureDetails | null;
}

/** An answer, and the action it wants. */
export interface CardAnswer extends CardOutcome {
  readonly action: CardAction | null;
}

/**
 * Reads the answer to a purchase by card or token; `null` when it does not say how that stands, or wants an action that
 * nobody could take.
 */
export function readCardAnswer(
  body: Heard<CardPurchaseResponse>,
  httpStatus: number,
  askedOf: string | null,
): CardAnswer | null {
  const operation = readDecision<CardPurchaseResponse>(body, httpStatus, askedOf);
  if (operation === null) return null;
  const action = operation.paymentStatus === "Partial" ? readAction(body.actionResponse) : null;
  if (operation.paymentStatus === "Partial" && action === null) return null;
  return { operation, token: readToken(body.token), threeDSecure: readThreeDSecure(body.threeDSecure), action };
}

function readAction(value: unknown): CardAction | null {
  const action = asObject<ActionResponse>(value);
  const data = asObject<NonNullable<ActionResponse["data"]>>(action?.data);
  const id = readText(action?.id);
  const type = readText(action?.type);
  const url = readText(data?.url);
  // A page will post to this address: nothing but the web's own schemes may stand there.
  if (id === null || type === null || url === null || !/^https?:\/\//i.test(url)) return null;
  return { id, type, url, fields: readFields(data?.params) };
}

/** Parameters are pairs in SIBS's API Market and an object in the tests of one client: both are read. */
function readFields(params: unknown): Record<string, string> {
  const pairs = Array.isArray(params)
    ? params.map((pair) => [asObject<KeyValue>(pair)?.key, asObject<KeyValue>(pair)?.value])
    : Object.entries(asObject(params) ?? {});
  const named = pairs.filter(([key]) => readText(key) !== null);
  return Object.fromEntries(named.map(([key, value]) => [key, readText(value) ?? ""]));
}
