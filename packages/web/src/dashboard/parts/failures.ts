import type { Lang } from "../../lang.ts";
import { inBoth } from "../texts.ts";

/** Why something did not succeed, in words; a reason that has none here is its own name. */
export function failureWords(reason: string, lang: Lang): string {
  return FAILURES[lang][reason] ?? reason;
}

/** Every reason that the API gives. */
export const FAILURES = inBoth<Readonly<Record<string, string>>>(
  {
    declined_by_customer: "O cliente recusou na app MB WAY",
    not_answered: "O cliente não respondeu a tempo",
    unknown_phone: "O número não tem MB WAY",
    invalid_phone: "A SIBS não aceita o número",
    insufficient_funds: "Saldo insuficiente",
    declined: "Recusado",
    authentication_failed: "O banco não confirmou a identidade do cliente",
    wrong_code: "Código de segurança errado",
    card_expired: "Cartão fora de validade",
    card_refused: "O banco recusa este cartão",
    issuer_unavailable: "O banco do cliente não responde",
    technical: "Falha técnica; nada foi cobrado",
    not_sent: "O pedido não chegou à SIBS",
    reference_expired: "A referência terminou sem ser paga",
    left_for_another_method: "O cliente escolheu outra forma de pagar",
    card_no_longer_valid: "O cartão guardado já não serve",
    mandate_refused: "O pagamento autorizado foi recusado",
    unknown_mandate: "O pagamento autorizado já não existe",
    settled_not_done: "Alguém decidiu que não aconteceu",
    done_before: "Já estava feito",
    not_taken: "A SIBS não o aceitou",
    capture_refused: "A SIBS recusou o recebimento",
    cancellation_refused: "A SIBS recusou libertar o dinheiro",
    refund_refused: "A SIBS recusou o reembolso",
    already_refunded: "A SIBS já o tinha reembolsado",
  },
  {
    declined_by_customer: "The customer declined in the MB WAY app",
    not_answered: "The customer did not answer in time",
    unknown_phone: "The number has no MB WAY",
    invalid_phone: "SIBS does not accept the number",
    insufficient_funds: "Insufficient funds",
    declined: "Declined",
    authentication_failed: "The bank did not confirm the customer's identity",
    wrong_code: "Wrong security code",
    card_expired: "The card has expired",
    card_refused: "The bank refuses this card",
    issuer_unavailable: "The customer's bank does not answer",
    technical: "A technical fault; nothing was charged",
    not_sent: "The request did not reach SIBS",
    reference_expired: "The reference ended without being paid",
    left_for_another_method: "The customer chose another way to pay",
    card_no_longer_valid: "The saved card is no longer good",
    mandate_refused: "The authorised payment was refused",
    unknown_mandate: "The authorised payment is not there any more",
    settled_not_done: "A person said that it did not happen",
    done_before: "It had been done before",
    not_taken: "SIBS did not take it",
    capture_refused: "SIBS refused the capture",
    cancellation_refused: "SIBS refused to give the hold up",
    refund_refused: "SIBS refused the refund",
    already_refunded: "SIBS had refunded it already",
  },
);
