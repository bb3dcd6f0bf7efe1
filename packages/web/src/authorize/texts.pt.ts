import { terms } from "../mandate/terms.pt.ts";
import { everyPage } from "../parts/texts.pt.ts";
import type { AuthorizeScreen, RefusalReason } from "./view.ts";

/** The page where a mandate is agreed to, in European Portuguese. */
export const pt = {
  ...everyPage,
  terms,
  offline: "Sem ligação. Continuamos a tentar; o seu pedido não se perde.",
  notSent: "Não conseguimos enviar. Carregue outra vez.",

  agreement: "A decisão é sempre sua",
  charges: "Ver as cobranças",

  unconfirmed: {
    title: "A confirmar o pedido",
    why: "O pedido seguiu e esperamos que a SIBS nos confirme que chegou. Costuma demorar alguns segundos; esta página atualiza-se automaticamente.",
  },

  waiting: {
    title: "Autorize na aplicação MB WAY",
    sent: (ending: string) =>
      `O pedido está no telemóvel que termina em ${ending}. Escolha lá o limite e o prazo, e aprove-o com o seu PIN.`,
    asks: (merchant: string) => `${merchant} pede-lhe que autorize`,
    ifNot: "Se não quiser, recuse-o na aplicação: nada é cobrado.",
  },

  confirming: {
    title: "A confirmar a autorização",
    why: "Passaram os quatro minutos e a SIBS ainda não nos comunicou o resultado. Se aprovou, está tudo bem: perguntamos de poucos em poucos segundos e esta página atualiza-se automaticamente.",
  },

  active: {
    title: "Autorizado. Obrigado!",
    why: (merchant: string) =>
      `A partir de agora, ${merchant} pode cobrar sem lhe pedir confirmação de cada vez, dentro do que autorizou.`,
  },

  suspended: {
    title: "Pagamento autorizado em pausa",
    why: "Foi autorizado e posto em pausa na aplicação MB WAY: enquanto não o retomar lá, nada é cobrado.",
  },

  refused: {
    refused: {
      title: "O pedido foi recusado na aplicação",
      why: (merchant: string) =>
        `Nada foi autorizado e nada foi cobrado. Se foi engano, volte a ${merchant} e peça de novo.`,
    },
    not_answered: {
      title: "O pedido não foi aprovado a tempo",
      why: (merchant: string) =>
        `Acontece. Nada foi autorizado e nada foi cobrado. Se ainda quiser, volte a ${merchant} e peça de novo.`,
    },
    unknown_phone: {
      title: "Este número não tem MB WAY",
      why: (merchant: string) =>
        `Nada foi autorizado. Volte a ${merchant} e peça de novo, com o número que tem no MB WAY.`,
    },
    withdrawn: {
      title: "O pedido foi anulado",
      why: (merchant: string) => `Foi anulado por ${merchant} ou por si. Nada foi autorizado e nada foi cobrado.`,
    },
    failed: {
      title: "Algo falhou do nosso lado",
      why: (merchant: string) =>
        `O pedido não chegou a ser feito e nada foi autorizado. Volte a ${merchant} e peça de novo.`,
    },
    other: {
      title: "Não foi possível autorizar",
      why: (merchant: string) => `Nada foi autorizado e nada foi cobrado. Fale com ${merchant} para tentar de novo.`,
    },
  } satisfies Record<RefusalReason, { title: string; why: (merchant: string) => string }>,

  over: {
    canceled: {
      title: "Pagamento autorizado terminado",
      why: (merchant: string) => `${merchant} já não pode cobrar nada através dele.`,
    },
    expired: {
      title: "Pagamento autorizado expirado",
      why: (merchant: string) => `O prazo terminou e ${merchant} já não pode cobrar nada através dele.`,
    },
  } satisfies Record<
    Extract<AuthorizeScreen, { kind: "over" }>["why"],
    { title: string; why: (merchant: string) => string }
  >,
};

/** What every language says, key for key. */
export type Texts = typeof pt;
