import type { Http } from "@caravela/platform/http";
import type { Dice } from "./dice.ts";
import type { Life } from "./life.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** An answer as it comes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request on the wire. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Serves a request in this process, as its program would over HTTP. */
export async function served(http: Http, { method, path, headers, body }: WireRequest): Promise<WireAnswer> {
  const answer = await http.inject({
    method: method as "GET",
    url: path,
    headers: { ...headers },
    ...(body !== undefined && { payload: body }),
  });
  const retryAfter = answer.headers["retry-after"];
  return {
    status: answer.statusCode,
    headers: {
      "content-type": String(answer.headers["content-type"] ?? ""),
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
      ...(typeof answer.headers.location === "string" && { location: answer.headers.location }),
    },
    body: answer.body,
  };
}

/** What `fetch` throws when there is no connection, or no more. */
export function cutOff(code: "ECONNREFUSED" | "ECONNRESET" | "UND_ERR_CONNECT_TIMEOUT"): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}

/** The calls of which each is a transaction of its own at SIBS. */
const BY_OUR_ID = ["refund", "capture", "cancellation", "mit", "creation"];

const PAGE = { status: 502, headers: { "content-type": "text/html" }, body: "<html><h1>502 Bad Gateway</h1></html>" };

/** The way from the servers to SIBS and back, and all that can happen on it. */
export class WayToSibs {
  readonly #time: VirtualTime;
  readonly #weather: Weather;
  readonly #dice: Dice;
  readonly #sibs: (request: WireRequest) => Promise<WireAnswer>;
  readonly #sent: (path: string) => void;
  #awayUntil = 0;
  /** Until when a look-up does not see what is there. */
  readonly #unseenUntil = new Map<string, number>();
  /** What SIBS has answered about a transaction, and when: its status may lag behind. */
  readonly #answered = new Map<string, { readonly answer: WireAnswer; readonly until: number }>();

  /** @param sibs what answers. @param sent told the path of each call that a server makes, when it begins */
  constructor(
    time: VirtualTime,
    weather: Weather,
    dice: Dice,
    sibs: (request: WireRequest) => Promise<WireAnswer>,
    sent: (path: string) => void,
  ) {
    this.#time = time;
    this.#weather = weather;
    this.#dice = dice;
    this.#sibs = sibs;
    this.#sent = sent;
  }

  /** `fetch`, of one life of a server. */
  of(life: Life): typeof globalThis.fetch {
    return async (input, init) => {
      const { pathname, search } = new URL(String(input));
      const request: WireRequest = {
        method: init?.method ?? "GET",
        path: pathname + search,
        headers: Object.fromEntries(new Headers(init?.headers)),
        body: init?.body == null ? undefined : String(init.body),
      };
      const call = callOf(request);
      await life.pass(`before SIBS's ${call}`);
      this.#sent(request.path);
      const answer = await heeding(
        init?.signal,
        this.#time.outside(() => this.#carry(call, request)),
      );
      await life.pass(`after SIBS's ${call}`);
      return new Response(answer.body, { status: answer.status, headers: answer.headers });
    };
  }

