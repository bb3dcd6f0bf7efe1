import { ATTENTION, euros } from "../journal/payment.pt.ts";
import { tellWith } from "./tell.ts";

/** What is told of tasks in Portuguese. */
export const pt = tellWith({
  attention: (reason) => ATTENTION[reason],
  attentionNext: {
    amount_differs: "Nada mais é cobrado, e nada é devolvido automaticamente.",
    taken_back: "Continua a perguntar-se à SIBS; nada é devolvido automaticamente.",
    in_doubt: "Pergunta-se à SIBS a cada hora, e acaba assim que a SIBS o diga.",
    proved_after_all: "Nada: os totais são os que a SIBS diz.",
    not_taken: "Já nada é tentado automaticamente.",
  },
  attemptInDoubt: {
    text: "Perdeu-se a resposta da SIBS a uma tentativa de pagamento, e a SIBS ainda não disse o que lhe aconteceu. Se durar, consulte o SIBS Backoffice.",
    next: "Pergunta-se à SIBS até se saber; entretanto o cliente não pode pagar de outra forma.",
  },
  operationInDoubt: {
    text: "Perdeu-se a resposta da SIBS, e a SIBS ainda não disse se foi feito. Se durar, consulte o SIBS Backoffice.",
    next: "Pergunta-se à SIBS até se saber; não volta a ser enviado.",
  },
  refundFailed: {
    text: "Um reembolso não foi feito. Devolva o dinheiro outra vez, ou de outra forma.",
    next: "Já nada é tentado automaticamente.",
  },
  captureRefused: {
    text: "Um recebimento não foi feito, e o dinheiro continua cativo. Receba-o outra vez, ou liberte-o.",
    next: "O dinheiro deixa de estar cativo quando o banco do cliente o decidir.",
  },
  moneyGivenBack: {
    late: "O dinheiro chegou quando o pagamento já tinha acabado, e foi devolvido ao cliente.",
    duplicate: "O cliente pagou duas vezes, e o segundo pagamento foi devolvido.",
  },
  chargeStopped: {
    text: "A cobrança de um plano foi recusada e já não é tentada. Peça ao cliente que pague de outra forma.",
    next: "O cliente ainda pode pagar na página do pagamento, até ao fim do prazo.",
  },
  planStopped: {
    text: "Um plano terminou porque o pagamento autorizado terminou. Peça outro ao cliente, se o plano deve continuar.",
    next: "Já nada é cobrado.",
  },
  mandateInDoubt: {
    text: "Perdeu-se a resposta da SIBS a um pedido de pagamento autorizado. Se durar, termine-o e peça outro.",
    next: "Pergunta-se à SIBS até se saber.",
  },
  eventsUndelivered: (count, anyGivenUp, anyTried) => ({
    text: `O seu endereço não recebeu eventos (${count})${anyGivenUp ? "; de alguns desistiu-se: ao fim de três dias, ou por ter respondido 410" : ""}. Verifique que responde com 2xx.`,
    next: anyTried
      ? "Aqueles de que não se desistiu voltam a ser tentados, durante três dias ao todo."
      : "Não voltam a ser tentados automaticamente.",
  }),
  endpointGone: (count) => ({
    text: `O seu endereço respondeu 410: ficou desligado, e não recebeu eventos (${count}). Registe-o outra vez, se ainda existe, ou remova-o.`,
    next: "Já nada é enviado para lá. Depois de o registar outra vez, podem voltar a ser enviados.",
  }),
  notificationsUnmatched: (count) => ({
    text: `A SIBS avisou de transações que este servidor não conhece (${count}). Pode haver outro sistema a usar o mesmo terminal, ou a base de dados foi reposta num momento anterior: \`caravela verify\` mostra-as.`,
    next: "Ficam guardadas até se conhecer a transação.",
  }),
  notificationsRefused: (count) => ({
    text: `Não foi possível abrir avisos (${count}). Se vieram da SIBS, compare o segredo do webhook, e o terminal a que pertence, com o SIBS Backoffice.`,
    next: "A SIBS volta a enviá-los durante algum tempo; pergunta-se na mesma pelos pagamentos.",
  }),
  approvalWaiting: (amount, name) => ({
    text: `${name} pediu um reembolso de ${euros(amount)}: outra pessoa tem de o aprovar, ou recusar.`,
    next: "Nada é devolvido antes de alguém o aprovar; ao fim de sete dias deixa de esperar.",
  }),
  nothing: "Nada mais acontece.",
  resend: (body) => `Enviá-los outra vez, com \`${body}\`.`,
  calls: {
    settleAttempt: "Dizer o que aconteceu à tentativa de pagamento.",
    settleOperation: "Dizer se foi feito.",
    approve: "Aprovar: o dinheiro é devolvido agora.",
    refuse: "Recusar, e dizer porquê.",
    withdraw: "Retirar o pedido: foi quem o fez.",
    resolve: "Dizer que verificou.",
    giveBack: "Devolver o dinheiro desta tentativa.",
    refund: "Reembolsar outra vez.",
    capture: "Receber outra vez.",
    giveUp: "Libertar o que está cativo.",
    journal: "Ler o que aconteceu.",
    registerEndpoint: "Registar outra vez o endereço.",
    removeEndpoint: "Deixar de enviar eventos para lá.",
    cancel: "Cancelar o pagamento.",
    endMandate: "Terminá-lo.",
    newMandate: "Pedir outro pagamento autorizado.",
    done: "Dar o assunto por tratado.",
  },
});
