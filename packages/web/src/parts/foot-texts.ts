import type { PageLang } from "../lang.ts";

/** What stands at the foot of every page. Beside the other texts, for no script has it. */
export const footTexts = {
  pt: {
    secured: "Pagamento seguro · SIBS",
    taxNumber: "NIF",
    terms: "Termos e condições",
    privacy: "Privacidade",
    complaints: "Livro de Reclamações",
  },
  en: {
    secured: "Secure payment · SIBS",
    taxNumber: "Portuguese tax number",
    terms: "Terms and conditions",
    privacy: "Privacy",
    complaints: "Complaints book",
  },
  es: {
    secured: "Pago seguro · SIBS",
    taxNumber: "NIF portugués",
    terms: "Términos y condiciones",
    privacy: "Privacidad",
    complaints: "Libro de reclamaciones",
  },
  fr: {
    secured: "Paiement sécurisé · SIBS",
    taxNumber: "NIF portugais",
    terms: "Conditions générales",
    privacy: "Confidentialité",
    complaints: "Livre de réclamations",
  },
} satisfies Record<PageLang, Record<string, string>>;
