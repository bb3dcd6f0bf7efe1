import { Webhook } from "standardwebhooks";
import type { Dice } from "./dice.ts";
import type { WireAnswer, WireRequest } from "./network.ts";
import { cutOff } from "./network.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

const SECOND = 1_000;

/** An event as the shop kept it. */
export interface KeptEvent {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  /** Of which payment or mandate it is; null: of none. */
  readonly subject: string | null;
  /** The payment that it shows; null: it shows none. */
  readonly payment: KeptPayment | null;
}

/** A payment as an event shows it. */
interface KeptPayment {
  readonly id: string;
  readonly status: string;
  readonly amountCaptured: number;
  readonly amountRefunded: number;
  /** The plan that it is of; null: of none. */
  readonly plan: string | null;
}

/** The shop that is told: it takes events, fails, hangs, or takes them and falls over before it answers. */
export class Shop {
  readonly #time: VirtualTime;
  readonly #weather: Weather;
  readonly #dice: Dice;
  readonly #secret: string;
  /** Every arrival that was kept, in the order in which they came. */
  readonly events: KeptEvent[] = [];
  readonly #listeners = new Set<(event: KeptEvent) => void>();
  #onGone: () => void = () => undefined;

  /** What it answers once it has taken an event. */
  readonly #taken: number;

  constructor(time: VirtualTime, weather: Weather, dice: Dice, secret: string) {
    this.#time = time;
    this.#weather = weather;
    this.#dice = dice;
    this.#taken = dice.pick([200, 202, 204]);
    this.#secret = secret;
  }

  /** Tells of each event that is kept from now on. Returns what ends it. */
  onEvent(listener: (event: KeptEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells when it has said that it is gone: nothing is to come any more. */
  onGone(listener: () => void): void {
    this.#onGone = listener;
  }

  /** Takes an event, or does not. @throws as `fetch` does where no answer comes */
  async take({ body = "", headers }: WireRequest, signal: AbortSignal): Promise<WireAnswer> {
    await this.#time.pass(this.#dice.between(2, 60));
    const is = (kind: Parameters<Weather["is"]>[0]) => this.#weather.is(kind, "an event");
    if (is("receiver_fails")) return answer(this.#dice.pick([500, 404, 503, 302]));
    if (is("receiver_asks_to_be_spared"))
      return { ...answer(429), headers: { "retry-after": String(this.#dice.between(1, 600)) } };
    if (is("receiver_gone")) {
      this.#onGone();
      return answer(410);
    }
    if (is("receiver_hangs")) return this.#hang(signal);
    new Webhook(this.#secret).verify(body, { ...headers });
    const event = keptFrom(JSON.parse(body));
    this.events.push(event);
    for (const listener of this.#listeners) listener(event);
    if (is("receiver_took_and_fell")) {
      if (this.#dice.happens(0.3)) return this.#hang(signal);
      if (this.#dice.happens(0.5)) throw cutOff("ECONNRESET");
      return answer(500);
    }
    return answer(this.#taken);
  }

  /** Nothing, until nobody waits any more. */
  #hang(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      this.#time.at(this.#time.now + 300 * SECOND, () => reject(cutOff("ECONNRESET")));
    });
  }
}

const answer = (status: number): WireAnswer => ({ status, headers: {}, body: "" });

interface SentEvent {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly data: {
    readonly payment?: Omit<KeptPayment, "plan"> & { readonly plan: { readonly id: string } | null };
    readonly mandate?: { readonly id: string };
  };
}

function keptFrom({ id, type, sequence, data: { payment, mandate } }: SentEvent): KeptEvent {
  return {
    id,
    type,
    sequence,
    subject: payment?.id ?? mandate?.id ?? null,
    payment: payment === undefined ? null : { ...payment, plan: payment.plan?.id ?? null },
  };
}
