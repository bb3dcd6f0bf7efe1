import type { Clock } from "@caravela/platform/clock";
import { ANSWER_LIMIT_MS, sparedFor } from "@caravela/platform/event-tries";
import { Webhook } from "standardwebhooks";
import type { EventId } from "../domain/identifiers.ts";
import { InsideAddress, type Reach } from "./reach.ts";

/**
 * Why an endpoint has not taken what it was sent: it answered something else than 2xx, nothing in time, nothing at all,
 * or its address is inside and not connected to.
 */
export type SendFailure = "refused" | "timeout" | "unreachable" | "address_not_allowed";

/** An endpoint as it is sent to. */
export interface SentTo {
  readonly url: string;
  readonly secret: string;
  readonly mayBeInside: boolean;
}

/** What is sent, by which id. */
export interface Message {
  readonly id: EventId;
  readonly body: string;
}

/** How it went. */
export interface Sent {
  /** The HTTP status of the answer; null when there was none in time. */
  readonly status: number | null;
  /** Null: it was taken. */
  readonly failure: SendFailure | null;
  /** For how long the endpoint asked to be spared, in milliseconds. */
  readonly sparedFor: number;
  /** How long it took, in milliseconds of system time. */
  readonly ms: number;
}

/** What sends. */
export interface Sends {
  readonly reach: Pick<Reach, "post">;
  /** System time: what a receiver compares the signature's timestamp with. */
  readonly systemClock: Clock;
}

/** Posts an event, signed, to an endpoint. Taken is what is answered by any 2xx. */
export async function sendSigned({ reach, systemClock }: Sends, to: SentTo, { id, body }: Message): Promise<Sent> {
  const at = systemClock.now();
  const ms = () => systemClock.now().getTime() - at.getTime();
  try {
    const answer = await reach.post(to, {
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": new Webhook(to.secret).sign(id, at, body),
      },
      body,
    });
    const { status } = answer;
    const failure = status >= 200 && status < 300 ? null : "refused";
    return { status, failure, sparedFor: sparedFor(answer, systemClock.now()), ms: ms() };
  } catch (error) {
    return { status: null, failure: failureOf(error), sparedFor: 0, ms: ms() };
  }
}

/** By its kind alone: a message may quote the address. */
function failureOf(error: unknown): SendFailure {
  const kinds = error instanceof Error ? [error, error.cause] : [];
  if (kinds.some((one) => one instanceof InsideAddress)) return "address_not_allowed";
  return kinds.some((one) => one instanceof DOMException && one.name === "TimeoutError") ? "timeout" : "unreachable";
}
