import type { HeardStatus, RecordedOfMandate } from "../domain/mandate/facts.ts";
import type { MandateType } from "../domain/mandate/state.ts";
import type { Every } from "../domain/plan/state.ts";
import { answerOf, dayText, ERASED, euros, FAILURES, phoneText } from "./payment.pt.ts";
import type { Sentences } from "./words.ts";

/** A journal of a mandate, and of its plans, in Portuguese. */
export const mandate: Sentences<RecordedOfMandate> = {
  mandate_created: ({ mandate: { type, phone, description } }) =>
    `Pede-se a ${phoneText(phone)} um pagamento autorizado, ${TYPES[type]}: ${description ?? ERASED}.`,
  mandate_named: ({ transactionId }) => `A SIBS recebeu o pedido: transação ${transactionId}.`,
  mandate_in_doubt: () =>
    "Perdeu-se a resposta da SIBS e o cliente pode ter recebido o pedido: pergunta-se à SIBS até se saber.",
  mandate_not_arrived: () => "A SIBS diz que o pedido ainda não chegou.",
  mandate_refused: ({ failure }) => `Foi recusado: ${FAILURES[failure.reason]}`,
  mandate_lapsed: ({ failure }) => `Não teve resposta a tempo: ${FAILURES[failure.reason]}`,
  mandate_heard: ({ status, limit, validUntil }) => {
    const terms = [limit !== null && `limite ${euros(limit)}`, validUntil !== null && `até ${dayText(validUntil)}`];
    return `A SIBS diz que está ${[STATUSES[status], ...terms.filter(Boolean)].join(", ")}.`;
  },
  mandate_notified: ({ action, actionStatus }) =>
    `A SIBS avisou de uma alteração (${action} ${actionStatus}): pergunta-se à SIBS como está.`,
  mandate_asked: ({ said }) => answerOf(said),
  inquiry_wanted: () => "Vai perguntar-se à SIBS como está.",
  mandate_canceled: () => "O pagamento autorizado foi terminado: já nada é cobrado.",
  cancellation_sent: () => "Pediu-se à SIBS que o termine.",
  cancellation_done: () => "A SIBS terminou-o.",
  plan_created: ({ terms: { amount, every, firstDate, endDate } }) =>
    `Foi criado um plano: ${euros(amount)} ${everyWords(every)}, desde ${dayText(firstDate)}${endDate === null ? "" : ` até ${dayText(endDate)}`}.`,
  customer_erased: () => "O cliente foi apagado: já nada se sabe dele.",
  plan_activated: () => "O plano passa a cobrar.",
  plan_paused: () => "O plano foi suspenso.",
  plan_resumed: () => "O plano continua.",
  plan_amount_changed: ({ amount, from }) => `O plano cobra ${euros(amount)} a partir da cobrança ${from}.`,
  plan_canceled: ({ reason }) =>
    reason === "requested" ? "O plano foi terminado." : "O plano terminou com o pagamento autorizado.",
  plan_ended: () => "O plano cobrou tudo o que tinha a cobrar.",
  charge_announced: ({ period, date }) => `A cobrança ${period}, de ${dayText(date)}, foi anunciada.`,
  charges_missed: ({ period, through }) =>
    period === through
      ? `A cobrança ${period} ficou por fazer: nada a pôde cobrar a tempo.`
      : `As cobranças ${period} a ${through} ficaram por fazer: nada as pôde cobrar a tempo.`,
  charge_skipped: ({ period, date }) => `A cobrança ${period}, de ${dayText(date)}, foi saltada.`,
  charge_begun: ({ period, date, payment }) =>
    `A cobrança ${period}, de ${dayText(date)}, começou: pagamento ${payment}.`,
  charge_made: ({ period, payment }) => `O pagamento ${payment} da cobrança ${period} está criado.`,
};

const TYPES: Readonly<Record<MandateType, string>> = {
  subscription: "uma subscrição",
  oneclick: "para compras sem perguntar de novo",
};

const STATUSES: Readonly<Record<HeardStatus, string>> = {
  active: "ativo",
  suspended: "suspenso",
  canceled: "cancelado",
  expired: "expirado",
};

function everyWords(every: Every): string {
  if (every === "month") return "por mês";
  return every.days === 1 ? "por dia" : `a cada ${every.days} dias`;
}
