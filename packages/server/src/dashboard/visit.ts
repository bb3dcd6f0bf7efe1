import { type CivilDate, lisbonDate } from "@caravela/platform/lisbon";
import type { Me, Shell, Task } from "@caravela/web/dashboard";
import type { Lang } from "@caravela/web/lang";
import type { FastifyRequest } from "fastify";
import { type Ask, Refused } from "./ask.ts";

/** Somebody's look at a screen, or a press on it. */
export interface Visit {
  readonly ask: Ask;
  readonly lang: Lang;
  readonly me: Me;
  /** What the address names. */
  readonly params: Readonly<Record<string, string>>;
  /** What it asks for; what stands several times is one text with commas between. */
  readonly query: Readonly<Record<string, string>>;
  /** What day it is in Lisbon, by the clock of the API. */
  readonly today: CivilDate;
  /** What stands around the screen. */
  shell(): Promise<Shell>;
  /** A new key for a form: what it asks for is done once by it. */
  key(): string;
  /** Whether whoever looks may have this operation of the API. */
  may(operation: string): boolean;
  /** @throws Refused where they may not. */
  mustHave(operation: string): void;
}

/** As many tasks are counted; more are no other message. */
const MOST_TASKS = 50;

interface VisitParts {
  readonly request: FastifyRequest;
  readonly ask: Ask;
  readonly lang: Lang;
  readonly key: () => string;
}

/** Begins a visit: who is it, and what may they? @throws Refused where nobody is signed in. */
export async function beginVisit({ request, ask, lang, key }: VisitParts): Promise<Visit> {
  const me = await ask.get<Me>("/v1/me");
  const query = queryOf(request);
  const may = (operation: string) => me.operations.includes(operation);
  // asked at once, and waited for when the screen is drawn: one that fails is never waited for in vain
  const tasks = may("listTasks") ? countTasks(ask) : Promise.resolve(null);
  return {
    ask,
    lang,
    me,
    params: request.params as Record<string, string>,
    query,
    today: lisbonDate(new Date(me.now)),
    shell: async () => ({ lang, me, tasks: await tasks, path: request.url, q: query.q ?? "" }),
    key,
    may,
    mustHave: (operation) => {
      if (!may(operation)) throw new Refused(ROLE_MISSING);
    },
  };
}

const ROLE_MISSING = {
  type: "/problems/role_missing",
  title: "Your role does not allow this.",
  status: 403,
  detail: "Ask a colleague who may.",
  errors: [],
};

/** How much needs a person. A screen is shown without it, too. */
async function countTasks(ask: Ask): Promise<Shell["tasks"]> {
  try {
    const { data, hasMore } = await ask.newest<Task>("/v1/tasks", {}, MOST_TASKS);
    return { count: data.length, more: hasMore };
  } catch {
    return null;
  }
}

function queryOf({ query }: FastifyRequest): Record<string, string> {
  const entries = Object.entries(query as Record<string, string | string[]>);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]));
}

/** Of what an address asks for, what a list can be filtered by. */
export function filterOf(query: Visit["query"], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
}
