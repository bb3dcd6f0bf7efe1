import type { Approval, RefundReason } from "../api/payments.ts";
import { inBoth } from "../texts.ts";

/** Why money goes back, in the order in which it is offered. */
export const REFUND_REASONS = [
  "requested_by_customer",
  "duplicate",
  "fraudulent",
  "other",
] as const satisfies readonly RefundReason[];

/** The page on which money is given back, and that on which a second person decides. */
export const refundTexts = inBoth(
  {
    title: "Reembolsar",
    reason: "Motivo",
    reasons: {
      requested_by_customer: "O cliente pediu",
      duplicate: "Foi pago em duplicado",
      fraudulent: "Suspeita de fraude",
      other: "Outro",
    } satisfies Record<RefundReason, string>,
    note: "Nota para os colegas",
    noteHint: "O cliente não a vê.",
    press: "Reembolsar",
    sees: "O que o cliente vê",
    when: "Assim que a SIBS o fizer, em geral de imediato; o banco do cliente pode demorar alguns dias a mostrá-lo.",
    doubt:
      "Há um reembolso em dúvida: perdeu-se a resposta da SIBS, e pode ter sido feito. Não repita: espere que a SIBS o diga, ou diga o que aconteceu.",
    second: "Um reembolso grande pode ter de esperar que outra pessoa o aprove: nada sai antes disso.",
    nothing: "Não há nada para reembolsar.",
    approval: {
      title: "Aprovar um reembolso",
      request: "Pedido de reembolso",
      asked: "Pedido por",
      at: "Pedido em",
      until: "Válido até",
      amount: "Valor",
      status: "Estado",
      press: "Aprovar e reembolsar",
      refuse: "Recusar o reembolso",
      refuseNote: "Motivo da recusa",
      own: "O pedido é seu: quem decide é um colega. Se já não o quer, retire-o: nada sai.",
      withdraw: "Retirar o pedido",
      states: {
        waiting: "À espera de aprovação",
        approved: "Aprovado",
        refused: "Recusado",
        withdrawn: "Retirado por quem o pediu",
        expired: "Expirado",
      } satisfies Record<Approval["status"], string>,
      decided: "Decidido por",
      why: "Motivo da recusa",
      waiting: (amount: string, name: string) =>
        `Um reembolso de ${amount}, pedido por ${name}, espera que outra pessoa o aprove.`,
      open: "Ver o pedido",
    },
  },
  {
    title: "Refund",
    reason: "Reason",
    reasons: {
      requested_by_customer: "The customer asked for it",
      duplicate: "It was paid twice",
      fraudulent: "Suspected fraud",
      other: "Another",
    },
    note: "Note for colleagues",
    noteHint: "The customer does not see it.",
    press: "Refund",
    sees: "What the customer sees",
    when: "As soon as SIBS has done it, mostly at once; the customer's bank may take some days to show it.",
    doubt:
      "A refund is in doubt: SIBS's answer was lost, and it may have been done. Do not repeat it: wait until SIBS says, or say what became of it.",
    second: "A large refund may have to wait for a second person to approve it: nothing goes out before.",
    nothing: "There is nothing to refund.",
    approval: {
      title: "Approve a refund",
      request: "Request for a refund",
      asked: "Asked for by",
      at: "Asked for",
      until: "Good until",
      amount: "Amount",
      status: "Status",
      press: "Approve and refund",
      refuse: "Refuse the refund",
      refuseNote: "Reason for refusing it",
      own: "It was you who asked for it: a colleague decides. If you want it no more, withdraw it: nothing goes out.",
      withdraw: "Withdraw the request",
      states: {
        waiting: "Waits for approval",
        approved: "Approved",
        refused: "Refused",
        withdrawn: "Withdrawn by whoever asked",
        expired: "Expired",
      },
      decided: "Decided by",
      why: "Reason for refusing it",
      waiting: (amount, name) =>
        `A refund of ${amount} that ${name} asked for waits for a second person to approve it.`,
      open: "See the request",
    },
  },
);
