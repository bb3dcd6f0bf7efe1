import type { PhoneProblem } from "@caravela/sibs/phone";
import { everyPage } from "../parts/texts.pt.ts";
import { card } from "./card/texts.pt.ts";
import type { NextStep } from "./next-steps.ts";
import type { DeclineReason, PayMethod } from "./view.ts";

/** The payment page in European Portuguese. Amounts, hours and phones come in printed already. */
export const pt = {
  ...everyPage,

  offline: "Sem ligação. Continuamos a tentar; o seu pagamento não se perde.",
  notSent: "Não conseguimos enviar. Carregue outra vez: não corre o risco de pagar duas vezes.",
  or: "ou",

  methods: {
    mbway: "MB WAY",
    multibanco: "Multibanco",
    card: "Cartão",
    mandate: "Pagamento autorizado MB WAY",
  } satisfies Record<PayMethod, string>,

  choose: { title: "Como quer pagar?" },

  /** What each way is like, in a few words. */
  ways: {
    mbway: "Aprova na aplicação",
    multibanco: "Para pagar quando quiser",
    card: "Visa, Mastercard",
  },

  /** Why a way is not there: it pays other amounts than this one. */
  reach: {
    none: "Este valor não pode ser pago aqui",
    least: (way: string, least: string) => `${way}: só a partir de ${least}.`,
    most: (way: string, most: string) => `${way}: só até ${most}.`,
    both: (way: string, least: string, most: string) => `${way}: só de ${least} a ${most}.`,
  },

  youCan: (steps: string) => `Pode ${steps}.`,
  steps: {
    again: "enviar outro pedido",
    other_number: "usar outro número",
    other_card_in_app: "escolher outro cartão na aplicação MB WAY e pedir de novo",
    see_mandate: "verificar na aplicação MB WAY se está ativo e se o limite é suficiente",
    check_expiry: "verificar a validade",
    check_code: "verificar o código no cartão e tentar de novo",
    same_card: "tentar de novo",
    other_card: "usar outro cartão",
    later: "tentar de novo daqui a pouco",
    try_again: "tentar de novo",
    another_way: "pagar de outra forma",
    any_way: "escolher outra forma de pagar",
  } satisfies Record<NextStep, string>,

  nothingToChoose: {
    title: "Não precisa de fazer nada",
    why: (merchant: string) =>
      `${merchant} cobra este valor através do seu pagamento autorizado MB WAY. Aqui não há nada para escolher; esta página atualiza-se automaticamente quando estiver pago.`,
    noWay: (merchant: string) => `Por esta página não há outra forma de pagar. Fale com ${merchant}.`,
  },

  mandate: {
    phone: (ending: string) => `telemóvel que termina em ${ending}`,
    pay: (amount: string) => `Pagar ${amount} com um toque`,
    why: "Já o autorizou: não é preciso escrever nada. Só se passar do limite é que a aplicação MB WAY lhe pede que o aprove.",
    payAboveLimit: (amount: string) => `Pagar ${amount} e aprovar na aplicação`,
    gone: "Esse pagamento autorizado já não pode ser usado nesta página.",
    aboveLimit: "Este valor passa do limite que escolheu: a aplicação MB WAY vai pedir-lhe que o aprove.",
  },

  phone: {
    label: "Número de telemóvel",
    hint: "O que usa no MB WAY. Por exemplo, 919\u00a0999\u00a0999",
    pay: (amount: string) => `Pagar ${amount} com MB WAY`,
    another: "Usar outro número",
    rests: (minutes: number) =>
      `Este telemóvel recebeu demasiados pedidos em poucos minutos e por isso não enviámos outro. Espere ${minutes === 1 ? "um minuto" : `${minutes} minutos`}.`,
    problems: {
      empty: "Falta o número. Escreva os nove algarismos do seu telemóvel.",
      not_digits: "Há aqui letras ou símbolos. Escreva só os algarismos do número.",
      foreign: "Este número não é de Portugal. Escreva um telemóvel português (+351).",
      not_mobile: "Este não é um número de telemóvel. Em Portugal começam por 91, 92, 93 ou 96.",
      too_short: "Faltam algarismos. Um número de telemóvel tem nove.",
      too_long: "Há algarismos a mais. Um número de telemóvel tem nove.",
      unknown: "Este número não tem MB WAY. Confira-o, ou escreva outro.",
    } satisfies Record<PhoneProblem | "unknown", string>,
  },

  card,

  moment: {
    title: "Um momento",
    why: "Estamos a contactar o banco do seu cartão. Não feche esta página.",
    goOn: "Continuar",
  },

  challenge: {
    title: "O seu banco quer confirmar a sua identidade",
    why: "É uma proteção do seu cartão. Confirme a operação no seu banco e regressa aqui automaticamente.",
    here: "Confirmar aqui",
    atTheBank: "Continuar na página do banco",
    anotherWay: "Pagar de outra forma",
    anotherCard: "Usar outro cartão",
    back: "Voltar ao pagamento",
    dialog: "Confirme no seu banco",
    frame: "Página do seu banco",
    left: "Tempo para confirmar:",
    notShown: "A página do banco não aparece?",
  },

  waiting: {
    title: "Abra a aplicação MB WAY",
    sent: (ending: string) => `O pedido está no telemóvel que termina em ${ending}. Aprove-o com o seu PIN.`,
    sentTo: (phone: string) => `O pedido está no telemóvel ${phone}. Aprove-o com o seu PIN.`,
    asks: (merchant: string) => `${merchant} pede-lhe`,
    aboveLimit: "Este valor passa do limite do pagamento que autorizou: por isso a aplicação pede-lhe que o aprove.",
    oneWay: "Enquanto o pedido estiver no telemóvel, não fazemos outro: assim nunca paga duas vezes.",
    anotherWay: "Se o recusar na aplicação, pode escolher outra forma de pagar logo a seguir.",
  },

  confirming: {
    title: "A confirmar o pagamento",
    dontPayAgain: "Não pague outra vez.",
    why: "Passaram os quatro minutos e a SIBS ainda não nos comunicou o resultado. Se aprovou, está tudo bem: perguntamos de cinco em cinco segundos e esta página atualiza-se automaticamente.",
    again: "Enviar um novo pedido",
    againWhy: "Guardamos este pedido e só o enviamos quando for certo que o primeiro não foi pago.",
  },

  otherWay: {
    title: "Número errado? Não recebeu nada?",
    checks: [
      "Abra a aplicação MB WAY e veja os pedidos por autorizar: o pedido aparece lá, mesmo sem aviso.",
      "Confirme que o número é o que usa no MB WAY.",
      "Veja se o telemóvel tem ligação à Internet.",
    ],
    openApp: "Abrir a aplicação MB WAY",
    why: "O pedido que está no telemóvel não pode ser anulado. Se não puder começar já, a sua escolha fica guardada e avança quando for certo que o pedido não foi pago.",
    number: "Usar outro número",
    ask: "Pedir a este número",
    by: {
      mbway: "Pagar com MB WAY",
      multibanco: "Pagar por referência Multibanco",
      card: "Pagar com cartão",
      mandate: "Usar o pagamento autorizado MB WAY",
    } satisfies Record<PayMethod, string>,
    kept: {
      phone: (ending: string) => `Guardado: a seguir, o pedido vai para o telemóvel que termina em ${ending}.`,
      by: {
        mbway: "Guardado: a seguir, um novo pedido MB WAY.",
        multibanco: "Guardado: a seguir, uma referência Multibanco.",
        card: "Guardado: a seguir, pode pagar com cartão.",
        mandate: "Guardado: a seguir, pode usar o pagamento autorizado.",
      } satisfies Record<PayMethod, string>,
    },
    when: "Avança assim que for certo que o pedido atual não foi pago; se o recusar na aplicação, é logo a seguir.",
    withdraw: "Anular esta escolha",
    beside: (ending: string) =>
      `O pedido continua no telemóvel que termina em ${ending} e não pode ser anulado. Se também o aprovar, devolvemos o que pagar a mais.`,
    backToIt: "Voltar ao pedido no telemóvel",
  },

  takesLong: {
    why: (merchant: string) =>
      `Está a demorar mais do que o habitual. Continuamos a perguntar à SIBS, e pode fechar esta página. Se tiver dúvidas, fale com ${merchant} e indique este número:`,
    number: "Número do pagamento:",
    contact: (merchant: string) => `Contacto de ${merchant}:`,
  },

  unconfirmed: {
    title: "A confirmar o pagamento",
    dontPayAgain: "Não pague outra vez.",
    why: "O pedido seguiu e esperamos que a SIBS nos confirme que chegou. Costuma demorar alguns segundos; esta página atualiza-se automaticamente.",
    whyCard:
      "O banco do seu cartão ainda não nos comunicou o resultado. Perguntamos de poucos em poucos segundos e esta página atualiza-se automaticamente.",
  },

  reference: {
    choose: "Pagar por Multibanco",
    chooseWhy: "Numa caixa automática, na aplicação do banco ou no homebanking, quando lhe der jeito.",
    title: "A sua referência Multibanco",
    entity: "Entidade",
    reference: "Referência",
    amount: "Montante",
    until: "Pague até",
    lisbon: "hora de Lisboa",
    copy: "Copiar",
    copied: "Copiado",
    copiedWhat: (what: string) => `${what}: copiado.`,
    over: {
      title: "O prazo desta referência terminou",
      paid: "Se já pagou, aguarde: os bancos avisam-nos um pouco mais tarde e esta página atualiza-se automaticamente.",
      ended: (when: string) => `Terminou a ${when}, hora de Lisboa.`,
      unpaid: "Se não pagou, já não o faça: esta referência deixou de ser válida.",
    },
    how: "Escolha «Pagamento de serviços» na caixa automática, na aplicação do banco ou no homebanking.",
    weWillKnow:
      "Quando pagar, somos avisados automaticamente: não precisa de enviar comprovativo e pode fechar esta página.",
    instead: "Prefere pagar já com MB WAY?",
    insteadWhy: "Antes disso, esta referência é anulada, para não pagar duas vezes.",
  },

  declined: {
    refused: {
      title: "O pedido foi recusado na aplicação",
      why: "Nada foi cobrado.",
    },
    unknown_phone: {
      title: "Este número não tem MB WAY",
      why: "Nada foi cobrado.",
    },
    no_funds: {
      title: "Saldo insuficiente",
      why: "O banco não autorizou o pagamento e nada foi cobrado.",
    },
    mandate_refused: {
      title: "O pagamento autorizado não pôde ser usado",
      why: "Nada foi cobrado.",
    },
    card_no_funds: {
      title: "Saldo insuficiente no cartão",
      why: "O banco não autorizou o pagamento e nada foi cobrado.",
    },
    card_refused: {
      title: "O banco recusou este cartão",
      why: "Nada foi cobrado. O banco não nos diz porquê; se quiser saber, contacte-o.",
    },
    card_expired: {
      title: "O cartão está fora de validade",
      why: "Nada foi cobrado.",
    },
    card_wrong_code: {
      title: "O código de segurança não está certo",
      why: "Nada foi cobrado.",
    },
    card_issuer_unavailable: {
      title: "O banco do cartão não respondeu",
      why: "Nada foi cobrado.",
    },
    card_not_authenticated: {
      title: "O banco não conseguiu confirmar a sua identidade",
      why: "Nada foi cobrado.",
    },
    card_not_answered: {
      title: "O tempo para confirmar a sua identidade terminou",
      why: "Nada foi cobrado.",
    },
    other: {
      title: "O pagamento não foi autorizado",
      why: "Nada foi cobrado.",
    },
  } satisfies Record<DeclineReason, { title: string; why: string }>,

  notAnswered: {
    title: "O pedido não foi aprovado a tempo",
    why: "Acontece.",
    safe: "Se, ainda assim, o primeiro vier a ser cobrado, devolvemos o que for a mais.",
  },

  failed: {
    title: "Algo falhou do nosso lado",
    why: "O pedido não chegou a ser feito e nada foi cobrado.",
  },

  again: "Enviar um novo pedido",
  againTo: (ending: string) => `O pedido segue para o telemóvel que termina em ${ending}.`,

  paid: {
    title: "Pago. Obrigado!",
    to: (amount: string, merchant: string) => `${merchant} recebeu ${amount}.`,
  },

  authorized: {
    title: "Reservado. Obrigado!",
    to: (amount: string, merchant: string) =>
      `Reservámos ${amount} no seu cartão. ${merchant} cobra esse valor quando tratar da sua encomenda.`,
  },

  refunded: {
    fully: "Reembolsado",
    partly: "Reembolsado em parte",
    fullyWhy: (refunded: string) => `Devolvemos-lhe ${refunded}, para a conta com que pagou.`,
    partlyWhy: (refunded: string, amount: string) => `Devolvemos-lhe ${refunded} de um total pago de ${amount}.`,
  },

  canceled: {
    title: "Pagamento cancelado",
    why: (merchant: string) => `Já não é preciso pagar: ${merchant} cancelou este pagamento.`,
  },

  expired: {
    title: "O prazo para pagar terminou",
    uncharged: "Nada foi cobrado.",
    why: (merchant: string) => `Se ainda quer comprar, peça a ${merchant} um novo pagamento.`,
  },

  underReview: {
    title: "Estamos a analisar este pagamento",
    dontPayAgain: "Não pague outra vez.",
    why: (merchant: string) =>
      `Recebemos algo que não esperávamos e uma pessoa está a tratar disso. ${merchant} entra em contacto consigo, se for necessário.`,
  },

  givenBack: {
    pending: (amount: string) => `Recebemos indevidamente ${amount} e estamos a devolver-lhe esse valor.`,
    done: (amount: string) => `Recebemos indevidamente ${amount} e já lhe devolvemos esse valor.`,
    failed: (amount: string, merchant: string) =>
      `Recebemos indevidamente ${amount} e não conseguimos devolver-lhe esse valor. Para o receber, entre em contacto com ${merchant}.`,
  },

  cardElsewhere: {
    pay: "Continuar para pagar com cartão",
    why: "Os dados do cartão escrevem-se na página de pagamento, que se abre no lugar desta.",
  },
};

/** What every language says, key for key. */
export type Texts = typeof pt;
