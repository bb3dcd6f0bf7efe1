import { customerAddress, wholeNetworkOf } from "@caravela/platform/address";
import type { Http } from "@caravela/platform/http";
import { changes } from "@caravela/platform/own-requests";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { AskedAction, Asker, EndedAction, Told } from "../domain/audit.ts";
import type { By } from "../domain/by.ts";
import { ownId } from "../domain/identifiers.ts";
import type { KnowsOwners } from "./own-terminal.ts";
import { tellable, variantsOf } from "./tellable.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /**
     * Whose requests are written down in the audit: everybody's, as of each route that changes something unless it says
     * otherwise; or people's alone, where a key's are a shop's ordinary business. A route that changes nothing is in
     * the audit only where it says so.
     */
    readonly audited?: "always" | "people";
  }
  interface FastifyRequest {
    /** The action in the audit that the request is; null: it is none. */
    inAudit: { readonly asked: AuditedAction; before: object | null } | null;
  }
}

/** An action that stands in the audit. */
export interface AuditedAction {
  readonly number: number;
  readonly action: AskedAction;
}

/** Writes down what is asked for, before anything is done, and how it ended. */
export interface KeepsAudit {
  asked(action: AskedAction): Promise<AuditedAction>;
  answered(asked: AuditedAction, ended: EndedAction): Promise<void>;
}

/**
 * Has a scope's requests written down in the audit, as their routes say. Last of all hooks before the handler: what is
 * refused before it, changes nothing. What cannot be written down is not done.
 */
export function keepAudit(http: Http, { audit, owners }: { audit: KeepsAudit; owners: KnowsOwners }): void {
  const terminalOf = async ({ subject }: AskedAction) => (subject === null ? null : owners.ownerOf(subject));
  http.decorateRequest("inAudit", null);
  http.addHook("preHandler", async (request) => {
    if (!isAudited(request)) return;
    const action = actionOf(request);
    const terminal = request.caller.terminal ?? (await terminalOf(action));
    const asked = await audit.asked({ ...action, terminal });
    request.inAudit = { asked, before: null };
  });
  http.addHook("onSend", async (request, reply, payload) => {
    if (request.inAudit === null) return payload;
    await writeEnd(audit, request.inAudit.asked, endOf(request, reply, payload), request.log);
    return payload;
  });
}

/** What is done between two entries of the audit, and how it ends by what it gives, or throws. */
interface Between<T> {
  readonly action: AskedAction;
  readonly endOf: (result: T) => EndedAction;
  readonly failed: number;
}

/** Does what no route of `/v1` does between two entries of the audit. `log`: null where nobody reads one. */
export async function betweenEntries<T>(
  audit: KeepsAudit,
  { action, endOf, failed }: Between<T>,
  work: () => Promise<T>,
  log: Tells | null,
): Promise<T> {
  const asked = await audit.asked(action);
  let ended: EndedAction = { status: failed, before: null, after: null };
  try {
    const result = await work();
    ended = endOf(result);
    return result;
  } finally {
    await writeEnd(audit, asked, ended, log);
  }
}

type Tells = Pick<FastifyRequest["log"], "error">;

/** What was done is done, also where this cannot be written down: that it was asked for stands there. */
async function writeEnd(audit: KeepsAudit, asked: AuditedAction, ended: EndedAction, log: Tells | null): Promise<void> {
  await audit.answered(asked, ended).catch((error: unknown) => {
    log?.error({ err: error, entry: asked.number }, "how it ended could not be written into the audit");
  });
}

/**
 * How the subject of a request was before, in the shape of its answer: of what differs afterwards the audit tells both.
 */
export function wasBefore({ inAudit }: Pick<FastifyRequest, "inAudit">, before: object): void {
  if (inAudit !== null) inAudit.before = before;
}

function isAudited({ method, routeOptions, caller }: FastifyRequest): boolean {
  const audited = routeOptions.config.audited ?? (changes(method) ? "always" : "never");
  return audited === "always" || (audited === "people" && caller.person !== null);
}

/** As far as the request itself tells. */
function actionOf(request: FastifyRequest): AskedAction {
  const { params, body, routeOptions } = request;
  const schema = routeOptions.schema ?? {};
  const subjects = Object.values((params ?? {}) as Record<string, string>).flatMap((text) => ownId(text) ?? []);
  const after = tellable(schema.body, body);
  return {
    by: askerOf(request.caller.by),
    terminal: null,
    from: networkFrom(request),
    request: request.id,
    operation: schema.operationId ?? "",
    subject: subjects[0] ?? null,
    fields: fieldsIn(schema.body, body),
    after,
    reason: typeof after?.reason === "string" ? after.reason : null,
  };
}

/** The network that a request came from, as the audit may tell it; null: none can be read. */
export function networkFrom(request: FastifyRequest): string | null {
  const address = customerAddress(request);
  return address === null ? null : wholeNetworkOf(address);
}

function askerOf({ type, id = null }: By): Asker {
  return { type: type === "operator" || type === "shop" ? type : "unknown", id };
}

/** The names of a body's members that its route knows. */
function fieldsIn(schema: unknown, body: unknown): string[] {
  if (typeof body !== "object" || body === null) return [];
  const known = new Set(variantsOf(schema).flatMap(({ properties = {} }) => Object.keys(properties)));
  return Object.keys(body).filter((name) => known.has(name));
}

function endOf({ routeOptions, inAudit }: FastifyRequest, { statusCode }: FastifyReply, payload: unknown): EndedAction {
  const responses = (routeOptions.schema?.response ?? {}) as Record<string, unknown>;
  const schema = responses[String(statusCode)];
  const now = schema === undefined ? null : tellable(schema, parsed(payload));
  if (inAudit?.before == null || now === null) return { status: statusCode, before: null, after: now };
  const was = tellable(schema, inAudit.before) ?? {};
  const differing = Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(was[name]));
  return { status: statusCode, before: only(was, differing), after: only(now, differing) };
}

function only(told: Told, names: readonly string[]): Told {
  return Object.fromEntries(names.map((name) => [name, told[name] ?? null]));
}

/** A file is sent part by part, and a refusal of a proxy's is no JSON. */
function parsed(payload: unknown): unknown {
  if (typeof payload !== "string") return null;
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}
