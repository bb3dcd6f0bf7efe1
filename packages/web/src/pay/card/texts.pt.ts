import type { CardField, FieldProblem, FormProblem } from "./checks.ts";

/** What the forms for cards say, in European Portuguese. */
export const card = {
  another: "Outro cartão",
  savedWay: (count: number): string => (count === 1 ? "Cartão guardado" : "Cartões guardados"),
  number: "Número do cartão",
  expiry: "Validade",
  expiryHint: "MM/AA",
  code: "Código (CVV)",
  codeBehind: "Três algarismos, atrás do cartão",
  codeInFront: "Quatro algarismos, à frente do cartão",
  name: "Nome no cartão",
  email: "E-mail",
  emailHint: "O banco do cartão pede-o para o reconhecer.",
  billing: "Morada de faturação",
  billingHint: "O banco do cartão confere-a.",
  street: "Rua e número",
  postcode: "Código postal",
  city: "Localidade",
  country: "País",
  keep: "Guardar este cartão para a próxima vez",
  keepWhy: (merchant: string) =>
    `A SIBS guarda-o para ${merchant}: da próxima vez basta o código, e ${merchant} pode fazer as cobranças que combinar consigo.`,
  forgotten: "O número e o código seguem para a SIBS, cifrados, e não ficam guardados aqui.",
  pay: (amount: string) => `Pagar ${amount} com cartão`,
  saved: "Os seus cartões guardados",
  endingIn: "terminado em",
  until: (expiry: string) => `Válido até ${expiry}`,
  problems: {
    number: {
      empty: "Falta o número do cartão.",
      not_digits: "Há aqui letras ou símbolos. Escreva só os algarismos do cartão.",
      too_short: "Faltam algarismos. Confira o número no cartão.",
      too_long: "Há algarismos a mais. Confira o número no cartão.",
      luhn: "Há um algarismo trocado. Confira o número no cartão.",
    },
    expiry: {
      empty: "Falta a validade.",
      not_a_date: "Escreva o mês e o ano como estão no cartão, por exemplo 08/29.",
      expired: "Este cartão já passou da validade. Use outro.",
      refused: "O banco diz que este cartão já passou da validade. Confira a data.",
    },
    code: {
      empty: "Falta o código de segurança.",
      not_digits: "O código só tem algarismos.",
      too_short: "Faltam algarismos ao código.",
      too_long: "O código tem algarismos a mais.",
      refused: "O banco não reconhece este código. Confira-o no cartão.",
    },
    name: {
      empty: "Falta o nome, como está no cartão.",
      too_long: "O nome é demasiado longo: cabem 45 letras.",
      not_a_name: "Isto parece um número. Escreva aqui o nome que está no cartão.",
    },
    email: {
      empty: "Falta o e-mail.",
      not_an_address: "Este e-mail não está completo. Por exemplo, nome@exemplo.pt",
      too_long: "Este e-mail é demasiado longo.",
    },
    street1: { empty: "Falta a rua e o número.", too_long: "A rua é demasiado longa: cabem 70 letras." },
    postcode: { empty: "Falta o código postal.", too_long: "O código postal é demasiado longo." },
    city: { empty: "Falta a localidade.", too_long: "A localidade é demasiado longa: cabem 35 letras." },
    country: { empty: "Escolha um país." },
  } satisfies { [Field in CardField]: Record<FieldProblem[Field], string> },
  formProblems: {
    saved_not_here: "Esse cartão guardado já não pode ser usado aqui. Escreva os dados de um cartão.",
    too_many_tries: "Houve demasiadas tentativas com cartão. Espere uma hora antes da próxima.",
  } satisfies Record<FormProblem, string>,
};

/** What every language says of cards, key for key. */
export type CardTexts = typeof card;
