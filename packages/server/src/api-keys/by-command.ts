import { CannotStart } from "@caravela/platform/cannot-start";
import { systemChance } from "@caravela/platform/chance";
import type { Queries } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import { byCommand } from "../audit/by-command.ts";
import { AuditLog } from "../audit/log.ts";
import { FIRST_KEY } from "../domain/api-key.ts";
import { asApiKeyId, asTerminalId } from "../domain/identifiers.ts";
import { namedLimits } from "../domain/limit.ts";
import { allPages, namesOf, onDatabase, readOptions } from "../http/by-command.ts";
import { said } from "../http/said.ts";
import { type ApiKey, ApiKeys } from "../storage/api-keys.ts";
import { createKey, type Opened, rollKey, type Unwilling, wantedKey } from "./manage.ts";
import { createBody, rollBody } from "./schemas.ts";

/**
 * The keys of a database, for whoever has that: they may give everything. Each throws CannotStart saying what to do.
 */
export interface KeysByCommand {
  /** All of them, newest first. */
  list(): Promise<readonly ApiKey[]>;
  create(wanted: Record<string, unknown>): Promise<Opened>;
  roll(id: string, wanted: Record<string, unknown>): Promise<Opened>;
  revoke(id: string): Promise<void>;
}

/** Works on the keys of the database at that address. @throws CannotStart when it has no place for keys yet. */
export function workOnKeys<T>(url: string, work: (keys: KeysByCommand) => Promise<T>): Promise<T> {
  return onDatabase(url, { table: "audit", of: "keys and their audit" }, async ({ pool, clock, log }) => {
    const keys = new ApiKeys({ pool, clock, chance: systemChance, log });
    const ports = { keys, clock, chance: systemChance };
    const audit = new AuditLog(pool, clock);
    const told = ({ key: { id, scopes, limits } }: Opened) => ({ id, scopes, ...namedLimits(limits) });
    const change = (past: string, make: (connection: Queries) => Promise<Opened | Unwilling | null>) =>
      inTransaction(pool, async (connection) => opened(await make(connection), past));
    return await work({
      list: () => allPages((page) => keys.list(page, null)),
      create: async (wanted) => {
        const asked = readOptions(createBody, wanted);
        const named = said(asked.terminal);
        const key = wantedKey(asked, named === null ? null : asTerminalId(named));
        const commanded = { operation: "createKey", subject: null, fields: namesOf(wanted) };
        const make = () =>
          change("--expires-at must lie ahead.", (connection) => createKey(ports, connection, FIRST_KEY, key));
        return byCommand(audit, commanded, make, told);
      },
      roll: async (id, wanted) => {
        const overlapHours = readOptions(rollBody, wanted)?.overlapHours ?? null;
        const asked = { id: known(id), overlapHours };
        const commanded = { operation: "rollKey", subject: asked.id, fields: namesOf(wanted) };
        const roll = () =>
          change("It has expired: make a new one.", (connection) => rollKey(ports, connection, FIRST_KEY, asked));
        return byCommand(audit, commanded, roll, told);
      },
      revoke: async (id) => {
        const key = known(id);
        const revoke = async () => {
          if (!(await keys.revoke(key))) throw noSuchKey();
        };
        await byCommand(audit, { operation: "revokeKey", subject: key, fields: [] }, revoke, () => null);
      },
    });
  });
}

/** Who may give everything is held up by the calendar alone. @param past what is said of a key that has expired */
function opened(made: Opened | Unwilling | null, past: string): Opened {
  if (made === null) throw noSuchKey();
  if ("expired" in made) throw new CannotStart(past);
  if ("beyond" in made) throw new TypeError("the first key lacks something");
  return made;
}

function known(id: string) {
  const key = asApiKeyId(id);
  if (key === null) throw noSuchKey();
  return key;
}

function noSuchKey(): CannotStart {
  return new CannotStart("There is no API key of this id: `caravela keys list` has them.");
}
