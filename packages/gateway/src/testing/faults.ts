import type { Sandbox } from "./sandbox.ts";

/** What goes wrong with a call, by probabilities from 0 to 1. */
export interface CallFaults {
  /** Waited before anything else, in milliseconds: from, to. */
  readonly delayMs?: readonly [number, number];
  /** HTTP status → probability: answered instead of doing the call. */
  readonly http?: Readonly<Record<string, number>>;
  /** A page of HTML (HTTP 502) instead of doing the call. */
  readonly html?: number;
  /** The call is done, and then the connection is cut. */
  readonly dropAnswer?: number;
}

/** What goes wrong with notifications, by probabilities from 0 to 1. */
export interface NotificationFaults {
  readonly drop?: number;
  readonly duplicate?: number;
  /** Waited before a try, in seconds: from, to. */
  readonly delaySeconds?: readonly [number, number];
  readonly reorder?: number;
  readonly corrupt?: number;
}

/** All that goes wrong on purpose. */
export interface FaultSettings {
  /** The same seed and the same calls in the same order meet the same faults. */
  readonly seed?: number | null;
  /** By the call's name, as `refund` or `mbway-id/purchase`; `*` is every call that is not named. */
  readonly calls?: Readonly<Record<string, CallFaults>>;
  readonly notifications?: NotificationFaults;
}

/** What goes wrong on purpose. What is said in words is added to what goes wrong already. */
export interface GatewayFaults {
  /** Each such call is done, and its answer is lost: as `refund`, or `*` for all calls. */
  loseAnswers(call: string): Promise<FaultSettings>;
  /** No such call is done: each is answered so instead. 503, unless another status is named. */
  refuse(call: string, status?: number): Promise<FaultSettings>;
  /** Each such call takes so long. */
  slow(call: string, milliseconds: number): Promise<FaultSettings>;
  /** No notification arrives; each comes again at SIBS's intervals. */
  loseNotifications(): Promise<FaultSettings>;
  /** Sets all of them; what is not named goes right. */
  set(settings: FaultSettings): Promise<FaultSettings>;
  /** What goes wrong now. */
  settings(): Promise<FaultSettings>;
  /** From now on all goes right. */
  clear(): Promise<void>;
}

/** The faults of a gateway. */
export function faultsOf(sandbox: Sandbox): GatewayFaults {
  const settings = () => sandbox.get<FaultSettings>("/faults");
  const set = (wanted: FaultSettings) => sandbox.put<FaultSettings>("/faults", wanted);
  const add = async (call: string, faults: CallFaults) => {
    const before = await settings();
    return set({ ...before, calls: { ...before.calls, [call]: { ...before.calls?.[call], ...faults } } });
  };
  return {
    loseAnswers: (call) => add(call, { dropAnswer: 1 }),
    refuse: (call, status = 503) => add(call, { http: { [status]: 1 } }),
    slow: (call, milliseconds) => add(call, { delayMs: [milliseconds, milliseconds] }),
    loseNotifications: async () => {
      const before = await settings();
      return set({ ...before, notifications: { ...before.notifications, drop: 1 } });
    },
    set,
    settings,
    clear: async () => void (await set({})),
  };
}
