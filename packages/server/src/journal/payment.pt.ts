import type { Cents } from "@caravela/sibs/money";
import { maskPhone, type Phone } from "@caravela/sibs/phone";
import * as print from "@caravela/web/print";
import type { Asked } from "../domain/asked.ts";
import type { FailureReason } from "../domain/failure.ts";
import { rulesOf } from "../domain/methods/index.ts";
import type { UnpaidEnd } from "../domain/methods/types.ts";
import type { PaymentReference } from "../domain/payment/attempt.ts";
import type { Recorded, UseOfMoney } from "../domain/payment/facts.ts";
import { NO_ANSWER, type OperationReason, UNKNOWN } from "../domain/payment/operation.ts";
import type { Attention } from "../domain/payment/state.ts";
import type { CivilDate } from "../domain/plan/calendar.ts";
import type { Instant } from "../domain/time.ts";
import type { Sentences } from "./words.ts";

export const euros = (amount: Cents): string => print.euros(amount, "pt");

/** A day of the calendar. */
export const dayText = (date: CivilDate): string => print.shortDate(date, "pt");

/** The day on which something is, in Lisbon. */
const dayOf = (at: Instant): string => print.shortDay(new Date(at).toISOString(), "pt");

/** What stands in place of a text of an erased customer's. */
export const ERASED = "[apagado]";

export const phoneText = (phone: Phone | null): string => (phone === null ? ERASED : maskPhone(phone));

/** What SIBS said to an inquiry. */
export function answerOf(said: string): string {
  if (said === NO_ANSWER) return "Perguntou-se à SIBS, que não respondeu.";
  return said === UNKNOWN
    ? "Perguntou-se à SIBS, que não encontrou nada."
    : `Perguntou-se à SIBS, que respondeu: ${said}.`;
}

/** What SIBS said to one inquiry after the other, without anything new. */
export function askedBetween({ said, times }: Asked): string {
  const until = `Até então perguntou-se à SIBS ${times} vezes seguidas`;
  if (said === NO_ANSWER) return `${until}, e não respondeu.`;
  return said === UNKNOWN ? `${until}, e não encontrou nada.` : `${until}, e respondeu: ${said}.`;
}

