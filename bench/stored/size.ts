import type pg from "pg";

/** What a table takes on the disk, in bytes. */
export interface TableSize {
  readonly table: string;
  readonly rows: number;
  readonly heap: number;
  readonly indexes: number;
  readonly toast: number;
}

/** Every table of both programs that holds something, the largest first. */
export async function sizesOf(database: pg.Client): Promise<TableSize[]> {
  const { rows } = await database.query<Record<keyof TableSize, string>>(`
    select nspname || '.' || relname as table, greatest(reltuples, 0)::bigint as rows, pg_relation_size(pg_class.oid) as heap,
           pg_indexes_size(pg_class.oid) as indexes,
           pg_table_size(pg_class.oid) - pg_relation_size(pg_class.oid) as toast
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where nspname in ('caravela', 'sibs_gateway') and relkind = 'r' and reltuples > 0
     order by pg_total_relation_size(pg_class.oid) desc`);
  return rows.map(({ table, rows: count, heap, indexes, toast }) => ({
    table,
    rows: Number(count),
    heap: Number(heap),
    indexes: Number(indexes),
    toast: Number(toast),
  }));
}

/** What a payment takes in a table, in bytes. */
export function bytesPerPayment(sizes: readonly TableSize[], payments: number, schema = ""): number {
  const own = sizes.filter(({ table }) => table.startsWith(schema));
  return own.reduce((sum, { heap, indexes, toast }) => sum + heap + indexes + toast, 0) / payments;
}

/** Prints what a payment takes, table by table, and what ten million would. */
export function printSizes(sizes: readonly TableSize[], payments: number): void {
  console.log(`\nbytes of one payment on the disk, with ${payments.toLocaleString("en")} stored\n`);
  const per = (bytes: number) =>
    Math.round(bytes / payments)
      .toLocaleString("en")
      .padStart(8);
  console.log(
    `${"".padEnd(34)}${"rows".padStart(8)}${"heap".padStart(8)} ${"indexes".padStart(8)} ${"toast".padStart(8)}`,
  );
  for (const { table, rows, heap, indexes, toast } of sizes.filter((one) => one.rows >= payments / 1_000)) {
    const shown = [per(heap), per(indexes), per(toast)].join(" ");
    console.log(`${table.padEnd(34)}${(rows / payments).toFixed(2).padStart(8)}${shown}`);
  }
  for (const schema of ["caravela", "sibs_gateway"]) {
    const bytes = bytesPerPayment(sizes, payments, schema);
    const ten = ((bytes * 1e7) / 2 ** 30).toFixed(0);
    console.log(`${schema}: ${Math.round(bytes).toLocaleString("en")} in all; ten million payments: ${ten} GiB`);
  }
}
