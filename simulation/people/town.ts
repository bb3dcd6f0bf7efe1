import { cents, eurosText } from "@caravela/sibs/money";
import type { Dice } from "../dice.ts";
import { Cut } from "../life.ts";
import type { WireAnswer, WireRequest } from "../network.ts";
import type { Node } from "../node.ts";
import { API_KEY } from "../server.ts";
import type { KeptEvent, Shop } from "../shop.ts";
import type { VirtualTime } from "../virtual-time.ts";
import type { Weather } from "../weather.ts";

const SECOND = 1_000;
/** Whoever gets no answer tries again this often, after some seconds at first, and after minutes at last. */
const MOST_TRIES = 16;
const LONGEST_WAIT_S = 900;

/** An answer as whoever asked reads it. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what the API answers, read as a shop without types reads it
  readonly body: any;
}

/** A page's script asks for what is shown, and draws it. */
const FROM_SCRIPT = { accept: "application/json" };

/** What an answer may be: everything else is a fault of the server's. */
const SENSIBLE = [200, 201, 202, 204, 404, 409, 422, 429, 503];

/** The page of a payment. */
interface Page {
  readonly id: string;
  /** The path of its address. */
  readonly page: string;
}

/** What the people of a run act upon. */
export interface Stage {
  readonly time: VirtualTime;
  readonly weather: Weather;
  readonly nodes: readonly Node[];
  readonly shop: Shop;
  /** The gateway's sandbox, which nothing goes wrong with: phones, ATMs, issuers. */
  readonly sandbox: (method: string, path: string, body?: object) => Promise<Answer>;
  /** For how long plans charge, in milliseconds. */
  readonly plansLive: number;
  /** The saved cards of which somebody was told that they are forgotten. */
  readonly forgotten: Set<string>;
  /** Tells what somebody did, for the story of a payment. */
  readonly told: (subject: string, deed: string) => void;
  /** Told what must not be. */
  readonly wrong: (subject: string, what: string) => void;
}

/** The people of a run: shops that ask, customers who pay, operators at work. Each acts by dice of its own. */
export class Town {
  readonly stage: Stage;
  /** What the servers have acknowledged: each must be there at the end. */
  readonly acknowledged = new Set<string>();
  /** What goes on for as long as plans charge, when everybody else has done what they came for. */
  readonly longLives: Promise<void>[] = [];

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** Waits. */
  async pass(dice: Dice, least: number, most: number): Promise<void> {
    await this.stage.time.pass(dice.between(least * SECOND, most * SECOND));
  }