/** A journal of a payment in Portuguese, as the shop's people read it. */
export const payment: Sentences<Recorded> = {
  payment_created: ({ payment: { amount, reference, plan } }) =>
    plan === null
      ? `Foi pedido um pagamento de ${euros(amount)}: encomenda ${reference}.`
      : `Foi criado um pagamento de ${euros(amount)} para a cobrança ${plan.period} de um plano, de ${dayText(plan.date)}: encomenda ${reference}.`,
  payment_canceled: () => "O pagamento foi cancelado.",
  payment_expired: () => "O prazo do pagamento acabou e nada foi pago.",
  attention_raised: ({ reason }) => ATTENTION[reason],
  attention_resolved: ({ note }) => `Alguém verificou e deu o assunto por resolvido: ${note ?? ERASED}`,
  card_saved: ({ card: { brand, lastFour } }) =>
    `O cartão foi guardado para mais tarde: ${brand ?? "cartão"} …${lastFour ?? "?"}.`,
  new_request_wanted: ({ method = "mbway", phone }) => {
    const by = phone === null ? `pagar por ${rulesOf(method).called.pt}` : `um novo pedido em ${phoneText(phone)}`;
    return `O cliente quer ${by}: espera até a SIBS acabar com o que está em curso.`;
  },
  new_request_dropped: () => "O que o cliente queria a seguir já não é preciso, ou já não é possível.",
  charge_put_off: ({ until }) => `A próxima tentativa de cobrança espera até ${dayOf(until)}.`,
  customer_erased: () => "O cliente foi apagado: já nada se sabe dele.",
  expiry_told: () => "A referência acaba dentro de um dia e ainda ninguém a pagou.",
  charges_stopped: () => "Já não será cobrado automaticamente.",
  attempt_prepared: ({ method, phone, card }) => {
    const by = [rulesOf(method).called.pt, phone && maskPhone(phone), card && `${card.brand} …${card.lastFour}`];
    return `Começou uma tentativa de pagamento: ${by.filter(Boolean).join(", ")}.`;
  },
  attempt_submitted: () => "Ficou registado que se pede a cobrança à SIBS, e o pedido seguiu.",
  attempt_named: ({ transactionId }) => `Ficou a saber-se a transação da SIBS: ${transactionId}.`,
  attempt_authenticated: ({ authentication: { status } }) =>
    `O banco do cliente disse se era mesmo ele (3-D Secure): ${PROOFS[status ?? ""] ?? status ?? "nada"}.`,
  attempt_action_required: ({ action: { type } }) =>
    type === "3ds_method"
      ? "O banco do cliente examina o navegador (3-D Secure)."
      : "O banco pede ao cliente que confirme (3-D Secure).",
  attempt_action_done: ({ executed }) =>
    executed ? "O navegador fez o que o banco queria." : "Seguiu-se sem aquilo que o banco queria.",
  attempt_in_doubt: () => "Perdeu-se a resposta da SIBS e o dinheiro pode ter saído: pergunta-se à SIBS até se saber.",
  attempt_not_arrived: () => "A SIBS diz que o pedido ainda não chegou.",
  attempt_not_found: ({ control }) =>
    `A SIBS não encontra nada desta tentativa, e encontra ${control}, que foi enviado depois.`,
  attempt_fell_back: ({ phone }) => `A SIBS não cobrou por si e pergunta ao cliente em ${phoneText(phone)}.`,
  attempt_pending: ({ reference }) =>
    reference === null ? "A SIBS recebeu o pedido e espera." : madeReference(reference),
  attempt_approved: (line) =>
    `${line.saidBy === undefined ? "" : "Conforme foi decidido: "}${approved(line, line.hold)}`,
  attempt_ended: ({ status, failure }) =>
    `A tentativa acabou sem dinheiro (${ENDS[status]}): ${FAILURES[failure.reason]}`,
  attempt_settled: ({ outcome, note }) =>
    `Alguém decidiu que ${outcome === "approved" ? "foi paga" : "não foi paga"}: ${note ?? ERASED}`,
  attempt_proved: () => "A própria SIBS diz agora o que tinha sido decidido.",
  attempt_refuted: ({ failure }) =>
    `O que contava como pago não o foi: o dinheiro sai dos totais. ${FAILURES[failure.reason]}`,
  attempt_notified: ({ paid }) =>
    paid
      ? "A SIBS avisou que foi pago: pergunta-se à SIBS se é assim."
      : "A SIBS avisou de alguma coisa que não é um pagamento: pergunta-se à SIBS como está.",
  attempt_notification_refuted: ({ said }) => `Apesar do aviso da SIBS, não houve dinheiro: ${said}.`,
  reference_found: ({ reference }) => `${madeReference(reference)} Contava como nunca criada.`,
  attempt_asked: ({ said, unreadable }) =>
    unreadable === true ? `${answerOf(said)} O montante não se consegue ler.` : answerOf(said),
  cancellation_wanted: () => "A referência vai ser anulada na SIBS.",
  cancellation_sent: () => "Pediu-se à SIBS que anule a referência.",
  cancellation_dropped: () => "A referência já não é anulada.",
  cancellation_done: () => "A SIBS anulou a referência.",
  operation_requested: ({ operation, amount, reason, requestedBy }) => {
    const begun = `${the(operation)} de ${euros(amount)} começou: ${REASONS[reason]}.`;
    return requestedBy == null ? begun : `${begun} Foi pedido por ${requestedBy.name} e aprovado por outra pessoa.`;
  },
  operation_sent: ({ operation }) => `Ficou registado o envio (${lower(operation)}), e seguiu.`,
  operation_postponed: ({ operation, until }) =>
    `A SIBS ainda não aceitou (${lower(operation)}): volta a ser enviado em ${dayOf(until)}.`,
  operation_in_doubt: ({ operation }) =>
    `Perdeu-se a resposta da SIBS, e ${lower(operation)} pode ter sido feito: pergunta-se à SIBS até se saber.`,
  operation_not_found: ({ operation, control }) =>
    `A SIBS não encontra ${lower(operation)}, e encontra ${control}, que foi enviado depois.`,
  operation_notified: ({ operation }) => `A SIBS avisou sobre ${lower(operation)}: pergunta-se à SIBS como está.`,
  operation_asked: ({ said }) => answerOf(said),
  operation_succeeded: ({ operation }) => `${the(operation)} está feito.`,
  operation_failed: ({ operation, failure, again }) => {
    const anew = again === undefined ? "" : " Volta a ser tentado automaticamente.";
    return `${the(operation)} não foi feito: ${FAILURES[failure.reason]}${anew}`;
  },
  operation_settled: ({ operation, outcome, note }) =>
    `Alguém decidiu que ${lower(operation)} ${outcome === "done" ? "foi feito" : "não foi feito"}: ${note ?? ERASED}`,
  operation_proved: () => "A própria SIBS diz agora o que tinha sido decidido.",
  operation_needs_person: ({ operation }) =>
    `Durante um dia ninguém soube dizer o que aconteceu (${lower(operation)}): alguém tem de verificar.`,
};

