import type { Dice } from "./dice.ts";

/**
 * What misbehaves, by kind, and how often at most, of the occasions that there are for it. Each run draws other rates
 * below these, and leaves some kinds out: what one fault hides from another comes to light in some run.
 */
export const WORST = {
  // on the way to SIBS and back
  not_reached: 0.05,
  request_lost: 0.06,
  answer_lost: 0.12,
  request_late: 0.06,
  creation_late: 0.25,
  request_doubled: 0.02,
  answer_slow: 0.25,
  html_instead: 0.03,
  html_after: 0.04,
  json_cut: 0.05,
  status_429: 0.03,
  status_429_retry_after: 0.02,
  status_503: 0.04,
  status_503_t9999: 0.03,
  status_500: 0.03,
  sibs_away: 0.005,
  status_lagging: 0.15,
  status_contradicting: 0.05,
  lookup_missing: 0.6,
  // SIBS's notifications; whether any comes at all is decided once
  notifications_never: 0.4,
  notification_lost: 0.6,
  notification_doubled: 0.2,
  notification_late: 0.2,
  notification_days_late: 0.02,
  notification_reordered: 0.2,
  notification_corrupted: 0.05,
  notification_to_another_node: 0.5,
  // the servers
  crash: 1,
  node_frozen: 0.0005,
  machine_off: 0.6,
  clock_skewed: 0.5,
  clock_jumped: 0.02,
  // the database
  statement_refused: 0.004,
  commit_answer_lost: 0.004,
  database_silent: 0.0003,
  // those who receive events
  receiver_fails: 0.2,
  receiver_hangs: 0.03,
  receiver_took_and_fell: 0.1,
  receiver_asks_to_be_spared: 0.05,
  receiver_gone: 0.01,
  // people
  pressed_twice: 0.2,
  asked_again_with_another_key: 0.1,
  changed_mind: 0.3,
  answered_late: 0.15,
  slow_phone: 0.3,
  paid_after_the_end: 0.4,
  reference_paid_twice: 0.4,
  operators_at_once: 0.2,
  both_phones_say_yes: 0.4,
  consent_ended_meanwhile: 0.3,
  card_forgotten_meanwhile: 0.4,
} as const;

/** A kind of fault. */
export type FaultKind = keyof typeof WORST;

export const FAULT_KINDS = Object.keys(WORST) as FaultKind[];

/** How often each kind happens, of its occasions: 0 to 1. */
export type Rates = Readonly<Record<FaultKind, number>>;

/** The rates of one run: about two of five kinds are left out, the others are between nothing and their worst. */
export function swarm(dice: Dice): Rates {
  const rateOf = (kind: FaultKind) => (dice.happens(0.4) ? 0 : WORST[kind] * dice.between(1, 100) * 0.01);
  return Object.fromEntries(FAULT_KINDS.map((kind) => [kind, rateOf(kind)])) as Rates;
}

/** The same rates, but of no kind beside some. */
export function leaving(rates: Rates, only: readonly FaultKind[]): Rates {
  return Object.fromEntries(FAULT_KINDS.map((kind) => [kind, only.includes(kind) ? rates[kind] : 0])) as Rates;
}

/** Decides whether something goes wrong, and counts what did. */
export class Weather {
  readonly #rates: Rates;
  /** Each kind has its own: where one is left out, the others happen as they would have. */
  readonly #dice: Readonly<Record<FaultKind, Dice>>;
  readonly #happened = new Map<FaultKind, number>();
  readonly #told: (kind: FaultKind, what: string) => void;
  #isFair = false;

  constructor(rates: Rates, dice: Dice, told: (kind: FaultKind, what: string) => void) {
    this.#rates = rates;
    this.#dice = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, dice.more()])) as Record<FaultKind, Dice>;
    this.#told = told;
  }

  /** Whether it happens now; `what` it happens to is told. */
  is(kind: FaultKind, what: string): boolean {
    const rate = this.#rates[kind];
    if (rate === 0 || this.#isFair || !this.#dice[kind].happens(rate)) return false;
    this.happened(kind, what);
    return true;
  }

  /** The rate of a kind, for whoever draws by other means; 0 in fair weather. */
  rate(kind: FaultKind): number {
    return this.#isFair ? 0 : this.#rates[kind];
  }

  /** Notes that it happened. */
  happened(kind: FaultKind, what: string): void {
    this.#happened.set(kind, (this.#happened.get(kind) ?? 0) + 1);
    this.#told(kind, what);
  }

  /** From now on nothing goes wrong. */
  clear(): void {
    this.#isFair = true;
  }

  /** From now on it is bad again. */
  turn(): void {
    this.#isFair = false;
  }

  /** How often each kind happened. */
  get happenings(): Readonly<Partial<Record<FaultKind, number>>> {
    return Object.fromEntries(this.#happened);
  }
}
