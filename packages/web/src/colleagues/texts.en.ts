import type { ColleagueTexts } from "./texts.pt.ts";

/** What colleagues read where they sign in, in English. */
export const en: ColleagueTexts = {
  local: {
    title: "Sign in on this machine",
    why: "This link is for whoever started Caravela on this machine. You sign in as an owner, by the name “You, on this machine”.",
    signIn: "Sign in",
  },
  linkOver: {
    title: "This link is not good any more",
    why: "It is of another start, or was not copied whole. The one that is good was printed in the terminal at the last start.",
  },
  notDone: {
    title: "That was not possible",
    why: "Nothing has changed. Go back to the page you came from and try again.",
  },
};
