import { pause } from "@caravela/platform/timer";
import type { AskedAttempt } from "../attempts/begin.ts";
import { type RecordsSubmissions, recordSubmission } from "../attempts/submit.ts";
import { takeOutcome } from "../attempts/take.ts";
import { descriptionOf } from "../attempts/terms.ts";
import { CLOCK } from "../domain/by.ts";
import { asSavedCardId, type SavedCardId } from "../domain/identifiers.ts";
import { CHECKOUT_LIFE } from "../domain/patience.ts";
import type { CardSummary } from "../domain/payment/attempt.ts";
import { BY_CUSTOMER, doubtAttempt, startAttempt } from "../domain/payment/begin.ts";
import type { Customer, Payment } from "../domain/payment/state.ts";
import { problem } from "../http/problems.ts";
import type { AsksAboutAttempts } from "../inquiries/attempt.ts";
import type { WaitsForSibs } from "../sibs/in-flight.ts";
import type { Charges } from "../sibs/port.ts";
import type { SavedCard } from "../storage/cards.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { ReadsPayments, ReadsSavedCards } from "../storage/ports.ts";
import { at, type ByTerminal, type KnowsTerminals, type OfTerminal } from "../terminals.ts";
import { type AskedPayment, type CreatePayment, type MakesPayments, newPayment } from "./create-payment.ts";

/** What a charge of a saved card may touch. */
export type ChargesSavedCards = MakesPayments &
  ReadsPayments &
  KnowsTerminals &
  RecordsSubmissions &
  AsksAboutAttempts &
  WaitsForSibs & { readonly sibs: ByTerminal<Charges> };

/** How long a caller waits for the capture, and how often it is looked for, in milliseconds. */
const CAPTURE_PATIENCE_MS = 5_000;
const LOOK_MS = 20;

/** Lets through a payment whose saved card, where it names one, is its customer's. @throws Problem 422. */
export async function checkSavedCard<Wanted extends AskedPayment>(
  ports: ReadsSavedCards & KnowsTerminals,
  wanted: Wanted,
): Promise<Wanted> {
  if (wanted.token !== null) await cardOf(ports, wanted.token, wanted);
  return wanted;
}

/**
 * The attempt with what SIBS needs to charge its saved card, where it is by one.
 * @throws Problem 422 when it is not this customer's.
 */
export async function withSavedCard(
  ports: ReadsSavedCards & KnowsTerminals,
  payment: Payment,
  asked: AskedAttempt,
): Promise<AskedAttempt> {
  const { command } = asked;
  if (command.token === null) return asked;
  return withCharged(await cardOf(ports, command.token, payment), asked);
}

/** The attempt with what SIBS needs to charge this card. */
export function withCharged(card: SavedCard, { command, inHand }: AskedAttempt): AskedAttempt {
  return { command: { ...command, card: summaryOf(card) }, inHand: { ...inHand, tokenValue: card.value } };
}

async function cardOf(
  { savedCards, terminals }: ReadsSavedCards & KnowsTerminals,
  id: SavedCardId | null,
  payment: OfTerminal & { readonly customer: Customer | null },
): Promise<SavedCard> {
  const card = id === null ? null : await savedCards.find(id);
  const isTheirs = card !== null && card.customerId === payment.customer?.id;
  if (isTheirs && terminals.idOf(card) === terminals.idOf(payment)) return card;
  return refuseToken();
}

/** Reads which saved card a request names. @throws Problem 422. */
export function readSavedCardId(text: string): SavedCardId {
  return asSavedCardId(text) ?? refuseToken();
}

function refuseToken(): never {
  throw problem("unknown_token", "This customer has no such saved card; list them with `GET /v1/tokens`.", {
    field: "/token",
  });
}

function summaryOf({ brand, lastFour, expiry }: SavedCard): CardSummary {
  return { brand: brand ?? "card", firstSix: null, lastFour: lastFour ?? "", expiry };
}

/**
 * Charges a saved card without its customer: on the transaction of the charge they consented at, under the attempt's
 * own id. It holds until it is captured on its own transaction, which an automatic payment does at once.
 */
export async function chargeSavedCard(ports: ChargesSavedCards, wanted: CreatePayment, key: KeyRow): Promise<Payment> {
  const { payments, chance, clock, inFlight } = ports;
  const card = await cardOf(ports, wanted.token, wanted);
  const asked = { ...wanted, methods: ["token"] as const };
  const made = await payments.create(
    (given) => newPayment(ports, asked, given),
    ({ id }) => key(id),
  );
  const attempt = chance.id("att");
  const terms = {
    ...BY_CUSTOMER,
    method: "token",
    card: summaryOf(card),
    token: card.id,
    initiator: "merchant",
  } as const;
  const begun = await payments.decide(made.id, (state, given) => startAttempt(state, { ...terms, id: attempt }, given));
  const checkoutExpiresAt = clock.now().getTime() + CHECKOUT_LIFE;
  const sent = {
    attempt,
    transactionId: null,
    merchantTransactionId: attempt,
    checkoutExpiresAt,
    madeOn: card.transactionId,
  };
  const submitted = "refused" in begun ? begun : await recordSubmission(ports, begun.payment, sent);
  if (!("refused" in submitted)) {
    const call = at(ports.sibs, made).chargeSavedCard(card.transactionId, {
      merchantTransactionId: attempt,
      amount: made.amount,
      description: descriptionOf(made),
      originalDatetime: card.consentedAt,
    });
    const charge = takeOutcome(ports, { payment: made.id, attempt, transactionId: null }, call);
    if ((await inFlight.waitFor(attempt, charge)) === "timeout") {
      await payments.by(CLOCK).record(made.id, (state, given) => doubtAttempt(state, attempt, given));
    }
  }
  return captured(ports, made);
}

/** The payment once its automatic capture is done, by whichever process does it; as it is when that takes long. */
async function captured({ payments }: ReadsPayments, made: Payment): Promise<Payment> {
  for (let waited = 0; ; waited += LOOK_MS) {
    const payment = (await payments.load(made.id)) ?? made;
    const isDone = !payment.operations.some((one) => one.reason === "automatic" && one.status === "pending");
    if (isDone || waited >= CAPTURE_PATIENCE_MS) return payment;
    await pause(LOOK_MS);
  }
}
