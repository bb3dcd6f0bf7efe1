import type { Lang } from "@caravela/web/lang";
import { clock, shortDay } from "@caravela/web/print";
import { type AnyTask, referenceOf, subjectOf } from "./task.ts";
import type { Tell } from "./tell.ts";
import { en } from "./words.en.ts";
import { pt } from "./words.pt.ts";

/** What is told of tasks, in each language. */
export const TELL: Readonly<Record<Lang, Tell>> = { en, pt };

/** An e-mail, as it is read. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** Some tasks, and whether there are more. */
export interface SomeTasks {
  readonly data: readonly AnyTask[];
  readonly hasMore: boolean;
}

interface Words {
  readonly subject: (count: string) => string;
  readonly first: (count: string, url: string) => string;
  readonly next: string;
  readonly all: (url: string) => string;
}

const WORDS: Readonly<Record<Lang, Words>> = {
  en: {
    subject: (count) => `Caravela: needs attention (${count})`,
    first: (count, url) => `At ${url} this needs somebody (${count}), the newest first.`,
    next: "By itself:",
    all: (url) => `All of it, and where each is ended: ${url}/dashboard/tasks`,
  },
  pt: {
    subject: (count) => `Caravela: a precisar de atenção (${count})`,
    first: (count, url) => `Em ${url} isto precisa de alguém (${count}), o mais recente primeiro.`,
    next: "Automaticamente:",
    all: (url) => `Todos os assuntos, e onde se resolve cada um: ${url}/dashboard/tasks`,
  },
};

/**
 * The e-mail about what needs a person: what happened, since when, and of which payment, mandate or endpoint, by its id
 * and the shop's own order. There is nothing of a customer in it.
 */
export function tasksMail({ data, hasMore }: SomeTasks, { lang, url }: { lang: Lang; url: string }): Mail {
  const words = WORDS[lang];
  const count = `${data.length}${hasMore ? "+" : ""}`;
  const newestFirst = [...data].sort((one, other) => other.since.getTime() - one.since.getTime());
  const told = newestFirst.map((task) => {
    const { text, next } = TELL[lang](task);
    const at = task.since.toISOString();
    const since = `${shortDay(at, lang)} ${clock(at, lang)}`;
    return `${[since, referenceOf(task), subjectOf(task)].filter((one) => one !== null).join(" · ")}\n${text}\n${words.next} ${next}`;
  });
  return { subject: words.subject(count), text: [words.first(count, url), ...told, words.all(url), ""].join("\n\n") };
}