  /** Asks a server, without a second try. @throws Cut where no answer comes */
  async once(dice: Dice, method: string, path: string, body?: object, key?: string): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${API_KEY}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(key !== undefined && { "idempotency-key": key }),
    };
    return this.#send(dice, { method, path, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  }

  async #send(dice: Dice, request: WireRequest): Promise<Answer> {
    await this.stage.time.pass(dice.between(1, 40));
    const node = dice.pick(this.stage.nodes);
    const answer = await node.ask(request);
    return this.#read(`${request.method} ${request.path} by ${node.name}`, answer);
  }

  /** Looks at a payment's page, as its script does; again where no answer comes. Null: nobody answers. */
  async looksAtPage(dice: Dice, { page }: Page): Promise<Answer | null> {
    const request = { method: "GET", path: `${page}/view`, headers: FROM_SCRIPT, body: undefined };
    return this.#untilAnswered(dice, () => this.#send(dice, request));
  }

  /** Sends a form of a payment's page, once: who gets no answer looks at the page. Null: none came. */
  async pressesOnPage(
    dice: Dice,
    { id, page }: Page,
    form: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<Answer | null> {
    const headers = { ...FROM_SCRIPT, "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams(fields).toString();
    const answer = await this.#send(dice, { method: "POST", path: `${page}/${form}`, headers, body }).catch(cutIsNull);
    const shown = answer === null ? "no answer" : `${answer.status} ${answer.body?.screen?.kind ?? ""}`;
    this.stage.told(id, `presses ${form} on the page of ${fields.request}: ${shown}`);
    return answer;
  }

  /**
   * Makes a request as a careful shop does: with a key, again with the same key where no answer came, now and then
   * twice at once. Null: it gave up.
   */
  async ask(dice: Dice, path: string, body: object = {}): Promise<Answer | null> {
    const { weather, told } = this.stage;
    const key = dice.uuid();
    const subject = subjectOf(path);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const isTwice = weather.is("pressed_twice", path);
      const send = () => this.once(dice.more(), "POST", path, body, key).catch(cutIsNull);
      const answers = await Promise.all(isTwice ? [send(), send()] : [send()]);
      const heard = answers.filter((one) => one !== null);
      this.#areOne(subject, path, heard);
      const answer = heard.find(({ status }) => status < 300) ?? heard[0];
      told(
        subject,
        `POST ${path} ${JSON.stringify(withoutCard(body))}: ${answer === undefined ? "no answer" : `${answer.status} ${answer.body?.type ?? answer.body?.id ?? ""}`}`,
      );
      if (answer !== undefined && ![409, 503].includes(answer.status)) return this.#noted(answer);
      if (answer?.status === 409 && answer.body?.type !== "/problems/idempotency_in_flight") return answer;
      await this.#waitsAfter(dice, tries);
      if (weather.is("asked_again_with_another_key", path)) return this.ask(dice, path, body);
    }
    return null;
  }

  /** Reads something, until somebody answers; null: nobody does. */
  read(dice: Dice, path: string): Promise<Answer | null> {
    return this.#untilAnswered(dice, () => this.once(dice, "GET", path));
  }

  async #untilAnswered(dice: Dice, ask: () => Promise<Answer>): Promise<Answer | null> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const answer = await ask().catch(cutIsNull);
      if (answer !== null && answer.status < 500) return answer;
      await this.#waitsAfter(dice, tries);
    }
    return null;
  }

  #waitsAfter(dice: Dice, tries: number): Promise<void> {
    return this.pass(dice, 1, Math.min(10 * 2 ** Math.floor(tries / 2), LONGEST_WAIT_S));
  }

  /** Presses a button on a phone. */
  async press(phone: string, what: "approve" | "decline", terms: object = {}): Promise<Answer> {
    const answer = await this.stage.sandbox("POST", `/phones/351%23${phone}/${what}`, terms);
    this.stage.told(phone, `${what} on the phone: ${answer.status}`);
    return answer;
  }

  /** Pays a reference at an ATM. */
  async payAtAtm(
    payment: string,
    { entity, reference }: { entity: string; reference: string },
    amount: number,
  ): Promise<Answer> {
    const answer = await this.stage.sandbox("POST", `/references/${entity}/${reference}/pay`, {
      amount: eurosText(cents(amount)),
    });
    this.stage.told(payment, `${reference} is paid at an ATM: ${answer.status}`);
    return answer;
  }

  /** Resolves with the first event about something that fits, or null after so many seconds. */
  async hears(subject: string, fits: (event: KeptEvent) => boolean, seconds: number): Promise<KeptEvent | null> {
    const { time, shop } = this.stage;
    const isIt = (event: KeptEvent) => event.subject === subject && fits(event);
    const known = shop.events.find(isIt);
    if (known !== undefined) return known;
    const { promise, resolve } = Promise.withResolvers<KeptEvent | null>();
    const stopsWaiting = time.at(time.now + seconds * SECOND, () => resolve(null));
    const stopsListening = shop.onEvent((event) => isIt(event) && resolve(event));
    const heard = await promise;
    stopsWaiting();
    stopsListening();
    return heard;
  }

  #noted(answer: Answer): Answer {
    if (answer.status < 300 && typeof answer.body?.id === "string") this.acknowledged.add(answer.body.id);
    return answer;
  }

  #areOne(subject: string, path: string, answers: readonly Answer[]): void {
    const made = new Set(answers.filter(({ status }) => status < 300).map(({ body }) => body?.id));
    if (made.size > 1) this.stage.wrong(subject, `one key made two things by ${path}: ${[...made].join(", ")}`);
  }

  #read(what: string, { status, body }: WireAnswer): Answer {
    if (!SENSIBLE.includes(status))
      this.stage.wrong(subjectOf(what), `${what} was answered ${status}: ${body.slice(0, 500)}`);
    return { status, body: body === "" ? null : JSON.parse(body) };
  }
}

function cutIsNull(error: unknown): null {
  if (error instanceof Cut) return null;
  throw error;
}

/** Of which payment, mandate or plan a path speaks. */
export function subjectOf(path: string): string {
  return /(pay|man|plan)_[0-9a-z]+/.exec(path)?.[0] ?? "";
}

/** A card's number and code are in no story. */
function withoutCard(body: object): object {
  return "card" in body ? { ...body, card: "a card" } : body;
}
