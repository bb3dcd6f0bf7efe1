import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Lang } from "@caravela/web/lang";
import { Type } from "typebox";
import type { Caller } from "../domain/api-key.ts";
import { mayAsk } from "../http/authorize.ts";
import type { Idempotency } from "../http/idempotency.ts";
import { answerIn, languageHeaders } from "../http/language.ts";
import { problem } from "../http/problems.ts";
import { answers, instant, note, nullable, pageOfSchema, pageQuery, params, text } from "../http/schemas.ts";
import { storeKey } from "../storage/kept-answers.ts";
import { endSoFar, endTask } from "../storage/tasks.ts";
import type { Lists } from "../storage/unlisted.ts";
import { TELL } from "./mail.ts";
import { isOfEndpoint, isOfTheHouse, openTasks } from "./open.ts";
import { type AnyTask, idOf, kindOf, referenceOf, subjectOf } from "./task.ts";

const tags = ["Tasks"];

const taskSchema = Type.Object(
  {
    id: Type.String(),
    kind: Type.String({ description: "For programs, for instance `refund_failed`. New kinds may come." }),
    subject: nullable(Type.String({ description: "The id of what it is of: a payment, a mandate, an endpoint." })),
    reference: nullable(Type.String({ description: "The payment's, where it is of one: the order." })),
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
        summary:
          "List what needs a person: refunds that wait first, then what is of no payment, then the rest, newest first",
        headers: languageHeaders,
        querystring: Type.Object({ ...pageQuery, subject }),
        response: answers({ 200: pageOfSchema(taskSchema) }),
      },
      config: { scope: "payments:read", keepsToTerminal: true },
    },
    async (request, reply) => {
      const { subject = null } = request.query;
      const { caller } = request;
      const { terminal, person } = caller;
      const whose = { terminal, person: person?.id ?? null, subject };
      const asked = { now: clock.now(), mayReadEvents: mayReadEvents(caller), ...whose };
      const page = await openTasks(lists, asked, request.query);
      return { ...page, data: page.data.map(presentIn(answerIn(request, reply))) };
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
      carryOut: async ({ params: { id }, body, caller }, key) => {
        const at = clock.now();
        const ending = { id, note: body.note, by: caller.by, at };
        const isKnown = !isOfEndpoint(id) || mayReadEvents(caller);
        const answer = { status: 200, body: { id, doneAt: at.toISOString() } };
        await inTransaction(lists.pool, async (connection) => {
          const isEnded = isKnown && (await (isOfTheHouse(id) ? endSoFar : endTask)(connection, ending));
          if (!isEnded) throw problem("not_found", "There is no task of this id that ends so.");
          await storeKey(connection, key(id, answer), at);
        });
        return answer;
      },
    },
  );
}

const mayReadEvents = (caller: Caller) => mayAsk(caller, "listEvents", "events");

function presentIn(lang: Lang) {
  return (task: AnyTask) => ({
    id: idOf(task),
    kind: kindOf(task),
    subject: subjectOf(task),
    reference: referenceOf(task),
    since: task.since.toISOString(),
    ...TELL[lang](task),
  });
}
