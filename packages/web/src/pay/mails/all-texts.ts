import type { PageLang } from "../../lang.ts";
import { en } from "./texts.en.ts";
import { es } from "./texts.es.ts";
import { fr } from "./texts.fr.ts";
import { type MailTexts, pt } from "./texts.pt.ts";

/** What the server alone says, by language. */
export const mailTexts = { pt, en, es, fr } satisfies Record<PageLang, MailTexts>;
