import type { Sandbox } from "./sandbox.ts";

/** A request that waits for an answer on a phone. */
export interface WaitingRequest {
  /** SIBS's `transactionID`. */
  readonly id: string;
  readonly kind: "purchase" | "mandate";
  /** In euros, as "5.50"; null of a mandate. */
  readonly amount: string | null;
  readonly currency: "EUR";
  readonly merchant: string;
  readonly description: string | null;
  readonly askedAt: string | null;
  readonly expiresAt: string;
}

/** What became of a request. */
export interface Answered {
  /** SIBS's `transactionID`. */
  readonly id: string;
  readonly outcome: "approved" | "declined";
  readonly paymentStatus: string;
}

/** An authorised payment as its owner has it on the phone. */
export interface PhoneMandate {
  /** The creation's `transactionID`. */
  readonly id: string;
  readonly mandateId: string;
  readonly type: "subscription" | "oneclick";
  readonly status: string;
  readonly merchant: string;
  readonly customerName: string;
  /** In euros, as "50.00". */
  readonly limit: string;
  readonly available: string;
  /** The last day, as "2031-12-31". */
  readonly validUntil: string;
}

/** What the owner of an authorised payment sets; in euros, and the last day in Lisbon. */
export interface Terms {
  readonly limit?: string | number;
  readonly validUntil?: string;
}

/** Which request is answered: the oldest, unless one is named. */
export interface Which {
  readonly id?: string;
}

/** A phone with MB WAY, in the hand of its owner. */
export interface Phone {
  /** As SIBS names it: `351#919999999`. */
  readonly alias: string;
  /** Approves a request, as soon as there is one; of a mandate with the terms that its owner sets. */
  approve(answer?: Which & Terms): Promise<Answered>;
  /** Declines a request, as soon as there is one. */
  decline(which?: Which): Promise<Answered>;
  /** Leaves a request unanswered until its time is over: the clock is moved to there. */
  ignore(which?: Which): Promise<void>;
  /** What waits for an answer, oldest first. */
  waiting(): Promise<readonly WaitingRequest[]>;
  /** The authorised payments, newest first. */
  mandates(): Promise<readonly PhoneMandate[]>;
  /** Pauses an authorised payment, by the `id` that {@link Phone.mandates} gives. */
  suspend(id: string): Promise<PhoneMandate>;
  /** Lets a paused one go on. */
  reactivate(id: string): Promise<PhoneMandate>;
  /** Sets another limit or end. */
  change(id: string, terms: Terms): Promise<PhoneMandate>;
  /** Ends an authorised payment. */
  cancel(id: string): Promise<PhoneMandate>;
}

/** The phone of that number: `919999999`, `+351 919 999 999` or `351#919999999`. @throws TypeError when it is none */
export function phoneOf(sandbox: Sandbox, number: string): Phone {
  const alias = aliasOf(number);
  const path = `/phones/${encodeURIComponent(alias)}`;
  const look = () => sandbox.get<{ waiting: WaitingRequest[]; mandates: PhoneMandate[] }>(path);
  const press = (id: string, what: string, terms: Terms = {}) =>
    sandbox.post<PhoneMandate>(`${path}/mandates/${encodeURIComponent(id)}/${what}`, terms);

  const waited = ({ id }: Which): Promise<WaitingRequest> =>
    sandbox.until(
      async () => (await look()).waiting.find((asked) => id === undefined || asked.id === id),
      () => `Nothing${id === undefined ? "" : ` of the id ${id}`} came to the phone ${alias}: was another one asked?`,
    );
  const answer = async (pressed: "approve" | "decline", given: Which & Terms): Promise<Answered> => {
    const { id } = await waited(given);
    return sandbox.post(`${path}/${pressed}`, { ...given, id });
  };

  return {
    alias,
    approve: (given = {}) => answer("approve", given),
    decline: (which = {}) => answer("decline", which),
    ignore: async (which = {}) => {
      const { expiresAt } = await waited(which);
      await sandbox.post("/clock/advance", { to: expiresAt });
    },
    waiting: async () => (await look()).waiting,
    mandates: async () => (await look()).mandates,
    suspend: (id) => press(id, "suspend"),
    reactivate: (id) => press(id, "reactivate"),
    change: (id, terms) => press(id, "change", terms),
    cancel: (id) => press(id, "cancel"),
  };
}

function aliasOf(number: string): string {
  const digits = number.replace(/[\s().-]/g, "");
  if (/^\d{1,3}#\d{4,15}$/.test(digits)) return digits;
  const national = /^(?:(?:\+|00)351)?(9\d{8})$/.exec(digits)?.[1];
  if (national === undefined) throw new TypeError(`not a phone: ${number}. Write it as 919999999 or 351#919999999`);
  return `351#${national}`;
}
