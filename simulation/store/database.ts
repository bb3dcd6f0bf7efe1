import pg from "pg";
import { type Moments, Table, type TableShape, type Undo } from "./table.ts";

/**
 * What a statement does with the tables: the rows that it gives, as the driver reads them. One that gives none gives
 * an empty one for each row that it wrote, by which they are counted.
 */
export type Statement = (tables: Tables, values: readonly unknown[]) => readonly object[];

/** So many rows were written, and none is given. */
export function touched(count: number): readonly object[] {
  return Array.from({ length: count }, () => ({}));
}

/** The tables, and the database's own moments, as one statement sees them. */
export interface Tables extends Moments {
  /** @param name with its schema */
  of(name: string): Table;
}

/** Which statements are known: by their names, where they have one, else by their texts. */
export type Knows = (name: string | undefined, text: string) => Statement | undefined;

/** The statements of several programs, by the schemas that these work on: each has names of its own. */
export type KnowsBySchema = Readonly<Record<string, Knows>>;

/** What a database in memory is made of. */
export interface MemoryOptions {
  readonly shapes: Readonly<Record<string, TableShape>>;
  readonly knows: KnowsBySchema;
  /** The machine's time, in milliseconds. */
  readonly now: () => number;
}

/**
 * The tables of server and gateway in memory. A statement happens whole or not at all, as in PostgreSQL; those of a
 * transaction are its own until it is committed: while one is open, everybody else waits.
 */
export class MemoryDatabase implements Tables {
  readonly #tables = new Map<string, Table>();
  readonly #knows: KnowsBySchema;
  readonly #machineNow: () => number;
  /** By their schemas, and by their names or else their texts. */
  readonly #statements = new Map<string, Statement>();
  /** What was asked for and is not known here: its schema, and its name or text. */
  readonly unknown = new Set<string>();
  /** The statement's own. */
  #moment = 0;
  /** The last that was given. */
  #latest = 0;
  /** What undoes the statement, or the transaction, that is under way. */
  #undo: Undo[] = [];
  #owner: Session | null = null;
  readonly #waiting: (() => void)[] = [];

  constructor({ shapes, knows, now }: MemoryOptions) {
    this.#knows = knows;
    this.#machineNow = now;
    for (const [name, shape] of Object.entries(shapes)) {
      this.#tables.set(name, new Table(name, shape, this, (undo) => this.#undo.push(undo)));
    }
  }

  /** A table, for whoever looks at the books. */
  of(name: string): Table {
    const table = this.#tables.get(name);
    if (table === undefined) throw new TypeError(`no table ${name}`);
    return table;
  }

  get names(): readonly string[] {
    return [...this.#tables.keys()];
  }

  get now(): number {
    return this.#moment;
  }

  tick(): number {
    this.#latest = Math.max(this.#latest + 1, Math.floor(this.#machineNow()) * 1_000);
    return this.#latest;
  }

  /** Opens a connection's side, of a program that works on that schema. */
  open(schema: string): Session {
    return new Session(this, schema);
  }

  /** A statement that is known. @throws TypeError */
  statement(schema: string, name: string | undefined, text: string): Statement {
    const key = `${schema} ${name ?? text}`;
    const known = this.#statements.get(key) ?? this.#knows[schema]?.(name, text);
    if (known === undefined) {
      this.unknown.add(key);
      throw new TypeError(`not known in memory: ${key}`);
    }
    this.#statements.set(key, known);
    return known;
  }

  /** Whether somebody else's transaction is open. */
  isTakenFrom(session: Session): boolean {
    return this.#owner !== null && this.#owner !== session;
  }

  /** Resolves when the transaction that is open has ended; by then another may be. */
  afterTransaction(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Runs a statement; what it did is undone where it throws. */
  run(statement: Statement, values: readonly unknown[], session: Session): readonly object[] {
    const before = this.#undo.length;
    // no two statements see the same moment
    this.#moment = this.tick();
    try {
      const rows = statement(this, values);
      session.hasChanged = this.#undo.length > before;
      return rows;
    } catch (error) {
      this.#undoTo(before);
      throw error;
    } finally {
      if (this.#owner !== session) this.#undo = [];
    }
  }

  begin(session: Session): void {
    this.#owner = session;
    this.#undo = [];
  }

  /** Whether a session's transaction is open. */
  isIn(session: Session): boolean {
    return this.#owner === session;
  }

  /** Ends a session's transaction, where it has one: what it did stays, or is undone. */
  end(session: Session, how: "commit" | "rollback"): void {
    if (this.#owner !== session) return;
    if (how === "rollback") this.#undoTo(0);
    this.#undo = [];
    this.#owner = null;
    for (const resume of this.#waiting.splice(0)) resume();
  }

  #undoTo(length: number): void {
    while (this.#undo.length > length) this.#undo.pop()?.();
  }
}

/** One connection's side. */
export class Session {
  readonly #database: MemoryDatabase;
  readonly #schema: string;
  #isFailed = false;
  #isClosed = false;
  /** Whether its last statement changed anything. */
  hasChanged = false;

  constructor(database: MemoryDatabase, schema: string) {
    this.#database = database;
    this.#schema = schema;
  }

  /** Runs a statement, or begins and ends a transaction. Gives its rows as the driver reads them. */
  async execute(name: string | undefined, text: string, values: readonly unknown[]): Promise<readonly object[]> {
    // from here to where it is done nothing comes in between: who finds it free has it
    while (this.#database.isTakenFrom(this)) await this.#database.afterTransaction();
    if (this.#isClosed) throw new Error("Connection terminated");
    this.hasChanged = false;
    switch (text) {
      case "begin":
        this.#database.begin(this);
        return [];
      case "commit":
        this.#end(this.#isFailed ? "rollback" : "commit");
        return [];
      case "rollback":
        this.#end("rollback");
        return [];
    }
    if (this.#isFailed) throw failedBefore();
    const statement = this.#database.statement(this.#schema, name, text);
    try {
      return this.#database.run(statement, values, this);
    } catch (error) {
      this.#isFailed = this.#database.isIn(this);
      throw error;
    }
  }

  /** Its connection is gone: a transaction that was open is undone. */
  close(): void {
    this.#isClosed = true;
    this.#end("rollback");
  }

  #end(how: "commit" | "rollback"): void {
    this.#isFailed = false;
    this.#database.end(this, how);
  }
}

/** As PostgreSQL refuses whatever comes after a statement of a transaction that failed. */
function failedBefore(): pg.DatabaseError {
  const error = new pg.DatabaseError("the transaction has failed: nothing more is done in it", 0, "error");
  return Object.assign(error, { code: "25P02" });
}
