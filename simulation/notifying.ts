import { NOTIFICATIONS_PATH } from "@caravela/server";
import type { Dice } from "./dice.ts";
import { Cut } from "./life.ts";
import type { WireAnswer, WireRequest } from "./network.ts";
import type { Node } from "./node.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
/** So long SIBS waits for an acknowledgement. */
const PATIENCE_MS = 10 * SECOND;

/** What SIBS gets for a notification: a status and a body, or none. */
interface Acknowledged {
  readonly status: number | null;
  readonly body: string;
}

/** What the way leads through. */
export interface WayFromSibsOptions {
  readonly time: VirtualTime;
  readonly weather: Weather;
  readonly dice: Dice;
  readonly nodes: readonly Node[];
  /** Told which notification a server has just acknowledged, whether SIBS hears of it or not. */
  readonly acknowledged: (notification: string) => void;
}

/** The way of SIBS's notifications to whichever server takes them, and all that can happen on it. */
export class WayFromSibs {
  readonly #time: VirtualTime;
  readonly #weather: Weather;
  readonly #dice: Dice;
  readonly #nodes: readonly Node[];
  readonly #acknowledged: (notification: string) => void;
  /** Whether SIBS was given an address at which nobody is. */
  readonly #isElsewhere: boolean;

  constructor({ time, weather, dice, nodes, acknowledged }: WayFromSibsOptions) {
    this.#time = time;
    this.#weather = weather;
    this.#dice = dice;
    this.#nodes = nodes;
    this.#acknowledged = acknowledged;
    this.#isElsewhere = weather.is("notifications_never", "none of them comes");
  }

  /** Posts a notification as SIBS does. @throws Error when no answer comes in time */
  async post(headers: Readonly<Record<string, string>>, sealed: string): Promise<Acknowledged> {
    if (this.#isElsewhere) return this.#lost();
    const is = (kind: Parameters<Weather["is"]>[0]) => this.#weather.is(kind, "a notification");
    const body = is("notification_corrupted") ? damaged(sealed) : sealed;
    const request: WireRequest = { method: "POST", path: NOTIFICATIONS_PATH, headers, body };
    if (is("notification_lost")) return this.#lost();
    if (is("notification_days_late")) {
      this.#later(request, this.#dice.between(DAY, 4 * DAY));
      return this.#lost();
    }
    if (is("notification_late")) {
      this.#later(request, this.#dice.between(SECOND, 3_600 * SECOND));
      return this.#lost();
    }
    if (is("notification_reordered")) await this.#time.pass(this.#dice.between(200, 8 * SECOND));
    if (is("notification_doubled")) this.#later(request, this.#dice.between(0, 5 * SECOND));
    await this.#time.pass(this.#dice.between(2, 60));
    const answer = await Promise.race([this.#deliver(request), this.#time.pass(PATIENCE_MS)]);
    if (answer === undefined) throw new Error("no answer within 10 seconds");
    return { status: answer.status, body: answer.body };
  }

  async #lost(): Promise<never> {
    await this.#time.pass(this.#dice.between(10, PATIENCE_MS));
    throw Object.assign(new Error("ECONNRESET"), { code: "ECONNRESET" });
  }

  #later(request: WireRequest, ms: number): void {
    this.#time.at(this.#time.now + ms, () => void this.#deliver(request).catch(() => undefined));
  }

  async #deliver(request: WireRequest): Promise<WireAnswer> {
    const [first] = this.#nodes;
    const node = this.#weather.is("notification_to_another_node", "a notification")
      ? this.#dice.pick(this.#nodes)
      : first;
    if (node === undefined) throw new Cut("there is no server");
    const answer = await node.ask(request);
    if (answer.status === 200) this.#acknowledged(String(JSON.parse(answer.body).notificationID));
    return answer;
  }
}

/** One byte of the ciphertext is another. */
function damaged(sealed: string): string {
  const bytes = Buffer.from(sealed, "base64");
  bytes.writeUInt8((bytes[0] ?? 0) ^ 1);
  return bytes.toString("base64");
}
