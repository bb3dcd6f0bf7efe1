import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import type { OperatorId, ViewId } from "../domain/identifiers.ts";
import { is, readList } from "./list-query.ts";
import type { Page, PageRequest } from "./paging.ts";

/** What a colleague keeps of the list of payments under a name. */
export interface SavedView {
  readonly id: ViewId;
  readonly name: string;
  /** The filters and columns, as an address has them. */
  readonly query: string;
  readonly createdAt: Date;
}

interface SavedViewRow extends Omit<SavedView, "createdAt"> {
  readonly created_at: Date;
}

/** So many views one person keeps at most. */
export const MOST_VIEWS = 50;

/** Whose a view is, and which. */
export interface OwnView {
  readonly operator: OperatorId;
  readonly id: ViewId;
}

/** The views that colleagues keep, each for themselves. */
export class SavedViews {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Those of one person, newest first. */
  list(operator: OperatorId, page: PageRequest): Promise<Page<SavedView>> {
    const shown = {
      columns: "view.id, view.name, view.query, view.created_at",
      table: "caravela.saved_view as view",
      on: "view.id = page.id",
    };
    const ways = [{ where: is("operator_id", operator) }];
    return readList<SavedViewRow, SavedView>(
      this.#pool,
      { table: "saved_view", by: "created_at", ways, shown },
      page,
      viewOf,
    );
  }

  /**
   * One more, unless there are as many as there may be, or the person is not at work any more. They are held until the
   * transaction ends: of two presses at one moment the second counts what the first has kept, and whoever removes the
   * person removes it, too.
   */
  async add(
    connection: Queries,
    operator: OperatorId,
    { id, name, query, createdAt }: SavedView,
  ): Promise<"kept" | "full" | "nobody"> {
    const held = await connection.query({
      name: "saved-view-hold",
      text: "select from caravela.operator where id = $1 and removed_at is null for no key update",
      values: [operator],
    });
    if (held.rowCount === 0) return "nobody";
    const { rows } = await connection.query<{ count: number }>({
      name: "saved-view-count",
      text: "select count(*)::integer as count from caravela.saved_view where operator_id = $1",
      values: [operator],
    });
    if ((rows[0]?.count ?? 0) >= MOST_VIEWS) return "full";
    await connection.query({
      name: "saved-view-add",
      text: "insert into caravela.saved_view (id, operator_id, name, query, created_at) values ($1, $2, $3, $4, $5)",
      values: [id, operator, name, query, createdAt],
    });
    return "kept";
  }

  /** Calls one otherwise, or as before where there is no name; null: this person has none of this id. */
  async rename(connection: Queries, { operator, id }: OwnView, name: string | null): Promise<SavedView | null> {
    const { rows } = await connection.query<SavedViewRow>({
      name: "saved-view-rename",
      text: `update caravela.saved_view set name = coalesce($3, name) where id = $1 and operator_id = $2
             returning id, name, query, created_at`,
      values: [id, operator, name],
    });
    return rows[0] === undefined ? null : viewOf(rows[0]);
  }

  /** Forgets one; whether this person had it. */
  async remove({ operator, id }: OwnView): Promise<boolean> {
    const { rowCount } = await this.#pool.query({
      name: "saved-view-remove",
      text: "delete from caravela.saved_view where id = $1 and operator_id = $2",
      values: [id, operator],
    });
    return rowCount === 1;
  }
}

function viewOf({ id, name, query, created_at: createdAt }: SavedViewRow): SavedView {
  return { id, name, query, createdAt };
}
