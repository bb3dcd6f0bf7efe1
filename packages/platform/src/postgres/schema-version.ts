import pg from "pg";
import { CannotStart } from "../cannot-start.ts";
import type { Queries } from "./pool.ts";

/** How far a schema has come, in numbers of migration files. */
export interface Standing {
  /** The newest that has run. */
  readonly version: number;
  /** Code that knows this one or a newer one can work on it. */
  readonly serves: number;
}

/**
 * Where a schema stands; null: it is not there, or was made by a version that did not write it down.
 * @throws CannotStart when it may not be looked at
 */
export async function standingOf(queries: Queries, schema: string): Promise<Standing | null> {
  try {
    const { rows } = await queries.query<Standing>(`select version, serves from ${schema}.migration_standing`);
    return rows[0] ?? null;
  } catch (error) {
    const { code } = error instanceof pg.DatabaseError ? error : {};
    if (code === "42P01") return null;
    if (code !== "42501") throw error;
    throw new CannotStart(
      `The role of this address may not read the schema ${schema}: docs/upgrading.md has the statements that let it.`,
      { cause: error },
    );
  }
}

/**
 * Why code that knows the files up to `known` cannot work on a schema that stands there, and what to do; null: it can.
 */
export function misfit(schema: string, standing: Standing | null, known: number): string | null {
  if (standing === null || standing.version < known) {
    const at = standing === null ? "" : `it stands at ${digits(standing.version)}, and `;
    return `The schema ${schema} is older than this program (${at}${digits(known)} is needed): run \`caravela migrate\`.`;
  }
  return standing.serves <= known ? null : newer(schema, standing, known);
}

/** Says that code which knows the files up to `known` is served no more. */
export function newer(schema: string, standing: Standing, known: number): string {
  return `The schema ${schema} is newer than this program (it serves programs that know ${digits(standing.serves)}, and this one knows ${digits(known)}): start a newer version.`;
}

const digits = (number: number): string => String(number).padStart(4, "0");
