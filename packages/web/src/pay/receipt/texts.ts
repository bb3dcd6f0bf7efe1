import { receipt as en } from "./texts.en.ts";
import { receipt as es } from "./texts.es.ts";
import { receipt as fr } from "./texts.fr.ts";
import { receipt as pt } from "./texts.pt.ts";

/** What stands around a receipt or a reference, by language. */
export const receiptTexts = { pt, en, es, fr };
