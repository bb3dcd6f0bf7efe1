/** What colleagues read where they sign in, in Portuguese. */
export const pt = {
  local: {
    title: "Entrar neste computador",
    why: "Este link é de quem pôs a Caravela a funcionar neste computador. Entra como responsável, com o nome «Você, neste computador».",
    signIn: "Entrar",
  },
  linkOver: {
    title: "Este link já não serve",
    why: "É de outro arranque, ou não foi copiado por inteiro. O que serve foi escrito no terminal, no último arranque.",
  },
  notDone: {
    title: "Não foi possível",
    why: "Nada mudou. Volte à página de onde veio e tente outra vez.",
  },
};

export type ColleagueTexts = typeof pt;
