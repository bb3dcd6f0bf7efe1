import { LIST_TABLE_NAMES, type ListTableName } from "../../../packages/server/src/storage/lists.ts";
import { type Given, type Row, rowsIn } from "../columns.ts";
import type { Statement, Tables } from "../database.ts";
import {
  type Next,
  type Part,
  removeFromList,
  writeCards,
  writeEvents,
  writeFacts,
  writeKeys,
  writeList,
  writeRequests,
  writeSpends,
  writeUncounts,
} from "./following.ts";

// Decisions about payments and mandates with all that follows from them, as `textOf` in the server's
// `storage/statements.ts` writes them: the name of each says what it writes.

const NAME =
  /^(payment|mandate)-(create|decide|look)(?:-many)?(-events)?(-keys)?(-requests)?(-spends)?(-uncounts)?(-cards)?(?:-on-(mandate|saved_card))?(?:-lists(\d+))?(?:-unlists(\d+))?$/;

/** Those that were made, by their names. */
const MADE = new Map<string, Statement>();

/** The statement of a decision, of a creation, or of a look that found no fact; undefined: it is none of them. */
export function decisionCalled(name: string): Statement | undefined {
  const parts = MADE.has(name) ? null : NAME.exec(name);
  if (parts !== null) MADE.set(name, made(parts));
  return MADE.get(name);
}

function made(parts: RegExpExecArray): Statement {
  const [, table = "", does, events, keys, requests, spends, uncounts, cards, ground, lists, unlists] = parts;
  const also: Part[] = [
    ...(does === "look" ? [] : [writeFacts]),
    ...(events === undefined ? [] : [writeEvents]),
    ...(keys === undefined ? [] : [writeKeys]),
    ...(requests === undefined ? [] : [writeRequests]),
    ...(spends === undefined ? [] : [writeSpends]),
    ...(uncounts === undefined ? [] : [writeUncounts]),
    ...(cards === undefined ? [] : [writeCards]),
    ...listsIn(lists).map(writeList),
    ...listsIn(unlists).map(removeFromList),
  ];
  const write = does === "create" ? createAll(table) : changeAll(table, ground);
  return (tables, values) => {
    let place = 0;
    const next = () => values[place++];
    const written = write(tables, next);
    for (const part of also) part(tables, next, written);
    return [...written].map((id) => ({ id }));
  };
}

const listsIn = (places = ""): ListTableName[] =>
  [...places].map((place) => LIST_TABLE_NAMES[Number(place)]).filter((name) => name !== undefined);

/** One that exists already is not created. */
function createAll(table: string) {
  return (tables: Tables, next: Next): ReadonlySet<unknown> => {
    const subjects = tables.of(`caravela.${table}`);
    return new Set(
      rowsIn(next())
        .filter((given) => subjects.insertNew(given) !== null)
        .map(({ id }) => id),
    );
  };
}

/** Written only on the version that was decided on, and while what it stands on is as it was read. */
function changeAll(table: string, ground: string | undefined) {
  return (tables: Tables, next: Next): ReadonlySet<unknown> => {
    const subjects = tables.of(`caravela.${table}`);
    const rows = rowsIn(next());
    const [ids, versions, looks] = [next(), next(), next()] as [string[], number[], number[]];
    const known = new Map(ids.map((id, place) => [id, { version: versions[place], looked: looks[place] }]));
    const stands = ground === undefined || isUnchanged(tables, ground, next(), next());
    const written = new Set<unknown>();
    for (const { id, ...given } of rows) {
      const row = subjects.get(String(id));
      const on = known.get(String(id));
      if (!stands || row === undefined || row.version !== on?.version || row.looked !== on?.looked) continue;
      subjects.update(row, changesOf(row, given));
      written.add(id);
    }
    return written;
  };
}

/** A subject that was not listed as it was is not listed as it becomes. */
function changesOf(row: Row, given: Given): Given {
  const isKept = (column: string) => column.startsWith("listed_") && row[column] !== row.version;
  return Object.fromEntries(Object.entries(given).filter(([column]) => !isKept(column)));
}

function isUnchanged(tables: Tables, ground: string, id: unknown, mark: unknown): boolean {
  const row = tables.of(`caravela.${ground}`).get(String(id));
  return row !== undefined && String(ground === "mandate" ? row.version : row.transaction_id) === mark;
}
