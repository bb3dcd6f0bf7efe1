import { type PageMark, pageAfter } from "@caravela/platform/page-mark";
import { asEndpointId, type OperatorId, type TerminalId } from "../domain/identifiers.ts";
import { waitingApprovals } from "../storage/approvals.ts";
import { markOf, type Page, type PageRequest } from "../storage/paging.ts";
import { leftNotifications, leftUndelivered, listTasks } from "../storage/tasks.ts";
import type { Lists } from "../storage/unlisted.ts";
import { type AnyTask, APPROVAL, idOf, subjectOf } from "./task.ts";

/** Which tasks are wanted, and for whom. */
export interface OpenTasks {
  readonly now: Date;
  /** Null: of all terminals. */
  readonly terminal: TerminalId | null;
  readonly mayReadEvents: boolean;
  /** Who is told; null: no person. */
  readonly person: OperatorId | null;
  /** Of one payment, authorised payment or endpoint; null: of all. */
  readonly subject: string | null;
}

/**
 * A page of what needs a person: refunds that wait for a second one, newest first, then what is of nobody's payment, by
 * its id, then the others, newest first.
 */
export async function openTasks(lists: Lists, asked: OpenTasks, request: PageRequest): Promise<Page<AnyTask>> {
  const { now, terminal, subject } = asked;
  const { limit, after } = request;
  const mark = markOf(request);
  const isWaiting = mark === null || mark.id.startsWith(`${APPROVAL}.`);
  const isInFront = isWaiting || isOfTheHouse(mark.id);
  const [waiting, house] = await Promise.all([
    isWaiting ? waitingTasks(lists, asked, { limit: limit + 1, mark }) : [],
    isInFront ? ofTheHouse(lists, asked) : [],
  ]);
  const around = house
    .filter((task) => subject === null || subjectOf(task) === subject)
    .filter((task) => isWaiting || idOf(task) > mark.id);
  const inFront = [...waiting, ...around];
  const own = await listTasks(
    lists,
    now,
    { whose: terminal, subject },
    { limit: Math.max(limit - inFront.length, 1), after: isInFront ? undefined : after },
  );
  const rows = [...inFront, ...own.data.map((task): AnyTask => ({ of: "subject", ...task }))];
  const data = rows.slice(0, limit);
  const hasMore = own.hasMore || rows.length > limit;
  return { data, hasMore, next: hasMore ? nextAfter(data.at(-1)) : null };
}

/** Refunds that wait for a second person. A mark without their moment is of a release before: they begin anew. */
async function waitingTasks(
  { pool }: Lists,
  { now, terminal, subject, person }: OpenTasks,
  { limit, mark }: { readonly limit: number; readonly mark: PageMark | null },
): Promise<AnyTask[]> {
  const [since] = mark?.place ?? [];
  const approval = mark?.id.replace(`${APPROVAL}.`, "") ?? "";
  const after = since === undefined ? null : { since: new Date(since), approval };
  const waiting = await waitingApprovals(pool, now, { whose: terminal, payment: subject, after, limit });
  return waiting.map((one): AnyTask => ({ of: "approval", ...one, isOwn: one.by === person }));
}

/**
 * What endpoints have not taken, for whoever may read events, and what was notified and is of nothing here, for whoever
 * sees all.
 */
async function ofTheHouse({ pool }: Lists, { now, terminal, mayReadEvents }: OpenTasks): Promise<AnyTask[]> {
  const [undelivered, notified] = await Promise.all([
    mayReadEvents ? leftUndelivered(pool, now, terminal) : [],
    terminal === null ? leftNotifications(pool, now) : [],
  ]);
  const tasks = [
    ...undelivered.map((one): AnyTask => ({ of: "endpoint", ...one })),
    ...notified.map((one): AnyTask => ({ of: "notifications", ...one })),
  ];
  return tasks.sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1));
}

/**
 * Where the next page begins: what is of nobody's payment is found again by its id alone, the others by their moment.
 */
function nextAfter(last: AnyTask | undefined): string | null {
  if (last === undefined) return null;
  return pageAfter(idOf(last), last.of === "subject" || last.of === "approval" ? [last.since.getTime()] : []);
}

const UNDELIVERED = /^events_undelivered\.(.*)$/;

/** Whether a task's id says that it is of what an endpoint has not taken. */
export function isOfEndpoint(id: string): boolean {
  return UNDELIVERED.test(id);
}

/** Whether a task's id says that it is of no payment and of no authorised payment. */
export function isOfTheHouse(id: string): boolean {
  const endpoint = UNDELIVERED.exec(id)?.[1];
  if (endpoint !== undefined) return asEndpointId(endpoint) !== null;
  return id === "notifications_unmatched" || id === "notifications_refused";
}
