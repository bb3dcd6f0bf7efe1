import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import type { Refusal } from "../domain/refusal.ts";
import type { SibsPort } from "../sibs/port.ts";
import type { MandateStore } from "../storage/mandates.ts";

/** What the use cases of mandates work with; built once, in `main.ts`. */
export interface MandateServices {
  readonly mandates: MandateStore;
  readonly sibs: SibsPort;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  /** Counts what each phone is asked. */
  readonly phoneRequests: {
    count(phone: string, request: { readonly id: string; readonly of: string }): Promise<Refusal | null>;
  };
  /** Calls to SIBS that nobody waits for any more, but that must be brought to their end. */
  readonly inFlight: { track<T>(id: string, work: Promise<T>): Promise<T> };
  /** Counts what SIBS said that no rule knows. */
  readonly countUnknown: (status: string) => void;
  readonly settings: {
    /** How browsers reach this server, without a slash at the end. */
    readonly publicUrl: string;
  };
}
