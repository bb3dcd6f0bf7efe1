import { cents } from "@caravela/sibs/money";
import type { Lang } from "../../lang.ts";
import { euros } from "../../parts/euros.ts";
import type { Problem } from "../api/answers.ts";

/** Why something was not done: what happened, and what to do. */
export interface Said {
  title: string;
  /** Null: the title says all. */
  what: string | null;
  /** Of what to do: the API writes English where there are no words of ours. */
  lang: Lang;
}

/** A problem of the API in words of the language; in the API's own, which are English, where there are none. */
export function problemWords(problem: Problem, lang: Lang): Said {
  const { type, title, detail, left } = problem;
  const words = (lang === "pt" ? PORTUGUESE : ENGLISH)[codeOf(type)];
  if (words === undefined)
    return { title: lang === "pt" ? "Não foi feito." : title, what: foreign(problem, lang), lang: "en" };
  const [happened, what] = words;
  const amount = left === undefined ? detail : euros(cents(left), lang);
  return { title: happened, what: what?.replace("{left}", amount) ?? null, lang };
}

/** What the API says in its own words. */
function foreign({ title, detail }: Problem, lang: Lang): string {
  return lang === "pt" ? `${title} ${detail}` : detail;
}

/** The code of a problem: what programs know it by. */
export function codeOf(type: string): string {
  return type.replace(/^.*\//, "");
}

type Words = Readonly<Record<string, readonly [string, string?]>>;

const PORTUGUESE: Words = {
  not_found: ["Não existe.", "Confirme o que procurou: pode ser de outro terminal."],
  role_missing: [
    "A sua função não o permite.",
    "Peça a um colega que o possa fazer, ou ao responsável que lhe mude a função.",
  ],
  scope_missing: ["A sua função não o permite.", "Peça a um colega que o possa fazer."],
  touch_required: ["Falta confirmar a sua identidade.", "Nada foi feito ainda: confirme com a sua chave de acesso."],
  last_owner: [
    "É a última pessoa responsável.",
    "Mais ninguém poderia o que ela pode: dê primeiro essa função a outra pessoa.",
  ],
  operator_beyond_yours: [
    "É mais do que aquilo que pode.",
    "Ninguém dá o que não tem: nem outro terminal, nem um limite maior.",
  ],
  signs_on_elsewhere: [
    "Entra pela conta da empresa.",
    "Quem o deixa entrar é o fornecedor da empresa: não precisa de link.",
  ],
  said_by_provider: [
    "O nome e a função desta pessoa vêm do fornecedor da empresa.",
    "Altere-os lá: valem quando ela voltar a entrar. Para lhe retirar já o acesso, remova-a.",
  ],
  second_person: ["Tem de ser outra pessoa.", "Quem pediu não pode aprovar: peça a um colega."],
  only_requester: ["Só quem pediu este reembolso o retira.", "Recuse-o, se não deve ser feito."],
  approval_over: [
    "Este pedido já foi decidido, ou o prazo acabou.",
    "Veja o que foi decidido; se o reembolso ainda é preciso, peça-o outra vez.",
  ],
  requester_gone: ["Quem pediu este reembolso já não o pode pedir.", "Recuse-o: quem o quiser pede-o outra vez."],
  refund_limit: [
    "Ultrapassa o que pode reembolsar.",
    "Ainda pode reembolsar {left}. Reembolse menos, ou peça a um colega com um limite maior.",
  ],
  nothing_to_refund: [
    "Não há nada para reembolsar.",
    "Nada foi recebido, ou já está tudo reembolsado ou em reembolso.",
  ],
  capture_limit: [
    "Ultrapassa o que pode receber.",
    "Ainda pode receber {left}. Receba menos, ou peça a um colega com um limite maior.",
  ],
  refund_exceeds_captured: [
    "O reembolso é maior do que o que resta.",
    "Veja no pagamento quanto ainda se pode reembolsar.",
  ],
  nothing_to_capture: ["Não há nada para receber.", "Nada está cativo, ou já foi tudo recebido ou libertado."],
  capture_exceeds_authorized: ["É mais do que está cativo."],
  capture_refused: ["A SIBS recusou o recebimento."],
  nothing_to_cancel: ["Não há nada para libertar."],
  cancellation_exceeds_authorized: ["É mais do que está cativo."],
  cancellation_refused: ["A SIBS recusou libertar o dinheiro."],
  payment_already_paid: ["O pagamento já está pago.", "Para devolver o dinheiro, reembolse-o."],
  payment_canceled: ["O pagamento está cancelado."],
  payment_expired: ["O prazo do pagamento acabou."],
  payment_needs_attention: ["O pagamento precisa que alguém o veja primeiro.", "Compare-o com o SIBS Backoffice."],
  attempt_in_progress: ["Há uma tentativa de pagamento em curso.", "Espere que acabe e volte a tentar."],
  attempt_in_doubt: ["Ainda não se sabe se uma tentativa anterior foi paga.", "Espere que a SIBS o diga. Não repita."],
  attempt_over: ["A tentativa já acabou.", "Veja como está o pagamento."],
  attempt_not_approved: ["Esta tentativa não recebeu dinheiro que se possa devolver."],
  attempt_in_sums: ["O dinheiro desta tentativa está nos totais do pagamento.", "Reembolse antes o pagamento."],
  return_exceeds_taken: ["É mais do que a tentativa recebeu."],
  operation_not_in_doubt: ["Já se sabe o que aconteceu.", "Veja como está o pagamento."],
  contradicted_by_sibs: [
    "A SIBS diz o contrário.",
    "Ficou registado o que a SIBS diz: veja a cronologia do pagamento.",
  ],
  customer_live: ["Ainda há algo deste cliente que não acabou.", "Acabe primeiro o que segue, e apague outra vez."],
  mandate_over: ["O pagamento autorizado já acabou.", "Peça um novo ao cliente."],
  plan_over: ["O plano já acabou."],
  plan_exceeds_limit: ["É mais do que o limite que o cliente definiu.", "O cliente pode subi-lo na aplicação MB WAY."],
  charge_not_next: ["Essa cobrança já não é a próxima.", "Veja o calendário e comece de novo."],
  no_attention: ["Já não precisa de ninguém.", "Alguém o resolveu, ou ficou a saber-se o que aconteceu."],
  sibs_unavailable: ["Não é possível consultar a SIBS neste momento.", "Nada mudou. Tente outra vez daqui a pouco."],
  customer_erased: ["O cliente deste pagamento foi apagado."],
  terminal_not_served: ["O terminal deste pagamento não está configurado neste servidor."],
  idempotency_in_flight: [
    "O primeiro envio ainda está a ser tratado.",
    "Não repita: veja o pagamento daqui a momentos.",
  ],
  idempotency_key_reused: [
    "Este formulário já tinha sido enviado com outros dados.",
    "Veja no pagamento o que foi feito antes de começar de novo.",
  ],
  busy: ["Outra pessoa está a mudar o mesmo neste momento.", "Nada mudou. Tente outra vez."],
  unavailable: [
    "O servidor não consegue responder agora.",
    "Tente outra vez daqui a pouco: o mesmo formulário nunca é executado duas vezes.",
  ],
  internal_error: [
    "Algo correu mal do nosso lado.",
    "Tente outra vez: o mesmo formulário nunca é executado duas vezes.",
  ],
  foreign_site: ["O pedido veio de outra página.", "Abra o painel e faça-o a partir daqui."],
  too_many_requests: ["Foram demasiados pedidos em pouco tempo.", "Espere um minuto."],
  too_many_attempts: ["Este pagamento já foi tentado demasiadas vezes.", "Faça um pagamento novo."],
  too_many_plans: ["Este pagamento autorizado já tem demasiados planos.", "Acabe um que já não seja preciso."],
  mandate_in_progress: ["Este pagamento autorizado já está a ser pedido ao cliente.", "Espere pela resposta dele."],
  method_not_served: ["Esta forma de pagar não existe neste servidor.", "Escolha outra."],
  method_not_offered: ["Este pagamento não aceita esta forma de pagar.", "Escolha outra, ou faça um pagamento novo."],
  method_cannot_hold: ["Esta forma de pagar não pode cativar dinheiro.", "Escolha outra forma de pagar."],
  amount_beyond_method: ["Este valor não se pode pagar desta forma.", "Escolha outra forma de pagar, ou outro valor."],
  not_possible: ["Não pode ser assim.", "Confirme o que está marcado."],
  card_not_valid: ["O cartão não serve como foi escrito."],
  too_many_card_tries: ["Foram demasiadas tentativas com cartão.", "Espere uma hora, ou sugira outra forma de pagar."],
  phone_asked_too_often: [
    "Este telemóvel recebeu demasiados pedidos em poucos minutos.",
    "O cliente não recebeu este. Espere alguns minutos, ou sugira outra forma de pagar.",
  ],
  customer_missing: ["Falta dizer de quem é o cartão."],
  unknown_token: ["Este cartão guardado não existe."],
  mandate_not_periodic: ["O cliente só autorizou compras avulsas.", "Um plano precisa de uma autorização periódica."],
  unknown_mandate: ["Este pagamento autorizado não existe."],
  mandate_not_active: ["O pagamento autorizado não está ativo.", "Só se cobra por um que o cliente mantenha ativo."],
  unauthorized: ["A sua sessão acabou.", "Entre outra vez."],
  person_needed: ["Só uma pessoa o pode fazer.", "Entre no painel."],
  key_of_one_terminal: ["É de todo o servidor, e o seu acesso é de um só terminal."],
  key_beyond_yours: ["É mais do que aquilo que pode.", "Ninguém dá a uma chave o que não tem."],
  passkey_refused: ["A resposta da chave de acesso não foi aceite.", "Tente outra vez, dentro de cinco minutos."],
  no_passkey: ["Não tem uma chave de acesso para confirmar.", "Entre outra vez pela conta da empresa."],
  passkey_known: ["Esta chave de acesso já é conhecida.", "Crie outra, noutro aparelho."],
  last_passkey: ["É a sua única chave de acesso.", "Crie primeiro outra: sem nenhuma não poderia entrar."],
  too_many_passkeys: ["Tem demasiadas chaves de acesso.", "Remova uma que já não use."],
  passkeys_impossible: ["Não pode haver chaves de acesso no endereço deste servidor."],
  too_many_tries: ["Foram demasiadas tentativas.", "Espere um pouco e tente outra vez."],
  malformed_body: ["O que foi enviado não se consegue ler."],
  malformed_url: ["Este endereço não se consegue ler."],
  url_too_long: ["Este endereço é demasiado longo."],
  unsupported_media_type: ["O que foi enviado não se consegue ler."],
  invalid_request: ["Há algo que não pode ser assim.", "Confirme o que está marcado."],
  body_too_large: ["O texto é demasiado longo."],
};

const ENGLISH: Words = {
  customer_live: ["Something of this customer is not over yet.", "End first what follows, and erase again."],
  second_person: ["It must be somebody else.", "Whoever asked for a refund does not decide about it: ask a colleague."],
  touch_required: ["It must be sure that it is you.", "Nothing was done yet: confirm with your passkey."],
  refund_limit: [
    "That is more than you may refund.",
    "You can still refund {left}. Refund less, or ask a colleague who has a higher limit.",
  ],
  capture_limit: [
    "That is more than you may capture.",
    "You can still capture {left}. Capture less, or ask a colleague who has a higher limit.",
  ],
  refund_exceeds_captured: [
    "That is more than is left to refund.",
    "The payment's page says how much can still be refunded.",
  ],
  not_found: ["There is no such thing.", "Check what you looked for: it may be of another terminal."],
  scope_missing: ["Your role does not allow this.", "Ask a colleague who may."],
  unavailable: ["The server cannot answer now.", "Try again shortly: the same form is never carried out twice."],
  internal_error: ["Something went wrong on our side.", "Try again: the same form is never carried out twice."],
  idempotency_in_flight: [
    "The first press is still being carried out.",
    "Do not repeat it: look at the payment in a moment.",
  ],
  idempotency_key_reused: [
    "This form had been sent before with something else in it.",
    "See on the payment what was done before you begin anew.",
  ],
  foreign_site: ["This came from another page.", "Open the dashboard and do it from here."],
};
