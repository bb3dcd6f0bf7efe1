import { mailForm as en } from "./mail-texts.en.ts";
import { mailForm as es } from "./mail-texts.es.ts";
import { mailForm as fr } from "./mail-texts.fr.ts";
import { mailForm as pt } from "./mail-texts.pt.ts";

/** What the form of e-mail says, by language. */
export const mailForms = { pt, en, es, fr };
