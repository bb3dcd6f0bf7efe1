import type { Queries } from "@caravela/platform/postgres/pool";
import type { Secret } from "@caravela/platform/secret";
import { type Beyond, beyond, type Caller, type Powers } from "../domain/api-key.ts";
import type { OperatorId } from "../domain/identifiers.ts";
import { givenLimits, LIMITED, type NamedLimits, namedLimits, withOwnDays } from "../domain/limit.ts";
import { limitedFor, SCOPES_OF } from "../domain/role.ts";
import type { Timed } from "../given.ts";
import type { Invitations } from "../storage/invitations.ts";
import type { Operator, Operators, Owner, Position } from "../storage/operators.ts";
import type { Passkeys } from "../storage/passkeys.ts";
import type { Sessions } from "../storage/sessions.ts";

/** What whoever says who is at work may touch. */
export interface ManagesColleagues extends Timed {
  readonly operators: Operators;
  readonly invitations: Invitations;
  readonly passkeys: Passkeys;
  readonly sessions: Sessions;
}

/** What a colleague shall be. */
export type Wanted = Omit<Position, "limits"> & NamedLimits;

/** Somebody, and what stands in the link that they come in by, which is told this once. */
export interface Invited {
  readonly operator: Operator;
  readonly token: Secret;
}

/** Somebody as they were, and as they are. */
export interface Changed {
  readonly before: Operator;
  readonly after: Operator;
}

/** Why something is not done: it would give what one has not, somebody is the last owner, or one is none any more. */
export type Unwilling =
  | { readonly unwilling: "beyond"; readonly beyond: readonly Beyond[] }
  | { readonly unwilling: "last_owner" | "no_owner" | "signs_on" | "said_by_provider" };

/** Invites somebody new to what whoever invites has. On a connection in whose transaction it is, as all of these. */
export async function invite(
  ports: ManagesColleagues,
  connection: Queries,
  giver: Caller,
  wanted: Wanted,
): Promise<Invited | Unwilling> {
  if (!isOwner(await ports.operators.holdOwners(connection), giver)) return { unwilling: "no_owner" };
  const id = ports.chance.id("op");
  const position = given(giver, id, wanted);
  const gone = beyondFor(giver, id, position);
  if (gone.length > 0) return { unwilling: "beyond", beyond: gone };
  const operator = await ports.operators.add(connection, id, position);
  return { operator, token: await ports.invitations.make(connection, id) };
}

/**
 * Makes a new link for somebody, who may have lost their passkey: it is told to whoever asks, so they may be nothing
 * that the asker is not. Null: there is nobody.
 */
export async function inviteAgain(
  ports: ManagesColleagues,
  connection: Queries,
  giver: Caller,
  id: OperatorId,
): Promise<Invited | Unwilling | null> {
  if (!isOwner(await ports.operators.holdOwners(connection), giver)) return { unwilling: "no_owner" };
  const operator = await ports.operators.hold(connection, id);
  if (operator === null) return null;
  if (operator.signsOn) return { unwilling: "signs_on" };
  const gone = beyondFor(giver, id, operator);
  if (gone.length > 0) return { unwilling: "beyond", beyond: gone };
  return { operator, token: await ports.invitations.make(connection, id) };
}

/**
 * Changes what somebody is called, and what they may: felt at their next request. What they may is given anew, by
 * whoever changes it, who must have it. Of somebody who signs in by the company's provider that says the name and the
 * role, at each signing in: neither is changed here. Null: there is nobody.
 */
export async function change(
  ports: ManagesColleagues,
  connection: Queries,
  giver: Caller,
  id: OperatorId,
  changes: Partial<Wanted>,
): Promise<Changed | Unwilling | null> {
  const owners = await ports.operators.holdOwners(connection);
  if (!isOwner(owners, giver)) return { unwilling: "no_owner" };
  const before = await ports.operators.hold(connection, id);
  if (before === null) return null;
  const wanted: Wanted = { ...before, ...namedLimits(before.limits), ...changes };
  if (before.signsOn && (wanted.name !== before.name || wanted.role !== before.role))
    return { unwilling: "said_by_provider" };
  const isNameAlone = Object.keys(changes).every((member) => member === "name");
  const after = isNameAlone ? { ...before, name: wanted.name } : { ...before, ...given(giver, id, wanted) };
  const gone = isNameAlone ? [] : beyondFor(giver, id, after);
  if (gone.length > 0) return { unwilling: "beyond", beyond: gone };
  if (isLastOwner(owners, before, after)) return { unwilling: "last_owner" };
  await ports.operators.change(connection, id, after);
  return { before, after };
}

/** Ends somebody's work: their sessions and their link are over at once. Null: there is nobody. */
export async function remove(
  ports: ManagesColleagues,
  connection: Queries,
  giver: Caller,
  id: OperatorId,
): Promise<Operator | Unwilling | null> {
  const owners = await ports.operators.holdOwners(connection);
  if (!isOwner(owners, giver)) return { unwilling: "no_owner" };
  const before = await ports.operators.hold(connection, id);
  if (before === null) return null;
  if (isLastOwner(owners, before, null)) return { unwilling: "last_owner" };
  await ports.operators.remove(connection, id);
  await ports.invitations.withdraw(connection, id);
  await ports.passkeys.removeAllOf(connection, id);
  await ports.sessions.endAllOf(connection, id);
  return before;
}

/** Whoever gives must be an owner still; the command, and nobody else without a name, is as good as one. */
function isOwner(owners: readonly Operator[], { person }: Caller): boolean {
  return person === null || owners.some(({ id }) => id === person.id);
}

/** What they do counts in the day of whoever gives them their limit, as with a key. */
function given({ limits }: Caller, id: OperatorId, { name, role, terminal, ...most }: Wanted): Position {
  return { name, role, terminal, limits: givenLimits(id, most, limits) };
}

function beyondFor(giver: Caller, id: OperatorId, { role, terminal, limits }: Position): Beyond[] {
  const powers: Powers = { terminal, scopes: SCOPES_OF[role], limits: withOwnDays(id, limits), expiresAt: null };
  return beyond(giver, powers, limitedFor(role));
}

/**
 * Whether nobody would be left who can do what this owner can: an owner at all, and one of all terminals, and one
 * without a limit, where they are one: nobody gives what nobody has. For one who can sign in, an owner who was invited
 * and never came is nobody: their link may be over. `after` null: they leave.
 */
function isLastOwner(owners: readonly Owner[], before: Operator, after: Position | null): boolean {
  if (before.role !== "owner") return false;
  const isThere = owners.some(({ id, canSignIn }) => id === before.id && canSignIn);
  const others = owners.filter(({ id, canSignIn }) => id !== before.id && (canSignIn || !isThere));
  const left = after?.role === "owner" ? [...others, after] : others;
  const isAsFree = ({ terminal, limits }: Position) =>
    (terminal === null || before.terminal !== null) &&
    LIMITED.every((kind) => limits[kind].most === null || before.limits[kind].most !== null);
  return !left.some(isAsFree);
}
