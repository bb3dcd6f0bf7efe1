import { lisbonDate } from "@caravela/platform/lisbon";
import { type Cents, eurosText } from "@caravela/sibs/money";
import { stringify } from "csv-stringify/sync";

/**
 * How a table is written: `plain` for programs and most of the world, `pt` for spreadsheets that are set to Portuguese.
 */
export const CSV_FORMATS = ["plain", "pt"] as const;

export type CsvFormat = (typeof CSV_FORMATS)[number];

/** What stands in a cell: an amount is told from a text by being of its own kind. */
export type Cell = string | boolean | number | null | { readonly euros: Cents };

/** Columns by their names, with what stands in them. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

interface Style {
  readonly delimiter: string;
  readonly point: string;
  /** Where the file begins: by it spreadsheets know that it is UTF-8. */
  readonly bom: boolean;
}

const STYLES: Readonly<Record<CsvFormat, Style>> = {
  plain: { delimiter: ",", point: ".", bom: false },
  pt: { delimiter: ";", point: ",", bom: true },
};

/** Spreadsheets that leave out blanks in front, and what nobody sees, see a formula behind them. */
const HIDDEN_FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫]/u;

/** A text with a sign that parts cells for somebody, whose spreadsheet is set otherwise; amounts are none. */
const PARTED = /^(?!\d+,\d\d$).*[;,\t]/s;

/**
 * Writes rows as RFC 4180 has them, some at a time: the first part has the columns' names before them. A text that a
 * spreadsheet would run as a formula has an apostrophe in front.
 */
export class CsvWriter<Row> {
  readonly #columns: Columns<Row>;
  readonly #style: Style;
  #isBegun = false;

  constructor(columns: Columns<Row>, format: CsvFormat) {
    this.#columns = columns;
    this.#style = STYLES[format];
  }

  /** The next part. */
  write(rows: readonly Row[]): string {
    const { delimiter, point, bom } = this.#style;
    const isFirst = !this.#isBegun;
    this.#isBegun = true;
    const cells = Object.values(this.#columns);
    return stringify(
      rows.map((row) => cells.map((of) => of(row))),
      {
        columns: Object.keys(this.#columns),
        header: isFirst,
        bom: isFirst && bom,
        delimiter,
        record_delimiter: "windows",
        quoted_match: PARTED,
        escape_formulas: true,
        cast: {
          string: (text) => (HIDDEN_FORMULA.test(text) ? `'${text}` : text),
          boolean: String,
          object: (cell) => eurosText((cell as { readonly euros: Cents }).euros).replace(".", point),
        },
      },
    );
  }
}

/** An amount. */
export const euros = (amount: Cents): Cell => ({ euros: amount });

/** A moment, in UTC; null: there is none. */
export const moment = (at: Date | number | null): Cell => (at === null ? null : new Date(at).toISOString());

/** The day of a moment in Lisbon. */
export const day = (at: Date | number | null): Cell => (at === null ? null : lisbonDate(at));
