import { CannotStart } from "@caravela/platform/cannot-start";
import { systemChance } from "@caravela/platform/chance";
import type { Queries } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { byCommand } from "../audit/by-command.ts";
import { AuditLog } from "../audit/log.ts";
import { FIRST_KEY } from "../domain/api-key.ts";
import { asOperatorId, asTerminalId, type OperatorId } from "../domain/identifiers.ts";
import { LIMIT_NAMES, LIMITED, NOT_LIMITED, namedIn, namedLimits } from "../domain/limit.ts";
import { allPages, namesOf, onDatabase, readOptions } from "../http/by-command.ts";
import { said } from "../http/said.ts";
import { Invitations } from "../storage/invitations.ts";
import { type Operator, Operators } from "../storage/operators.ts";
import { Passkeys } from "../storage/passkeys.ts";
import { Sessions } from "../storage/sessions.ts";
import { INVITATIONS_PATH } from "./invitations.ts";
import { type Invited, invite, inviteAgain, remove, type Unwilling, type Wanted } from "./manage.ts";
import { inviteBody } from "./schemas.ts";

/** Somebody who is invited, and where they come in: below the server's address, within 15 minutes, once. */
export interface InvitedByCommand {
  readonly operator: Operator;
  readonly path: string;
}

/**
 * The people of a database, for whoever has that: they may give everything. Each throws CannotStart saying what to do.
 */
export interface OperatorsByCommand {
  /** All of them, newest first. */
  list(): Promise<readonly Operator[]>;
  /** Invites somebody new, or anew whoever is called so and has that role already. */
  invite(wanted: Record<string, unknown>): Promise<InvitedByCommand>;
  /** Removes somebody, by their id or by a name that nobody else has. */
  remove(named: string): Promise<Operator>;
}

/** Works on the people of the database at that address. @throws CannotStart when it has no place for them yet. */
export function workOnOperators<T>(url: string, work: (operators: OperatorsByCommand) => Promise<T>): Promise<T> {
  return onDatabase(url, { table: "invitation", of: "colleagues" }, async ({ pool, clock, log }) => {
    const parts = { pool, clock, chance: systemChance, log, localOwner: false };
    const operators = new Operators(parts);
    const invitations = new Invitations(parts);
    const ports = { ...parts, operators, invitations, passkeys: new Passkeys(parts), sessions: new Sessions(parts) };
    const audit = new AuditLog(pool, clock);
    const carryOut = <Done extends object>(make: (connection: Queries) => Promise<Done | Unwilling | null>) =>
      inTransaction(pool, async (connection) => done(await make(connection)));
    return work({
      list: () => allPages((page) => operators.list(page, null)),
      invite: async (given) => {
        const wanted = readOptions(inviteBody, given);
        const named = said(wanted.terminal);
        const name = wanted.name.trim();
        const known = await operators.called(name);
        const [one, ...more] = known;
        const position = {
          name,
          role: wanted.role,
          terminal: named === null ? null : asTerminalId(named),
          ...NOT_LIMITED,
          ...namedIn(wanted),
        };
        const id = one === undefined ? null : sameAs(one, more, position);
        const operation = id === null ? "inviteOperator" : "renewInvitation";
        const { operator, token } = await byCommand(
          audit,
          { operation, subject: id, fields: namesOf(given) },
          () =>
            carryOut<Invited>((connection) =>
              id === null
                ? invite(ports, connection, FIRST_KEY, position)
                : inviteAgain(ports, connection, FIRST_KEY, id),
            ),
          told,
        );
        return { operator, path: `${INVITATIONS_PATH}/${token.reveal()}` };
      },
      remove: async (named) => {
        const id = asOperatorId(named) ?? onlyOne(await operators.called(named.trim()));
        return byCommand(
          audit,
          { operation: "removeOperator", subject: id, fields: [] },
          () => carryOut<Operator>((connection) => remove(ports, connection, FIRST_KEY, id)),
          () => null,
        );
      },
    });
  });
}

/** What of somebody stands in the audit: nothing that says who they are. */
function told({ operator: { id, role, terminal, limits } }: Invited) {
  return { id, role, terminal, ...namedLimits(limits) };
}

/** Somebody of this name is there: a new link is theirs, unless it was to make something else of them. */
function sameAs(one: Operator, more: readonly Operator[], { role, terminal, ...wanted }: Wanted): OperatorId {
  if (more.length > 0) throw new CannotStart(`Several are called ${one.name}: have an owner make the link.`);
  const whose = one.terminal === null ? "all terminals" : `terminal ${one.terminal}`;
  const limits = LIMITED.map((kind) => {
    const { most } = one.limits[kind];
    const asked = wanted[LIMIT_NAMES[kind]];
    const has = most === null ? "any amount" : `up to ${most} cents`;
    return asked !== null && asked !== most && `${kind}s ${has} already: leave --${kind}-limit out`;
  });
  const differing = [
    role !== one.role && `is ${one.role} already: say --role ${one.role}`,
    terminal !== null && terminal !== one.terminal && `is of ${whose} already: leave --terminal out`,
    ...limits,
  ].filter((fault) => fault !== false);
  if (differing.length === 0) return one.id;
  const faults = differing.map(
    (fault) => `${one.name} (${one.id}) ${fault} for a new link, or have an owner change it.`,
  );
  throw new CannotStart(faults.join("\n"));
}

function onlyOne([one, ...more]: readonly Operator[]): OperatorId {
  if (one === undefined) throw nobody();
  if (more.length === 0) return one.id;
  const ids = [one, ...more].map(({ id }) => id).join(", ");
  throw new CannotStart(`Several are called ${one.name}: say which by the id, ${ids}.`);
}

/** Who may give everything is held up by nothing but that an owner must remain. */
function done<Done extends object>(made: Done | Unwilling | null): Done {
  if (made === null) throw nobody();
  if (!("unwilling" in made)) return made;
  if (made.unwilling !== "last_owner") throw new TypeError("the first key lacks something");
  throw new CannotStart("Nobody else who has come in could do what this owner can: invite such an owner first.");
}

function nobody(): CannotStart {
  return new CannotStart("There is no such colleague: `caravela operator list` has them.");
}
