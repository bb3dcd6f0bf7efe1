import { CannotStart } from "@caravela/platform/cannot-start";
import { type StoredClock, storedClock, systemClock } from "@caravela/platform/clock";
import { createLog, type Log } from "@caravela/platform/log";
import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { fieldErrors, validatorCompiler } from "@caravela/platform/validation";
import type { Static, TSchema } from "typebox";
import type { Page, PageRequest } from "../storage/paging.ts";

/** What a command works with. */
interface OnDatabase {
  readonly pool: Pool;
  readonly clock: StoredClock;
  readonly log: Log;
}

/**
 * Has a command work on the database at that address. @param needs the table that it needs, and what that is of
 * @throws CannotStart when the database has no such table yet
 */
export async function onDatabase<T>(
  url: string,
  needs: { readonly table: string; readonly of: string },
  work: (parts: OnDatabase) => Promise<T>,
): Promise<T> {
  const pool = createPool({ url, schema: "caravela", bareNames: "none", max: 1 });
  try {
    const { rows } = await pool.query("select to_regclass($1) is null as missing", [`caravela.${needs.table}`]);
    if (rows[0]?.missing === true)
      throw new CannotStart(`This database has no place for ${needs.of} yet: run \`caravela migrate\` first.`);
    const clock = await storedClock(pool, systemClock);
    return await work({ pool, clock, log: createLog({ name: "command", level: "silent" }) });
  } finally {
    await pool.end();
  }
}

/** All of a list, page after page. */
export async function allPages<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const found: T[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await list({ limit: 100, ...(after !== undefined && { after }) });
    found.push(...page.data);
    after = page.next;
  }
  return found;
}

/** The options that were given. */
export function namesOf(wanted: Record<string, unknown>): string[] {
  return Object.keys(wanted).filter((name) => wanted[name] !== undefined);
}

/** Reads a command's options by the rules of the API. @throws CannotStart naming every option at fault. */
export function readOptions<Schema extends TSchema>(schema: Schema, wanted: Record<string, unknown>): Static<Schema> {
  const isValid = validatorCompiler({ schema, httpPart: "body", method: "POST", url: "" });
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  if (isValid(given) === true) return given as Static<Schema>;
  const faults = fieldErrors((isValid as { errors?: Parameters<typeof fieldErrors>[0] }).errors ?? []);
  throw new CannotStart(faults.map(({ field, message }) => `${optionOf(field)} ${message}.`).join("\n"));
}

/** `/refundLimit` as the command has it: `--refund-limit`. */
function optionOf(field: string): string {
  const [, member = ""] = field.split("/");
  return `--${member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
