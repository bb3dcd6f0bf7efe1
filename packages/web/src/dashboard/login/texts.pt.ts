import type { LoginProblem, Role } from "./view.ts";

/** The pages of signing in, in European Portuguese. */
export const pt = {
  dashboard: "Painel de pagamentos",
  through: "Pagamentos tratados pela Caravela, através da SIBS.",

  signIn: {
    title: "Entrar",
    why: "Entra-se com uma chave de acesso: a impressão digital, o rosto ou o PIN do seu aparelho. Não há palavras-passe.",
    press: "Entrar com chave de acesso",
    signOn: "Entrar com a conta da empresa",
    lost: "Perdeu a sua chave de acesso, ou é a primeira vez? Peça um novo link a quem gere o painel.",
    signedOut: "A sua sessão terminou.",
  },

  invitation: {
    title: (name: string) => `Olá, ${name}`,
    why: (merchant: string) => `Recebeu um convite para o painel de ${merchant}, como:`,
    left: (minutes: number) =>
      minutes <= 1 ? "Este link serve durante mais um minuto." : `Este link serve durante mais ${minutes} minutos.`,
    how: "Crie agora a sua chave de acesso. Fica neste aparelho, ou no telemóvel ou na pen de segurança que escolher, e é com ela que entra daqui em diante.",
    press: "Criar a chave de acesso e entrar",
  },

  gone: {
    title: "Este link já não serve",
    why: "Serve uma só vez, e durante quinze minutos. Peça um novo a quem gere o painel; se já criou a sua chave de acesso, é só entrar.",
    signIn: "Entrar",
  },

  touch: {
    title: "Confirme a sua identidade",
    why: "O que vai fazer mexe com dinheiro ou com acessos. Confirme com a sua chave de acesso; vale durante cinco minutos.",
    press: "Confirmar com chave de acesso",
    signOn: "Entrar de novo com a conta da empresa",
    back: "Voltar sem confirmar",
  },

  passkeys: {
    title: "As suas chaves de acesso",
    why: "Tenha pelo menos duas, em aparelhos diferentes: se perder um, entra com o outro.",
    created: (day: string) => `Criada em ${day}`,
    used: (day: string) => `usada em ${day}`,
    unused: "ainda não usada",
    remove: "Remover",
    removeOne: (name: string) => `Remover ${name}`,
    add: "Criar outra",
    name: "Nome",
    nameHint: "Para a reconhecer. Por exemplo, Portátil da loja",
    confirm: "Confirmar que sou eu, para criar outra",
    press: "Criar a chave de acesso",
    back: "Voltar ao painel",
  },

  signedOn: {
    title: "Entrou",
    why: "O painel abre já a seguir.",
    goOn: "Abrir o painel",
  },

  roles: {
    viewer: { name: "Consulta", may: "Vê pagamentos e o que lhes aconteceu, sem dados pessoais por inteiro." },
    support: { name: "Apoio ao cliente", may: "Vê tudo de um pagamento e ajuda quem paga." },
    refunder: { name: "Reembolsos", may: "Ajuda quem paga, reembolsa e recebe o que está cativo." },
    accountant: { name: "Contabilidade", may: "Consulta e exporta contas, e não mexe em pagamentos." },
    owner: { name: "Responsável", may: "Faz tudo, incluindo pessoas, chaves e definições." },
  } satisfies Record<Role, { name: string; may: string }>,

  problems: {
    no_answer: "A resposta do seu aparelho não chegou. Carregue outra vez.",
    refused: "Essa chave de acesso não foi aceite. Experimente de novo, ou peça um novo link a quem gere o painel.",
    too_late: "Demorou demasiado, ou a resposta já tinha sido usada. Carregue outra vez.",
    too_many: "Demasiadas tentativas a partir daqui. Espere uns minutos.",
    too_many_passkeys: "Já tem vinte chaves de acesso: remova uma que não use.",
    known: "Essa chave de acesso já existe.",
    last: "É a sua única chave de acesso: crie outra antes de a remover.",
    not_signed_on: "A conta da empresa não confirmou quem é. Experimente de novo.",
    no_role: "A sua conta da empresa não tem nenhuma função neste painel. Fale com quem gere as contas.",
  } satisfies Record<LoginProblem, string>,

  /** What only the browser finds out. */
  found: {
    dismissed: "Nada foi confirmado: fechou a janela, ou passou o tempo. Carregue outra vez.",
    known: "Este aparelho já tem uma chave de acesso sua. Entre com ela, ou crie esta noutro aparelho.",
    unsupported:
      "Este navegador não suporta chaves de acesso. Use uma versão recente do Chrome, do Edge, do Firefox ou do Safari.",
    too_many: "Demasiadas tentativas a partir daqui. Espere uns minutos.",
    gone: "Esta página já não serve. Abra-a de novo.",
    away: "Sem resposta do servidor. Carregue outra vez.",
  },

  impossible: {
    script:
      "As chaves de acesso precisam de JavaScript, que este navegador tem desligado. Ligue-o para este sítio e abra a página de novo.",
    elsewhere: "As chaves de acesso servem só no nome do servidor, e esta página foi aberta por outro endereço.",
    open: "Abrir a página no sítio certo",
    address:
      "Os navegadores só fazem chaves de acesso para um nome, como pagar.loja.pt, e não para um endereço de algarismos. Quem trata do servidor põe o seu nome em CARAVELA_PUBLIC_URL.",
    insecure:
      "Os navegadores só fazem chaves de acesso onde a ligação é cifrada. Quem trata do servidor serve-o por https e põe esse endereço em CARAVELA_PUBLIC_URL.",
  },
};

export type Texts = typeof pt;
