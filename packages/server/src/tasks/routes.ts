import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { pageAfter } from "@caravela/platform/page-mark";
import type { Lang } from "@caravela/web/lang";
import { Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import { asEndpointId } from "../domain/identifiers.ts";
import { mayAsk } from "../http/authorize.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { answerIn, languageHeaders } from "../http/language.ts";
import { problem } from "../http/problems.ts";
import { answers, instant, note, nullable, pageOfSchema, pageQuery, params, text } from "../http/schemas.ts";
import { markOf } from "../storage/paging.ts";
import { endSoFar, endTask, leftNotifications, leftUndelivered, listTasks } from "../storage/tasks.ts";
import type { Lists } from "../storage/unlisted.ts";
import { type AnyTask, idOf, kindOf, subjectOf } from "./task.ts";
import type { Tell } from "./tell.ts";
import { en } from "./words.en.ts";
import { pt } from "./words.pt.ts";

const tags = ["Tasks"];

const taskSchema = Type.Object(
  {
    id: Type.String(),
    kind: Type.String({ description: "For programs, for instance `refund_failed`. New kinds may come." }),
    subject: nullable(Type.String({ description: "The id of what it is of: a payment, a mandate, an endpoint." })),
    since: instant,
    text: Type.String({ description: "What happened, and what to do about it." }),
    next: Type.String({ description: "What goes on by itself." }),
    actions: Type.Array(
      Type.Object({
        method: Type.Enum(["GET", "POST", "DELETE"]),
        path: Type.String({ description: "Of this API." }),
        text: Type.String({ description: "What the call is for." }),
      }),
      { description: "The calls that end it, or lead on." },
    ),
  },
  { title: "Task", description: "What needs a person, or should be known to one." },
);

const subject = Type.Optional(text(40, "The payment, the authorised payment or the endpoint that it is of."));

const TELL: Readonly<Record<Lang, Tell>> = { en, pt };

interface ServesTasks {
  readonly lists: Lists;
  readonly clock: Clock;
  readonly idempotency: Idempotency;
}

/** What needs a person: all of it, and the word that ends what nothing else ends. */
export function taskRoutes(http: Http, { lists, clock, idempotency }: ServesTasks): void {
  http.get(
    "/v1/tasks",
    {
      schema: {
        tags,
        operationId: "listTasks",
        summary: "List what needs a person, newest first",
        headers: languageHeaders,
        querystring: Type.Object({ ...pageQuery, subject }),
        response: answers({ 200: pageOfSchema(taskSchema) }),
      },
      config: { scope: "payments:read", keepsToTerminal: true },
    },
    async (request, reply) => {
      const { limit, after, subject = null } = request.query;
      const mark = markOf(request.query);
      const now = clock.now();
      // what is of nobody's payment stands in front, by its id
      const isInFront = mark === null || isOfTheHouse(mark.id);
      const house = isInFront ? await ofTheHouse(now, request.caller) : [];
      const around = house
        .filter((task) => subject === null || subjectOf(task) === subject)
        .filter((task) => mark === null || idOf(task) > mark.id);
      const own = await listTasks(
        lists,
        now,
        { whose: request.caller.terminal, subject },
        { limit: Math.max(limit - around.length, 1), after: isInFront ? undefined : after },
      );
      const rows = [...around, ...own.data.map((task): AnyTask => ({ of: "subject", ...task }))];
      const shown = rows.slice(0, limit);
      const hasMore = own.hasMore || rows.length > limit;
      return {
        data: shown.map(presentIn(answerIn(request, reply))),
        hasMore,
        next: hasMore ? nextAfter(shown.at(-1)) : null,
      };
    },
  );

  idempotency.post(
    http,
    "/v1/tasks/:id/done",
    {
      tags,
      operationId: "endTask",
      summary: "Say that a task is done with",
      description: "For what does not end by itself, nor by another call. Whoever says so, when and why are kept.",
      params,
      body: Type.Object(
        { note },
        { additionalProperties: false, examples: [{ note: "Compared with SIBS Backoffice on 28 November." }] },
      ),
      response: answers({
        200: Type.Object(
          { id: Type.String(), doneAt: instant },
          { title: "TaskDone", description: "It is done with." },
        ),
      }),
    },
    {
      scope: "payments:write",
      carryOut: async ({ params: { id }, body, caller }) => {
        const at = clock.now();
        const ending = { id, note: body.note, by: caller.by, at };
        const isKnown = !UNDELIVERED.test(id) || mayReadEvents(caller);
        const isEnded = isKnown && (await (isOfTheHouse(id) ? endSoFar : endTask)(lists.pool, ending));
        if (!isEnded) throw problem("not_found", "There is no task of this id that ends so.");
        return { status: 200, body: { id, doneAt: at.toISOString() } };
      },
    },
  );

  /**
   * What endpoints have not taken, for whoever may read events, and what was notified and is of nothing here, for
   * whoever sees all.
   */
  async function ofTheHouse(now: Date, caller: Caller): Promise<AnyTask[]> {
    const { terminal } = caller;
    const [undelivered, notified] = await Promise.all([
      mayReadEvents(caller) ? leftUndelivered(lists.pool, now, terminal) : [],
      terminal === null ? leftNotifications(lists.pool, now) : [],
    ]);
    const tasks = [
      ...undelivered.map((one): AnyTask => ({ of: "endpoint", ...one })),
      ...notified.map((one): AnyTask => ({ of: "notifications", ...one })),
    ];
    return tasks.sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1));
  }
}

const mayReadEvents = (caller: Caller) => mayAsk(caller, "listEvents", "events");

/** Where the next page begins: what is of nobody's payment is found again by its id alone. */
function nextAfter(last: AnyTask | undefined): string | null {
  if (last === undefined) return null;
  return pageAfter(idOf(last), last.of === "subject" ? [last.since.getTime()] : []);
}

const UNDELIVERED = /^events_undelivered\.(.*)$/;

function isOfTheHouse(id: string): boolean {
  const endpoint = UNDELIVERED.exec(id)?.[1];
  if (endpoint !== undefined) return asEndpointId(endpoint) !== null;
  return id === "notifications_unmatched" || id === "notifications_refused";
}

function presentIn(lang: Lang) {
  return (task: AnyTask) => ({
    id: idOf(task),
    kind: kindOf(task),
    subject: subjectOf(task),
    since: task.since.toISOString(),
    ...TELL[lang](task),
  });
}