/** How a try ended without money. */
const ENDS: Readonly<Record<UnpaidEnd, string>> = {
  declined: "recusada",
  timed_out: "sem resposta a tempo",
  expired: "fora de prazo",
  canceled: "cancelada",
  failed: "falhou",
};

/** What 3-D Secure's letters say of whether it was the customer. */
const PROOFS: Readonly<Record<string, string>> = {
  Y: "era",
  A: "tentou, e não o pôde confirmar",
  N: "não era",
  U: "não conseguiu saber",
  R: "recusa",
};

export const ATTENTION: Readonly<Record<Attention["reason"], string>> = {
  amount_differs: "A SIBS cobrou um montante diferente do pedido: alguém tem de verificar.",
  taken_back: "A SIBS já não diz que foi pago: alguém tem de verificar.",
  in_doubt: "Durante um dia ninguém soube dizer o que aconteceu à tentativa de pagamento: alguém tem de verificar.",
  proved_after_all:
    "A SIBS diz o contrário do que tinha sido decidido, e os totais são os que a SIBS diz: alguém tem de verificar.",
  not_taken: "A SIBS falhou repetidamente o que tem de acontecer automaticamente: alguém tem de verificar.",
};

const REASONS: Readonly<Record<OperationReason, string>> = {
  requested: "foi pedido",
  automatic: "o dinheiro estava cativo e é cobrado automaticamente",
  late: "o dinheiro chegou quando o pagamento já tinha acabado, e é devolvido",
  duplicate: "o pagamento já estava pago, e o dinheiro é devolvido",
  returned: "é devolvido dinheiro que não está em nenhum total",
};

const KINDS: Readonly<Record<string, string>> = { cap: "o recebimento", can: "o cancelamento", rfd: "o reembolso" };

const lower = (operation: string): string => KINDS[operation.split("_", 1)[0] ?? ""] ?? "o pedido";
const the = (operation: string): string => lower(operation).replace("o", "O");

function approved(use: UseOfMoney, hold: boolean): string {
  if (use.for === "other_amount") {
    return `A SIBS cobrou ${use.amount === null ? "um montante que não se consegue ler" : euros(use.amount)}, e não o que foi pedido.`;
  }
  const came = hold ? `Ficaram cativos ${euros(use.amount)}` : `Foram pagos ${euros(use.amount)}`;
  if (use.for === "payment") return `${came}.`;
  return use.for === "late"
    ? `${came}, quando o pagamento já tinha acabado: o dinheiro é devolvido.`
    : `${came}, quando o pagamento já estava pago: o dinheiro é devolvido.`;
}

function madeReference({ entity, reference, expiresAt }: PaymentReference): string {
  return `A SIBS criou a referência ${entity} ${reference}, válida até ${dayOf(expiresAt)}.`;
}

/** Why something failed, as the shop's people read it. */
export const FAILURES: Readonly<Record<FailureReason, string>> = {
  declined_by_customer: "O cliente recusou o pedido na aplicação MB WAY.",
  not_answered: "O cliente não respondeu ao pedido a tempo.",
  unknown_phone: "Este número de telemóvel não tem MB WAY.",
  invalid_phone: "A SIBS não aceita este número de telemóvel.",
  insufficient_funds: "O cartão do cliente não tem saldo para este montante.",
  declined: "O pagamento foi recusado.",
  authentication_failed: "O banco do cliente não conseguiu confirmar que era ele.",
  wrong_code: "O código de segurança do cartão está errado.",
  card_expired: "O cartão está fora de prazo.",
  card_refused: "O banco do cliente recusa este cartão.",
  issuer_unavailable: "Não se consegue contactar o banco do cliente.",
  technical: "O pagamento falhou por uma razão técnica; nada foi cobrado.",
  not_sent: "O pedido não chegou à SIBS; nada foi cobrado.",
  reference_expired: "A referência acabou sem ser paga.",
  left_for_another_method: "A referência foi anulada antes de ser paga.",
  settled_not_done: "Alguém da loja decidiu que não aconteceu.",
  done_before: "Não foi enviado: um anterior, que contava como nunca enviado, afinal foi feito.",
  not_taken: "A SIBS não o fez, por uma razão técnica; nenhum dinheiro saiu.",
  capture_refused: "A SIBS recusou o recebimento.",
  cancellation_refused: "A SIBS recusou o cancelamento.",
  refund_refused: "A SIBS recusou o reembolso.",
  already_refunded: "A SIBS diz que este pagamento já foi reembolsado.",
  card_no_longer_valid: "O cartão do pagamento MB WAY já não é válido: devolva o dinheiro de outra forma.",
  mandate_refused: "A SIBS não cobrou o pagamento autorizado: não está ativo, acabou, ou o seu limite não o permite.",
  unknown_mandate: "A SIBS não conhece este pagamento autorizado.",
};
