import { inBoth } from "../texts.ts";
import type { ActionKind } from "./view.ts";

interface Texts {
  /** What stands above the form. */
  readonly actions: Readonly<Record<ActionKind, { title: string; why: string; press: string }>>;
  readonly phone: string;
  readonly askedBefore: (phone: string) => string;
  readonly amount: string;
  readonly most: string;
  readonly note: string;
  readonly noteHint: string;
  readonly outcome: string;
  readonly outcomes: Readonly<Record<"approved" | "not_paid" | "done" | "not_done", string>>;
  readonly taken: string;
  readonly takenHint: string;
  readonly transaction: string;
  readonly transactionHint: string;
  readonly lookFirst: string;
}

/** What a person does with a payment, each on a page of its own. */
export const actionTexts = inBoth<Texts>(
  {
    actions: {
      ask_phone: {
        title: "Pedir no telemóvel",
        why: "O cliente recebe agora um pedido na aplicação MB WAY, e tem quatro minutos para o aprovar. Uma referência que ainda esteja por pagar é anulada primeiro.",
        press: "Enviar o pedido",
      },
      new_reference: {
        title: "Nova referência",
        why: "É feita uma referência Multibanco por este valor, que vale até o pagamento expirar. Fica na página do cliente.",
        press: "Fazer a referência",
      },
      capture: {
        title: "Receber o que está cativo",
        why: "O valor passa da conta do cliente para a loja. O que não receber continua cativo.",
        press: "Receber",
      },
      release: {
        title: "Libertar o que está cativo",
        why: "O valor volta a estar disponível para o cliente e já não pode ser recebido.",
        press: "Libertar",
      },
      cancel: {
        title: "Cancelar o pagamento",
        why: "O cliente já não o pode pagar. Uma referência é anulada na SIBS; se ainda chegar dinheiro, é devolvido como foi pedido ao criar o pagamento.",
        press: "Cancelar o pagamento",
      },
      resolve: {
        title: "Dar por resolvido",
        why: "Diz que alguém verificou este pagamento. Nada mais muda: os totais ficam como estão.",
        press: "Dar por resolvido",
      },
      settle_attempt: {
        title: "Dizer o que aconteceu à tentativa de pagamento",
        why: "Pergunta-se mais uma vez à SIBS; se ela disser o contrário, vale o que ela diz.",
        press: "Registar",
      },
      settle_operation: {
        title: "Dizer se foi feito",
        why: "Pergunta-se mais uma vez à SIBS; se ela disser o contrário, vale o que ela diz.",
        press: "Registar",
      },
      give_back: {
        title: "Devolver o dinheiro desta tentativa",
        why: "É dinheiro que não está em nenhum total do pagamento: chegou tarde, duas vezes, ou com outro valor.",
        press: "Devolver",
      },
      end_task: {
        title: "Dar o assunto por tratado",
        why: "Fica registado quem o disse, quando e porquê.",
        press: "Está tratado",
      },
    },
    phone: "Telemóvel do cliente",
    askedBefore: (phone) => `Da última vez foi pedido a ${phone}.`,
    amount: "Valor, em euros",
    most: "Tudo o que resta; escreva menos para uma parte. No máximo",
    note: "Nota",
    noteHint: "Porquê? Quem a ler daqui a um ano deve perceber.",
    outcome: "O que aconteceu?",
    outcomes: {
      approved: "Foi paga",
      not_paid: "Não foi paga",
      done: "Foi feito",
      not_done: "Não foi feito",
    },
    taken: "Se foi paga: valor pago, em euros",
    takenHint: "Como aparece no SIBS Backoffice.",
    transaction: "Transação da SIBS",
    transactionHint: "Como aparece no SIBS Backoffice, se a souber.",
    lookFirst: "Procure primeiro no SIBS Backoffice por",
  },
  {
    actions: {
      ask_phone: {
        title: "Ask a phone",
        why: "The customer gets a request in the MB WAY app now, and has four minutes to approve it. A reference that is still to be paid is withdrawn first.",
        press: "Send the request",
      },
      new_reference: {
        title: "New reference",
        why: "A Multibanco reference of this amount is made, good until the payment expires. It stands on the customer's page.",
        press: "Make the reference",
      },
      capture: {
        title: "Capture what is held",
        why: "The amount goes from the customer to the shop. What you do not capture stays held.",
        press: "Capture",
      },
      release: {
        title: "Give up what is held",
        why: "The amount is the customer's again, and cannot be captured any more.",
        press: "Give it up",
      },
      cancel: {
        title: "Cancel the payment",
        why: "The customer cannot pay it any more. A reference is withdrawn at SIBS; should money still come, it goes back or is accepted, as was asked for when the payment was made.",
        press: "Cancel the payment",
      },
      resolve: {
        title: "Say that it is resolved",
        why: "It says that somebody has looked at this payment. Nothing else changes: the sums stay as they are.",
        press: "Say that it is resolved",
      },
      settle_attempt: {
        title: "Say what became of the try to pay",
        why: "SIBS is asked once more; if it says otherwise, its word counts.",
        press: "Record it",
      },
      settle_operation: {
        title: "Say whether it was done",
        why: "SIBS is asked once more; if it says otherwise, its word counts.",
        press: "Record it",
      },
      give_back: {
        title: "Give the money of this try back",
        why: "It is money that is in none of the payment's sums: it came late, twice, or with another amount.",
        press: "Give it back",
      },
      end_task: {
        title: "Say that it is done with",
        why: "Who said so, when and why are kept.",
        press: "It is done with",
      },
    },
    phone: "The customer's phone",
    askedBefore: (phone) => `Last time ${phone} was asked.`,
    amount: "Amount, in euros",
    most: "All that is left; type less for a part. At most",
    note: "Note",
    noteHint: "Why? Whoever reads it in a year should understand.",
    outcome: "What became of it?",
    outcomes: {
      approved: "It was paid",
      not_paid: "It was not paid",
      done: "It was done",
      not_done: "It was not done",
    },
    taken: "If it was paid: the amount, in euros",
    takenHint: "As SIBS Backoffice shows it.",
    transaction: "SIBS's transaction",
    transactionHint: "As SIBS Backoffice shows it, if you know it.",
    lookFirst: "Look first in SIBS Backoffice for",
  },
);
