import type { Hash } from "node:crypto";
import type { Property } from "./properties/property.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What must not be, and of which payment or mandate. */
export interface Violation {
  readonly property: Property;
  readonly subject: string;
  readonly what: string;
}

/** All that happened in a run, in its order, and to whom. */
export class Stories {
  readonly #time: VirtualTime;
  readonly #hash: Hash;
  readonly #traced: ((line: string) => void) | undefined;
  readonly #bySubject = new Map<string, string[]>();
  readonly violations: Violation[] = [];
  readonly #firstWrong = Promise.withResolvers<void>();

  constructor(time: VirtualTime, hash: Hash, traced?: (line: string) => void) {
    this.#time = time;
    this.#hash = hash;
    this.#traced = traced;
  }

  /** Something happened. */
  trace(line: string): void {
    const whole = `${new Date(this.#time.now).toISOString()} ${line}`;
    this.#hash.update(`${whole}\n`);
    this.#traced?.(whole);
  }

  /** Somebody did something with a payment, a mandate or a phone. */
  tell(subject: string, deed: string): void {
    this.trace(`${subject} ${deed}`);
    const lines = this.#bySubject.get(subject) ?? [];
    lines.push(`${new Date(this.#time.now).toISOString()} ${deed}`);
    this.#bySubject.set(subject, lines);
  }

  /** Something is as it must not be. */
  wrong(property: Property, subject: string, what: string): void {
    this.tell(subject, `WRONG: ${what}`);
    this.violations.push({ property, subject, what });
    this.#firstWrong.resolve();
  }

  /** Resolves with the first that is wrong; never, where nothing is. */
  get firstWrong(): Promise<void> {
    return this.#firstWrong.promise;
  }

  /** What was done with somebody, line by line. */
  of(subject: string): readonly string[] {
    return this.#bySubject.get(subject) ?? [];
  }

  /** Of all that happened: two runs of one seed come to the same. */
  digest(): string {
    return this.#hash.digest("hex");
  }
}
