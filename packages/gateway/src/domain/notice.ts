import { lisbonText } from "@caravela/platform/lisbon";
import { eurosNumber, eurosText } from "@caravela/sibs/money";
import { tokenBlock } from "./card.ts";
import { isMandate } from "./mandate.ts";
import { hasReference, type WithReference } from "./methods/multibanco.ts";
import { meaningOf, type Outcome } from "./outcomes.ts";
import { type Notice, paymentStatusOf, shownAmount, type Transaction, tokenOf } from "./transaction.ts";

/**
 * What a notification says, member by member in the order of SIBS's own example (reference 10.4): the amount and the
 * terminal are numbers here, the merchant's id is called `transactionId`, and `inApp` is text.
 */
export function noticeContent(notice: Notice, merchantName: string, notificationID: string, at: Date): object {
  const { about, payment } = notice;
  return {
    returnStatus: returnStatusOf(about.outcome),
    paymentStatus: paymentStatusOf(about),
    ...(about.method === null ? {} : { paymentMethod: about.method }),
    transactionID: about.id,
    transactionDateTime: lisbonText(at, "seconds"),
    amount: { currency: "EUR", value: eurosNumber(shownAmount(about)) },
    merchant: {
      transactionId: about.merchantTransactionId,
      terminalId: Number(about.terminalId),
      merchantName,
      inApp: "false",
    },
    paymentType: shownPaymentType(about),
    ...paidWith(payment),
    ...(hasReference(payment) ? { paymentReference: referenceOf(payment) } : {}),
    ...(about.card?.proof ? { threeDSecure: about.card.proof } : {}),
    ...chargesOf(about),
    ...mandateBlock(notice),
    internalTransactionId: about.recipientId,
    notificationID,
  };
}

/**
 * `PREF` from the moment the reference exists (captured, reference 3.1), else the type of the checkout or operation.
 */
export function shownPaymentType(transaction: Transaction): string {
  return transaction.reference === null ? transaction.paymentType : "PREF";
}

/** The phone, or the card's token, that pays: `token` of answers and notifications alike. */
export function paidWith(payment: Transaction): { token?: PaidWith } {
  if (payment.asked !== null) return { token: { tokenType: "MobilePhone", value: payment.asked.phone } };
  const token = tokenOf(payment);
  return token === null ? {} : { token: tokenBlock(token) };
}

type PaidWith = { tokenType: string; value: string } | ReturnType<typeof tokenBlock>;

/** Of the payment that announces charges by the merchant, and of each such charge (GH-EPVC). */
function chargesOf({ method, cardTerms }: Transaction): object {
  if (cardTerms.charges === null || !isByCard(method)) return {};
  const { type, amountQualifier, schedule } = cardTerms.charges;
  return { merchantInitiatedTransaction: { type, amountQualifier, ...(schedule === null ? {} : { schedule }) } };
}

/** Whether it is paid with a card, presented or kept. */
export function isByCard(method: Transaction["method"]): boolean {
  return method === "CARD" || method === "TOKEN";
}

function returnStatusOf(outcome: Outcome): object {
  const { paymentStatus, code, description, notice } = meaningOf(outcome);
  if (code === "000") return { statusMsg: "Success", statusCode: code };
  return {
    statusMsg: paymentStatus,
    // the seed's status answers 999 beside a Timeout
    statusCode: notice?.code ?? code ?? "999",
    statusDescription: notice?.description ?? description,
  };
}

/**
 * What was done with a mandate, and how it stands then; limit and end once they are set. Amounts are text in this block
 * (GH-EPVC, reference 10.5).
 */
function mandateBlock({ about, payment, mandateAction }: Notice): object {
  if (!isMandate(payment)) return collectedBy(about);
  // an operation of payments on the creation, declined as it is, did nothing with the mandate
  const action = mandateAction ?? (isMandate(about) ? "CRTN" : null);
  if (action === null) return {};
  const { type, customerName, limit, validUntil } = payment.consent;
  const mbwayMandate = {
    mandateIdentification: payment.mandateId,
    mandateAction: action,
    mandateActionStatus: actionStatusOf(about.outcome),
    // the code of a one-click one was not met: the API's own word (inferred)
    mandateType: type === "ONECLICK" ? type : "SBSC",
    clientName: customerName,
    aliasMBWAY: payment.asked.phone,
    ...(validUntil === null ? {} : { mandateExpirationDate: validUntil }),
    ...(limit === null ? {} : { mandateAmountLimit: { value: eurosText(limit), currency: "EUR" } }),
  };
  return { mbwayMandate };
}

/**
 * Of a collection: by which mandate. Without an action, since nothing was done with it: programs in production take one
 * for a word of the mandate (inferred).
 */
function collectedBy({ kind, method, mandateId, asked }: Transaction): object {
  if (kind !== "payment" || method !== "MANDATE") return {};
  return { mbwayMandate: { mandateIdentification: mandateId, aliasMBWAY: asked?.phone } };
}

/** Done, refused by the customer, or rejected: not answered in time, or by SIBS (inferred). */
function actionStatusOf(outcome: Outcome): string {
  if (outcome === "approved") return "SCCS";
  return outcome === "refused_by_holder" ? "RFSD" : "RJCT";
}

/** In notifications the end is called `expiryDate`, in answers `expireDate` (reference §15). */
function referenceOf(payment: WithReference): object {
  const { reference, terms } = payment;
  return {
    reference: reference.number,
    entity: terms.entity,
    paymentEntity: terms.entity,
    amount: { value: eurosText(shownAmount(payment)), currency: "EUR" },
    status: reference.status,
    expiryDate: terms.validTo.toISOString(),
  };
}
