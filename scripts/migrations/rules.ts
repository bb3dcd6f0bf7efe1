import { type MigrationFile, statementsOf } from "@caravela/platform/postgres/migrations";

/** What is wrong with a migration file, and what to do instead. */
export interface Fault {
  readonly file: string;
  readonly says: string;
}

/** Tables of a few rows, which are looked through in a moment. */
const SMALL = ["chore", "clock", "event_endpoint", "fault_settings", "signing_key", "terminal"];

/** What takes something away that a version before may use: only where the file says whom it serves. */
const TAKES_AWAY = /\bdrop (table|column|schema|view|function)\b|\brename\b|\bset not null\b/i;

/**
 * What squawk, which knows the locks that a statement takes, does not look at: whole tables that are changed or looked
 * through in one statement, and whom a file leaves behind. `releasedUpTo` is the number of the newest file of the
 * release before.
 */
export function faultsOf(file: MigrationFile, releasedUpTo: number): Fault[] {
  const fault = (says: string): Fault => ({ file: file.name, says });
  return [...WAYS[file.way](file), ...leavingBehind(file, releasedUpTo)].map(fault);
}

/**
 * Where numbers are missing or stand twice: a schema says how far it has come by one number, so a file that came late
 * would be taken to have run.
 */
export function faultsOfNumbers(files: readonly Pick<MigrationFile, "name" | "number">[]): Fault[] {
  return files.flatMap(({ name, number }, place) =>
    number === place + 1 ? [] : [{ file: name, says: `is file ${place + 1} of its folder: number them without gaps` }],
  );
}

const WAYS: Readonly<Record<MigrationFile["way"], (file: MigrationFile) => string[]>> = {
  together: (file) => {
    const statements = statementsOf(file);
    const made = statements.flatMap(
      (statement) => /^create table (?:if not exists )?(\w+)/i.exec(statement)?.[1] ?? [],
    );
    const few = [...made, ...SMALL];
    const isOfMany = (statement: string) =>
      !few.some((table) => new RegExp(`^[a-z ]+\\b${table}\\b`, "i").test(statement));
    const isLook = (statement: string) => /\bvalidate constraint\b/i.test(statement);
    return [
      ...statements.filter(isOfMany).flatMap(ofManyRows),
      ...(statements.some(isLook) && !statements.every(isLook)
        ? ["looks through a table (validate constraint) while it holds a lock: give that a file of its own"]
        : []),
    ];
  },
  concurrently: (file) =>
    statementsOf(file).flatMap((statement) =>
      /^(create (unique )?index concurrently (if not exists )?\w+ on|drop index concurrently if exists) \w+/i.test(
        statement,
      )
        ? []
        : [`has "${beginOf(statement)}", which builds or drops no index concurrently by its name`],
    ),
  "in batches": (file) =>
    statementsOf(file).flatMap((statement) =>
      /\$1/.test(statement) && /\blimit \d+\b/i.test(statement) && /\bas last\b/i.test(statement)
        ? []
        : [
            `has "${beginOf(statement)}", which does not go from $1 on, with a limit, and select the key it ended at as last`,
          ],
    ),
};

function ofManyRows(statement: string): string[] {
  if (/^(with\b[^;]*\b)?(update|delete)\b/i.test(statement))
    return [`changes a whole table in one statement ("${beginOf(statement)}"): do it in batches`];
  if (/\badd column\b[^;]*\b(check|references|unique|primary key)\b/is.test(statement))
    return [
      `looks through a table for a new column's constraint ("${beginOf(statement)}"): add it by itself, not valid`,
    ];
  return [];
}

function leavingBehind(file: MigrationFile, releasedUpTo: number): string[] {
  if (file.serves !== null && file.serves > releasedUpTo)
    return [
      `serves ${file.serves} and newer alone, and the release before knows ${releasedUpTo}: take it away in the release after`,
    ];
  const taking = statementsOf(file).find((statement) => TAKES_AWAY.test(statement));
  if (taking === undefined || file.serves !== null) return [];
  return [`takes something away ("${beginOf(taking)}") without saying whom it still serves: "-- serves: NNNN"`];
}

const beginOf = (statement: string): string => statement.replace(/\s+/g, " ").slice(0, 60);
