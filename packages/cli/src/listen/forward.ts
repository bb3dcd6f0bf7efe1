import { ANSWER_LIMIT_MS, sparedFor, untilNextTry } from "@caravela/platform/event-tries";
import { Webhook } from "standardwebhooks";
import { subjectOf } from "../api/events.ts";
import type { FedEvent } from "./feed.ts";

/** How a try to deliver an event went. */
export interface Tried {
  readonly event: FedEvent;
  /** Null: there was no answer. */
  readonly status: number | null;
  /** How long the answer took. */
  readonly ms: number;
  readonly taken: boolean;
  /** When it is tried again, in milliseconds from now; null: not any more. */
  readonly againInMs: number | null;
}

/** What delivers. */
export interface Forwarding {
  /** Where events are posted. */
  readonly url: string;
  readonly secret: string;
  readonly onTried: (tried: Tried) => void;
  /** 410 was answered: nothing shall come any more. */
  readonly onGone: () => void;
  /** Ends all that is under way. */
  readonly signal: AbortSignal;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Delivers events as the server delivers them to an endpoint: signed, those of one payment one after the other, each
 * until it is taken.
 */
export class Forwarder {
  readonly #forwarding: Forwarding;
  readonly #webhook: Webhook;
  /** By payment or authorised payment: what is under way, and all that waits behind it. */
  readonly #lines = new Map<string, Promise<void>>();

  constructor(forwarding: Forwarding) {
    this.#forwarding = forwarding;
    this.#webhook = new Webhook(forwarding.secret);
  }

  /** Takes an event over. It is delivered when those before it of its payment are. */
  take(event: FedEvent): void {
    const subject = subjectOf(event);
    const line = (this.#lines.get(subject) ?? Promise.resolve()).then(() => this.#deliver(event));
    this.#lines.set(subject, line);
    void line.then(() => this.#lines.get(subject) === line && this.#lines.delete(subject));
  }

  async #deliver(event: FedEvent): Promise<void> {
    const { signal, pause, onTried, onGone } = this.#forwarding;
    let waited = 0;
    for (let triesBefore = 0; !signal.aborted; triesBefore++) {
      const { status, ms, sparedFor } = await this.#post(event);
      if (signal.aborted) return;
      const taken = status !== null && status >= 200 && status < 300;
      const againInMs = taken || status === 410 ? null : untilNextTry({ triesBefore, sinceFirst: waited, sparedFor });
      onTried({ event, status, ms, taken, againInMs });
      if (status === 410) onGone();
      if (againInMs === null) return;
      waited += againInMs;
      await pause(againInMs, signal);
    }
  }

  async #post({ id, type, timestamp, sequence, data }: FedEvent) {
    const { url, signal } = this.#forwarding;
    const body = JSON.stringify({ id, type, timestamp, sequence, data });
    const at = new Date();
    const ms = () => Date.now() - at.getTime();
    try {
      const answer = await fetch(url, {
        method: "POST",
        redirect: "manual",
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]),
        headers: {
          "content-type": "application/json",
          "user-agent": "caravela",
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
          "webhook-signature": this.#webhook.sign(id, at, body),
        },
        body,
      });
      await answer.body?.cancel();
      const { status } = answer;
      const retryAfter = answer.headers.get("retry-after");
      return { status, ms: ms(), sparedFor: sparedFor({ status, retryAfter }, new Date()) };
    } catch {
      return { status: null, ms: ms(), sparedFor: 0 };
    }
  }
}
