import { inBoth } from "../texts.ts";

/** What needs a person, all of it. */
export const tasksTexts = inBoth(
  {
    title: "A tratar",
    lead: "Primeiro o que espera outra pessoa, depois o que é da sua loja toda, por fim o resto, do mais recente ao mais antigo. Cada assunto sai daqui quando é tratado.",
    none: "Não há nada a tratar.",
    done: {
      task: "Ficou tratado, em seu nome.",
      resend: (count: string) =>
        count === "1" ? "1 evento vai ser reenviado." : `${count} eventos vão ser reenviados.`,
    },
    about: { list: "Lista de assuntos a tratar" },
    end: {
      title: "Dar o assunto por tratado",
      note: "O que verificou",
      noteHint: "Fica guardado com o seu nome.",
      press: "Dar por tratado",
    },
    resend: {
      title: "Reenviar os eventos por entregar",
      why: "São enviados outra vez, pela sua ordem, a este endereço. O que ele já recebeu não volta a ser enviado.",
      press: "Reenviar",
    },
    over: "Este assunto já está tratado.",
  },
  {
    title: "Needs attention",
    lead: "First what waits for a second person, then what is of all your shop, then the rest, newest first. Each is gone from here once it is dealt with.",
    none: "Nothing needs attention.",
    done: {
      task: "It is done with, under your name.",
      resend: (count) => (count === "1" ? "1 event is sent again." : `${count} events are sent again.`),
    },
    about: { list: "All that needs attention" },
    end: {
      title: "Say that it is done with",
      note: "What you looked at",
      noteHint: "It is kept with your name.",
      press: "It is done with",
    },
    resend: {
      title: "Send undelivered events again",
      why: "They are sent once more, in their order, to this address. What it took already is not sent again.",
      press: "Send again",
    },
    over: "This needs nobody any more.",
  },
);
