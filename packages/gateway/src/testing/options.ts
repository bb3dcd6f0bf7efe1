import { httpUrl, LOG_LEVELS, oneOf } from "@caravela/platform/settings";

/** What a gateway for tests may be told, as far as a mistake in it is not told by whoever is asked by it. */
interface Told {
  readonly port: number;
  readonly clockFollowers: readonly string[];
  readonly logLevel: string;
  readonly patienceMs: number;
}

/** @throws RangeError naming everything that is wrong, before anything is started */
export function refuseWrong({ port, clockFollowers, logLevel, patienceMs }: Told): void {
  const wrong = [
    Number.isInteger(port) && port >= 0 && port <= 65_535
      ? []
      : "port must be a whole number from 0 to 65535: 0 is any that is free",
    saidBy("logLevel", oneOf(LOG_LEVELS), logLevel),
    saidBy("patienceMs", milliseconds, patienceMs),
    ...clockFollowers.map((address) => saidBy("clockFollowers", httpUrl, address)),
  ].flat();
  if (wrong.length > 0) throw new RangeError(wrong.join("\n"));
}

function milliseconds(wanted: number): number {
  if (typeof wanted === "number" && wanted >= 0) return wanted;
  throw new RangeError("a number of milliseconds is needed, 0 or more");
}

function saidBy<T>(name: string, read: (value: T) => unknown, value: T): string[] {
  try {
    read(value);
    return [];
  } catch (error) {
    return [
      `${name} is ${typeof value === "string" ? JSON.stringify(value) : String(value)}: ${(error as Error).message}`,
    ];
  }
}
