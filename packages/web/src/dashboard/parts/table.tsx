import type { ComponentChildren } from "preact";
import { useDesk } from "../shell/desk.ts";
import { inBoth } from "../texts.ts";

interface Column {
  readonly key: string;
  readonly label: string;
  /** Amounts stand at the right. */
  readonly kind?: "money";
}

interface Row {
  readonly id: string;
  readonly cells: Readonly<Record<string, ComponentChildren>>;
}

interface TableProps {
  /** What it holds, for those who listen. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What stands in place of no rows. */
  readonly empty: ComponentChildren;
}

/** So many columns stand at ease on a desk; more stand closer. */
const MOST_AT_EASE = 7;

/**
 * A table; where there is little room, a card for each row, still a table for those who listen. Its rows are known by
 * their ids, so that what is new can be told apart.
 */
export function Table({ caption, columns, rows, empty }: TableProps) {
  if (rows.length === 0) return <div class="empty">{empty}</div>;
  const isDense = columns.length > MOST_AT_EASE;
  const table = (
    // biome-ignore lint/a11y/noRedundantRoles: laid out as cards, a table is none any more unless it says so
    <table class={isDense ? "table dense" : "table"} role="table" data-rows>
      <caption class="heard">{caption}</caption>
      {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
      <thead role="rowgroup">
        {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
        <tr role="row">
          {columns.map(({ key, label, kind }) => (
            // biome-ignore lint/a11y/noRedundantRoles: as above
            <th key={key} scope="col" role="columnheader" class={kind}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
      <tbody role="rowgroup">
        {rows.map(({ id, cells }) => (
          // biome-ignore lint/a11y/noRedundantRoles: as above
          <tr key={id} role="row" data-row={id}>
            {columns.map(({ key, label, kind }) => (
              // biome-ignore lint/a11y/noRedundantRoles: as above
              <td key={key} role="cell" class={kind} data-label={label}>
                {cells[key]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return isDense ? <div class="dense-room">{table}</div> : table;
}

const pagerTexts = inBoth(
  { label: "Páginas", first: "Mais recentes", next: "Mais antigos" },
  { label: "Pages", first: "Newest", next: "Older" },
);

/** The way through a list: back to its beginning, and on. @param next the cursor of the next page. */
export function Pager({ next }: { next: string | null }) {
  const { path, say } = useDesk();
  const texts = say(pagerTexts);
  const isFirst = !queryOf(path).has("after");
  if (isFirst && next === null) return null;
  return (
    <nav class="pager" aria-label={texts.label}>
      {!isFirst && <a href={addressWith(path, { after: null })}>{texts.first}</a>}
      {next !== null && (
        <a href={addressWith(path, { after: next })} rel="next">
          {texts.next}
        </a>
      )}
    </nav>
  );
}

function queryOf(path: string): URLSearchParams {
  return new URLSearchParams(path.split("?")[1] ?? "");
}

/** The same address with parts of its query changed; null takes one away. */
export function addressWith(path: string, changes: Readonly<Record<string, string | null>>): string {
  const query = queryOf(path);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const [bare = ""] = path.split("?");
  return query.size === 0 ? bare : `${bare}?${query}`;
}
