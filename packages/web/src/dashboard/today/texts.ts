import { inBoth } from "../texts.ts";

/** `2026-11-08` → `8`. */
export function dayOfMonth(day: string): string {
  const [, , number] = day.split("-");
  return String(Number(number));
}

/** So long, in the largest unit that says it. */
interface Lasting {
  readonly value: number;
  readonly unit: "seconds" | "minutes" | "hours" | "days";
}

/** Some seconds, for people: as much as a glance needs. */
export function lasting(seconds: number): Lasting {
  if (seconds < 90) return { value: seconds, unit: "seconds" };
  if (seconds < 90 * 60) return { value: Math.round(seconds / 60), unit: "minutes" };
  if (seconds < 36 * 3_600) return { value: Math.round(seconds / 3_600), unit: "hours" };
  return { value: Math.round(seconds / 86_400), unit: "days" };
}

/** The first screen of a day. */
export const todayTexts = inBoth(
  {
    title: "Hoje",
    taken: "Recebido",
    refunded: "Reembolsado",
    payments: (count: number) => (count === 1 ? "1 pagamento" : `${count} pagamentos`),
    nothingTaken: "Ainda nada foi recebido hoje.",
    against: (day: string) => `${day}, dia inteiro`,
    more: (percent: number) => (percent === 0 ? "o mesmo" : percent > 0 ? `mais ${percent} %` : `menos ${-percent} %`),
    byMethod: "Por forma de pagamento",
    fortnight: "Os últimos quinze dias",
    asTable: "Em tabela",
    day: "Dia",
    references: "Referências por pagar",
    referencesHint: "Pelo dia em que terminam",
    noReferences: "Nenhuma referência está por pagar.",
    referencesOf: (count: number) => (count === 1 ? "1 referência" : `${count} referências`),
    failures: "Porque falharam as tentativas",
    failuresHint: "Nos últimos sete dias",
    noFailures: "Nenhuma tentativa falhou.",
    health: "Funcionamento",
    well: "Está tudo bem",
    notWell: "Nem tudo está bem",
    healthOf: {
      sibs: "A SIBS responde",
      sibsIn: (median: string, slowest: string) => `em ${median}, no máximo ${slowest}`,
      noCalls: "nada lhe foi perguntado nos últimos cinco minutos",
      refused: (percent: string) => `${percent} % recusadas ou sem resposta`,
      spared: (terminals: string) => `chamadas suspensas por agora, para não a sobrecarregar (terminal ${terminals})`,
      notified: "Última notificação da SIBS",
      never: "nunca",
      ago: (time: string) => `há ${time}`,
      due: "Trabalho à espera",
      nothingDue: "nenhum",
      dueFor: (time: string) => `o mais antigo há ${time}`,
      events: "Eventos para a loja",
      allDelivered: "todos entregues",
      undelivered: (count: number) => `${count} por entregar`,
      doubts: "Em dúvida",
      noDoubts: "nada",
      doubtful: (count: number) => `${count}: pergunta-se à SIBS até se saber`,
      stalled: (what: string) => `Parado: ${what}`,
    },
    times: {
      seconds: (value: number) => (value === 1 ? "1 segundo" : `${value} segundos`),
      minutes: (value: number) => (value === 1 ? "1 minuto" : `${value} minutos`),
      hours: (value: number) => (value === 1 ? "1 hora" : `${value} horas`),
      days: (value: number) => (value === 1 ? "1 dia" : `${value} dias`),
    },
  },
  {
    title: "Today",
    taken: "Taken",
    refunded: "Refunded",
    payments: (count) => (count === 1 ? "1 payment" : `${count} payments`),
    nothingTaken: "Nothing was taken today yet.",
    against: (day) => `${day}, the whole day`,
    more: (percent) => (percent === 0 ? "the same" : percent > 0 ? `${percent}% more` : `${-percent}% less`),
    byMethod: "By way to pay",
    fortnight: "The last fifteen days",
    asTable: "As a table",
    day: "Day",
    references: "References still to be paid",
    referencesHint: "By the day on which they end",
    noReferences: "No reference is still to be paid.",
    referencesOf: (count) => (count === 1 ? "1 reference" : `${count} references`),
    failures: "Why tries to pay failed",
    failuresHint: "In the last seven days",
    noFailures: "No try to pay failed.",
    health: "How it works",
    well: "All is well",
    notWell: "Not all is well",
    healthOf: {
      sibs: "SIBS answers",
      sibsIn: (median, slowest) => `in ${median}, ${slowest} at most`,
      noCalls: "nothing was asked in the last five minutes",
      refused: (percent) => `${percent}% refused or not answered`,
      spared: (terminals) => `calls are held back just now, to spare it (terminal ${terminals})`,
      notified: "SIBS last notified",
      never: "never",
      ago: (time) => `${time} ago`,
      due: "Work that waits",
      nothingDue: "none",
      dueFor: (time) => `the oldest for ${time}`,
      events: "Events for the shop",
      allDelivered: "all delivered",
      undelivered: (count) => `${count} not delivered yet`,
      doubts: "In doubt",
      noDoubts: "nothing",
      doubtful: (count) => `${count}: SIBS is asked until it says`,
      stalled: (what) => `Stopped: ${what}`,
    },
    times: {
      seconds: (value) => (value === 1 ? "1 second" : `${value} seconds`),
      minutes: (value) => (value === 1 ? "1 minute" : `${value} minutes`),
      hours: (value) => (value === 1 ? "1 hour" : `${value} hours`),
      days: (value) => (value === 1 ? "1 day" : `${value} days`),
    },
  },
);
