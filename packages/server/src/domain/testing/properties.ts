import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";

/** What is held of random lives. */
export interface Property<Seen> {
  /** After each step of each. */
  readonly step?: (seen: Seen) => void;
  /** At the end of each: what was seen last, or null, where nothing was. */
  readonly end?: (last: Seen | null) => void;
  /** Once all were lived. */
  readonly all?: () => void;
}

/** Random lives, how one of them is lived, and how many are. */
export interface Lives<Life, Seen> {
  readonly lives: fc.Arbitrary<Life>;
  /** Lives one, and has it looked at after every step. */
  readonly live: (life: Life, look: (seen: Seen) => void) => void;
  readonly runs: number;
}

interface Held<Seen> {
  readonly property: Property<Seen>;
  /** How a life broke it first. */
  broken: { readonly error: unknown } | null;
}

/**
 * Makes a test of each property, by its name, out of a property or what is held after each step. Each life is lived
 * once for all of them: to live it takes longer than to look at it.
 */
export function propertiesOf<Life, Seen>(all: Lives<Life, Seen>) {
  const checkOf = heldTogether(all);
  return (name: string, held: Property<Seen> | ((seen: Seen) => void)): void => {
    it(name, checkOf(typeof held === "function" ? { step: held } : held));
  };
}

/**
 * Gives a check of each property; the first that is made lives all lives, for all properties that there are by then. A
 * property that a life breaks is held by itself over the same lives, which finds the shortest that breaks it.
 */
export function heldTogether<Life, Seen>({ lives, live, runs }: Lives<Life, Seen>) {
  const all: Held<Seen>[] = [];
  let seed: number | undefined;
  const liveOnce = () => {
    if (seed !== undefined) return;
    const together = fc.property(lives, (life) => lookAt(life, live, all));
    ({ seed } = fc.check(together, { numRuns: runs }));
  };
  return (property: Property<Seen>): (() => void) => {
    const own: Held<Seen> = { property, broken: null };
    all.push(own);
    return () => {
      liveOnce();
      if (own.broken !== null) {
        const alone = fc.property(lives, (life) => {
          const again = { property, broken: null };
          lookAt(life, live, [again]);
          throwBroken(again);
        });
        fc.assert(alone, { numRuns: runs, ...(seed !== undefined && { seed }) });
        throwBroken(own);
      }
      property.all?.();
    };
  };
}

/** Lives a life and looks at it for all properties that are not broken yet. */
function lookAt<Life, Seen>(life: Life, live: Lives<Life, Seen>["live"], all: readonly Held<Seen>[]): void {
  let last: Seen | null = null;
  const whole = all.filter(({ broken }) => broken === null);
  const holdEach = (look: (property: Property<Seen>) => void) => {
    for (const held of whole) {
      if (held.broken !== null) continue;
      try {
        look(held.property);
      } catch (error) {
        held.broken = { error };
      }
    }
  };
  try {
    live(life, (seen) => {
      last = seen;
      holdEach(({ step }) => step?.(seen));
    });
  } catch (error) {
    for (const held of whole) held.broken ??= { error };
  }
  holdEach(({ end }) => end?.(last));
}

function throwBroken<Seen>({ broken }: Held<Seen>): void {
  if (broken !== null) throw broken.error;
}

/** Holds two values to be equal: `toEqual` takes long to find that they are, and says best how they are not. */
export function expectSame(value: unknown, other: unknown): void {
  if (!isDeepStrictEqual(value, other)) expect(value).toEqual(other);
}
