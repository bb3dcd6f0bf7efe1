import type { Chance } from "@caravela/platform/chance";
import type { Cents } from "@caravela/sibs/money";
import type { Given } from "../domain/decision.ts";
import type { MandateId, SavedCardId, TerminalId } from "../domain/identifiers.ts";
import type { Locale } from "../domain/locale.ts";
import { type Method, rulesOf } from "../domain/methods/index.ts";
import { describeLimit, limitAgainst, type MethodLimits } from "../domain/methods/limits.ts";
import type { Customer, NewPayment, OrderItem, Payment } from "../domain/payment/state.ts";
import { DAY, type Instant } from "../domain/time.ts";
import { newPageToken } from "../http/page-token.ts";
import { problem } from "../http/problems.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { CreatesPayments } from "../storage/ports.ts";
import type { KnowsTerminals, OfTerminal } from "../terminals.ts";
import { presentPayment } from "./present.ts";

/** What the server itself chooses for a new payment. */
export interface ChoosesForPayments extends KnowsTerminals {
  readonly chance: Chance;
}

/** What creating a payment may touch. */
export type MakesPayments = CreatesPayments &
  ChoosesForPayments & {
    readonly settings: {
      /** How browsers reach this server, without a slash at the end. */
      readonly publicUrl: string;
    };
  };

/** How long a payment waits for its customer unless the shop says otherwise. */
const LIFE = 3 * DAY;

/** What the shop asks for; absent: the server's own choice. */
export interface CreatePayment {
  readonly terminal: TerminalId | null;
  readonly amount: Cents;
  readonly reference: string;
  readonly description: string | null;
  readonly methods: readonly Method[] | null;
  readonly capture: "automatic" | "manual";
  readonly latePayments: "refund" | "accept";
  readonly overlap: "refuse" | "allow";
  readonly saveCard: boolean;
  readonly token: SavedCardId | null;
  readonly mandates: readonly MandateId[];
  readonly initiator: "customer" | "merchant";
  readonly customer: Customer | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
  readonly locale: Locale | null;
  readonly items: readonly OrderItem[];
  readonly expiresAt: Instant | null;
}

/** The same as it was read, before its mandates are known to be its customer's. */
export type AskedPayment = Omit<CreatePayment, "mandates"> & { readonly mandates: readonly string[] };

/**
 * Records a payment, its `payment.created` and the request's key together. Nothing is asked of SIBS before the customer
 * chooses.
 */
export async function createPayment(ports: MakesPayments, wanted: CreatePayment, key: KeyRow): Promise<Payment> {
  const { settings, payments } = ports;
  return payments.create(
    (given) => newPayment(ports, wanted, given),
    (created) => key(created.id, { status: 201, body: presentPayment(created, created.createdAt, settings.publicUrl) }),
  );
}

/**
 * A payment as it is recorded: what was asked for, with the server's own choices.
 * @throws Problem 422 when no way to pay it is left.
 */
export function newPayment(
  { chance, terminals }: ChoosesForPayments,
  wanted: CreatePayment,
  { now }: Given,
): NewPayment {
  const isPossible = (method: Method) => wanted.capture === "automatic" || rulesOf(method).canHold;
  const methods = wanted.methods ?? offeredAt(terminals, wanted).filter(isPossible);
  refuseOutOfReach(terminals.of(wanted)?.limits ?? {}, methods, wanted.amount);
  if (!methods.some(isPossible)) {
    throw problem("method_cannot_hold", "Offer another method, or have the payment captured automatically.", {
      field: "/methods",
    });
  }
  return {
    ...wanted,
    id: chance.id("pay"),
    payToken: newPageToken(chance),
    currency: "EUR",
    methods,
    mandate: null,
    plan: null,
    expiresAt: wanted.expiresAt ?? now + LIFE,
  };
}

/** @throws Problem 422 when no method can pay such an amount. */
function refuseOutOfReach(limits: MethodLimits, methods: readonly Method[], amount: Cents): void {
  const against = methods.map((method) => limitAgainst(limits, method, amount));
  const reached = against.flatMap((limit, place) =>
    limit === null ? [] : `${methods[place]} ${describeLimit(limit)}`,
  );
  if (methods.length === 0 || reached.length < methods.length) return;
  throw problem("amount_beyond_method", `No method pays this amount: ${reached.join("; ")}.`, { field: "/amount" });
}

/** What the terminal of a payment offers unless the shop says otherwise. */
export function offeredAt(terminals: ChoosesForPayments["terminals"], payment: OfTerminal): readonly Method[] {
  return terminals.of(payment)?.methods ?? [];
}