  async #carry(call: string, request: WireRequest): Promise<WireAnswer> {
    const is = (kind: Parameters<Weather["is"]>[0]) => this.#weather.is(kind, call);
    if (is("sibs_away")) this.#awayUntil = this.#time.now + this.#dice.between(5, 600) * SECOND;
    if (this.#awayUntil > this.#time.now || is("not_reached")) return this.#notReached();
    await this.#time.pass(this.#dice.between(5, 80));
    if (is("request_lost")) return this.#silent(this.#dice.happens(0.5));
    if (is("html_instead")) return PAGE;
    if (is("status_429")) return refusal(429, {});
    if (is("status_429_retry_after")) return refusal(429, { "retry-after": String(this.#dice.between(1, 120)) });
    if (is("status_503")) return refusal(503, {});
    if (is("status_503_t9999")) return refusal(503, {}, "T9999");
    if (is("status_500")) return this.#dice.happens(0.5) ? refusal(500, {}) : this.#after(request, refusal(500, {}));
    if (call === "look-up" && this.#isNotSeenYet(request.path)) return NOT_FOUND;
    // it arrives when nobody waits for its answer any more
    if (is("request_late")) await this.#time.pass(this.#dice.between(10, this.#dice.happens(0.5) ? 90 : 600) * SECOND);
    else if (call === "creation" && is("creation_late")) await this.#time.pass(this.#dice.between(100, 500) * SECOND);
    // what SIBS does by an id of ours alone it would do again: no client can keep it from that
    if (!BY_OUR_ID.includes(call) && is("request_doubled")) void this.#again(request);
    const answer = await this.#ask(call, request);
    if (is("answer_lost")) return this.#silent(this.#dice.happens(0.5));
    if (is("html_after")) return PAGE;
    if (is("json_cut")) return { ...answer, body: answer.body.slice(0, answer.body.length >> 1) };
    if (is("answer_slow")) await this.#time.pass(this.#dice.between(100, 12_000));
    return answer;
  }

  /** Whether the look-up by our id does not see yet what is there: each by itself, and for less than an hour. */
  #isNotSeenYet(path: string): boolean {
    const unseen = this.#unseenUntil.get(path);
    if (unseen !== undefined) return this.#time.now < unseen;
    const isUnseen = this.#weather.is("lookup_missing", path);
    this.#unseenUntil.set(path, isUnseen ? this.#time.now + this.#dice.between(0, 3_000) * SECOND : 0);
    return isUnseen;
  }

  /** It arrives once more; what is answered to that nobody hears. */
  async #again(request: WireRequest): Promise<void> {
    await this.#time.pass(this.#dice.between(0, 3_000));
    await this.#sibs(request).catch(() => undefined);
  }

  /** A status may be of before, or say for minutes that it is being processed. */
  async #ask(call: string, request: WireRequest): Promise<WireAnswer> {
    if (call !== "status") return this.#sibs(request);
    const before = this.#answered.get(request.path);
    if (before !== undefined && before.until > this.#time.now) return before.answer;
    const answer = await this.#sibs(request);
    if (this.#weather.is("status_lagging", call)) this.#keep(request, answer);
    else if (isFinal(answer) && this.#weather.is("status_contradicting", call)) {
      const said = {
        ...JSON.parse(answer.body),
        paymentStatus: this.#dice.pick(["InProcessing", "Pending", "Reviewing"]),
      };
      const contradiction = { ...answer, body: JSON.stringify(said) };
      this.#keep(request, contradiction);
      return contradiction;
    }
    return answer;
  }

  #keep({ path }: WireRequest, answer: WireAnswer): void {
    this.#answered.set(path, { answer, until: this.#time.now + this.#dice.between(1, 300) * SECOND });
  }

  async #after(request: WireRequest, answer: WireAnswer): Promise<WireAnswer> {
    await this.#sibs(request);
    return answer;
  }

  /** Refused or cut at once, or no connection within ten seconds, after which Node gives up by itself. */
  async #notReached(): Promise<never> {
    const code = this.#dice.pick(["ECONNREFUSED", "ECONNRESET", "UND_ERR_CONNECT_TIMEOUT"] as const);
    if (code === "UND_ERR_CONNECT_TIMEOUT") await this.#time.pass(10 * SECOND);
    throw cutOff(code);
  }

  /** Cut off, or nothing for so long that nobody waits any more. */
  async #silent(isCut: boolean): Promise<never> {
    await this.#time.pass(isCut ? this.#dice.between(1, 500) : 10 * MINUTE);
    throw cutOff("ECONNRESET");
  }
}

/** Whether it says how it ended: SIBS does not say of a call that it is at work on it before that has come. */
function isFinal({ status, body }: WireAnswer): boolean {
  return (
    status === 200 && ["Success", "Declined", "Expired", "Timeout", "Error"].includes(JSON.parse(body).paymentStatus)
  );
}

/** As `fetch` does: whoever calls off waits no longer, whatever becomes of the request. */
async function heeding<T>(signal: AbortSignal | null | undefined, work: Promise<T>): Promise<T> {
  if (signal == null) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const callOff = () => reject(signal.reason);
  signal.addEventListener("abort", callOff);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", callOff);
  }
}

const NOT_FOUND = refusal(404, {}, "E0404");

function refusal(status: number, headers: Readonly<Record<string, string>>, statusCode = "E0301"): WireAnswer {
  const returnStatus = { statusCode, statusMsg: "Error", statusDescription: "The operation cannot be processed now." };
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ returnStatus }),
  };
}

/** Which call of SIBS's it is, by the last word of its path. */
export function callOf({ method, path }: WireRequest): string {
  if (path.includes("merchantTransactionId=")) return "look-up";
  const [address = ""] = path.split("?");
  const last = address.replace(/\/$/, "").split("/").at(-1) ?? "";
  if (last === "payments" || last === "mbway-mandates" || /^[a-z-]+$/.test(last))
    return last === "payments" ? "checkout" : last;
  return method === "GET" ? "mandate-inquiry" : "unknown";
}
