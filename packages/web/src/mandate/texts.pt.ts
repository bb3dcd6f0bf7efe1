import { everyPage } from "../parts/texts.pt.ts";
import { terms } from "./terms.pt.ts";
import type { ChargeOnPage, MandateScreen } from "./view.ts";

/** The page where a mandate is looked after, in European Portuguese. */
export const pt = {
  ...everyPage,
  terms,
  offline: "Sem ligação. Continuamos a tentar.",
  notSent: "Não conseguimos enviar. Carregue outra vez.",

  screens: {
    pending: {
      title: "À espera da sua autorização",
      why: () => "O pedido está na aplicação MB WAY. Enquanto não o aprovar, nada pode ser cobrado.",
    },
    active: {
      title: "Pagamento autorizado ativo",
      why: (merchant: string) => `${merchant} pode cobrar dentro do que autorizou.`,
    },
    suspended: {
      title: "Pagamento autorizado em pausa",
      why: () => "Foi posto em pausa na aplicação MB WAY: enquanto não o retomar lá, nada é cobrado.",
    },
    canceled: {
      title: "Pagamento autorizado terminado",
      why: (merchant: string) => `${merchant} já não pode cobrar nada através dele.`,
    },
    expired: {
      title: "Pagamento autorizado expirado",
      why: (merchant: string) => `O prazo terminou e ${merchant} já não pode cobrar nada através dele.`,
    },
    refused: {
      title: "Não foi autorizado",
      why: (merchant: string) => `Nada foi autorizado e ${merchant} não pode cobrar nada.`,
    },
  } satisfies Record<MandateScreen["kind"], { title: string; why: (merchant: string) => string }>,
  follow: "Ver o pedido",

  coming: {
    title: "Próximas cobranças",
    none: "Nada marcado.",
  },

  past: {
    title: "Cobranças",
    none: "Nada, até agora.",
    more: "Só mostramos as mais recentes.",
    settle: "Pagar agora",
    approve: "Aprove-a na aplicação MB WAY.",
    states: {
      paid: "Cobrado",
      refunded: "Devolvido",
      partly_refunded: "Devolvido em parte",
      on_the_way: "A caminho",
      to_approve: "Por aprovar",
      unpaid: "Por pagar",
      not_charged: "Não cobrado",
    } satisfies Record<ChargeOnPage["state"], string>,
  },

  end: {
    agreed: {
      press: "Terminar este pagamento autorizado",
      title: "Terminar este pagamento autorizado?",
      why: (merchant: string) =>
        `${merchant} deixa de poder cobrar através dele. O que já foi cobrado fica como está. Para voltar atrás, terá de autorizar de novo.`,
      yes: "Sim, terminar",
    },
    asked: {
      press: "Anular este pedido",
      title: "Anular este pedido?",
      why: (merchant: string) =>
        `${merchant} não poderá cobrar nada, mesmo que ainda aprove o pedido na aplicação MB WAY. Para voltar atrás, é preciso um novo pedido.`,
      yes: "Sim, anular",
    },
    notCharged: "Deixa de ser cobrado:",
    no: "Não, manter",
  },

  unavailable: {
    title: "De momento, não conseguimos mostrar-lhe esta página",
    why: "Nada se perdeu. Tente outra vez dentro de instantes.",
    tryAgain: "Tentar outra vez",
  },

  notFound: {
    title: "Não encontramos este pagamento autorizado",
    why: "Verifique se o endereço está completo, ou volte à loja. Na aplicação MB WAY vê todos os seus pagamentos autorizados.",
  },
};

/** What every language says, key for key. */
export type Texts = typeof pt;
