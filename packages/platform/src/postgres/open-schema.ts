import { CannotStart } from "../cannot-start.ts";
import type { Log } from "../log.ts";
import { type DatabaseSettings, directAddress, mainAddress } from "./database-settings.ts";
import { migrate } from "./migrate.ts";
import { migrationsIn, numberOf } from "./migrations.ts";
import { createPool, type Queries } from "./pool.ts";
import { misfit, standingOf } from "./schema-version.ts";

/** A program's schema. */
export interface SchemaOptions {
  readonly schema: string;
  readonly folder: string;
  readonly log?: Log;
}

/** A program's schema as its code knows it. */
export interface OpenedSchema {
  /** Why the code can no longer work on it, asked anew; null: it can. */
  misfit(queries: Queries): Promise<string | null>;
}

/**
 * Sees to it that a program finds its schema as it needs it. @throws CannotStart saying what to do when it does not.
 */
export async function openSchema(settings: DatabaseSettings, options: SchemaOptions): Promise<OpenedSchema> {
  const { schema, folder } = options;
  const direct = directAddress(settings);
  const { migrates = true } = settings;
  if (migrates !== false && direct !== null)
    await migrate({ ...options, url: direct.url, alone: migrates === "alone" });
  const known = numberOf((await migrationsIn(folder)).at(-1) ?? "0000");
  const ask = async (queries: Queries) => misfit(schema, await standingOf(queries, schema), known);
  const pool = createPool({ ...mainAddress(settings), schema, max: 1 });
  try {
    const fault = await ask(pool);
    if (fault !== null) throw new CannotStart(fault);
  } finally {
    await pool.end();
  }
  return { misfit: ask };
}
