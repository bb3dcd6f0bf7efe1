import type { Queries } from "../postgres/pool.ts";

interface Plan {
  readonly "Node Type": string;
  readonly "Parent Relationship"?: string;
  readonly "Relation Name"?: string;
  readonly "Plan Rows": number;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly Filter?: string;
  readonly Plans?: readonly Plan[];
}

/** A page of what is listed: no more than this is sorted. */
const MOST_SORTED = 1_000;

/**
 * Which tables PostgreSQL means to read whole for a statement, whatever its values are, or to walk through in the order
 * of an index until it has met enough of what is wanted; which indexes of some rows it means to walk through from end
 * to end; and what it means to sort that is more than a page.
 * @param small tables, and indexes of some rows, that stay small: they may be read whole
 */
export async function planFaults(
  database: Pick<Queries, "query">,
  text: string,
  small: readonly string[],
): Promise<string[]> {
  const { rows } = await database.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
    `explain (generic_plan, format json) ${text}`,
  );
  const wholeIndexes = await indexesOfAllRows(database);
  const nodes = rows.flatMap((row) => nodesOf(row["QUERY PLAN"][0].Plan, false));
  const whole = nodes.filter(
    (node) => node["Node Type"] === "Seq Scan" && !small.includes(node["Relation Name"] ?? ""),
  );
  const walks = nodes.filter(
    (node) =>
      node["Index Name"] !== undefined &&
      node["Index Cond"] === undefined &&
      (wholeIndexes.includes(node["Index Name"]) ? node.Filter !== undefined : !node.isLimited) &&
      !small.includes(node["Index Name"]) &&
      !small.includes(node["Relation Name"] ?? ""),
  );
  const sorts = nodes.filter((node) => node["Node Type"] === "Sort" && node["Plan Rows"] > MOST_SORTED);
  return [...whole, ...walks, ...sorts].map((node) => {
    const through = node["Index Name"] === undefined ? "" : ` through ${node["Index Name"]}`;
    return `${node["Node Type"]} of ${node["Relation Name"] ?? node["Plan Rows"]}${through}`;
  });
}

/** Its node, and all below it. @param isLimited whether who reads it wants a few rows in its order, and no more */
function nodesOf(plan: Plan, isLimited: boolean): (Plan & { readonly isLimited: boolean })[] {
  const type = plan["Node Type"];
  const below = type === "Limit" || (isLimited && PASSED_ON.includes(type));
  const isBelow = (one: Plan) => below && !["InitPlan", "SubPlan"].includes(one["Parent Relationship"] ?? "");
  return [{ ...plan, isLimited }, ...(plan.Plans ?? []).flatMap((one) => nodesOf(one, isBelow(one)))];
}

/** What reads no more below it than is wanted of it. */
const PASSED_ON = ["LockRows", "Result", "Subquery Scan", "Append", "Merge Append", "ProjectSet", "Incremental Sort"];

/** The indexes that hold every row of their table. Of the others nobody knows how many theirs will be. */
async function indexesOfAllRows(database: Pick<Queries, "query">): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    "select relname as name from pg_index join pg_class on pg_class.oid = indexrelid where indpred is null",
  );
  return rows.map(({ name }) => name);
}

/** Those of the statements, by name and text, whose plans have faults, each with its faults. */
export async function faultyPlans(
  database: Pick<Queries, "query">,
  statements: Iterable<readonly [name: string, text: string]>,
  small: readonly string[],
): Promise<[string, string[]][]> {
  const found: [string, string[]][] = [];
  for (const [name, text] of statements) {
    const faults = await planFaults(database, text, small);
    if (faults.length > 0) found.push([name, faults]);
  }
  return found;
}

/** What a statement has read, whatever it gave. */
export interface Read {
  /** The tables that it read whole. */
  readonly whole: readonly string[];
  /** The rows that it looked at, those that it threw away with them. */
  readonly rows: number;
  /** The blocks of 8 KiB. */
  readonly blocks: number;
}

interface Done extends Plan {
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Shared Hit Blocks": number;
  readonly "Shared Read Blocks": number;
  readonly Plans?: readonly Done[];
}

/** Runs a statement that reads, and tells what that took. */
export async function readBy(
  database: Pick<Queries, "query">,
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
): Promise<Read> {
  const asked = `explain (analyze, buffers, format json) ${text}`;
  const { rows: answer } = await database.query<{ "QUERY PLAN": [{ Plan: Done }] }>(asked, values);
  const inside = (plan: Done): Done[] => [plan, ...(plan.Plans ?? []).flatMap(inside)];
  const [{ Plan: all }] = answer[0]?.["QUERY PLAN"] ?? [{ Plan: { "Node Type": "" } as Done }];
  const scans = inside(all).filter(
    (one) => one["Relation Name"] !== undefined || /^Bitmap Index/.test(one["Node Type"]),
  );
  const rowsOf = (one: Done) => (one["Actual Rows"] + (one["Rows Removed by Filter"] ?? 0)) * one["Actual Loops"];
  return {
    whole: scans.flatMap((one) => (one["Node Type"] === "Seq Scan" ? (one["Relation Name"] ?? "") : [])),
    rows: scans.reduce((sum, one) => sum + rowsOf(one), 0),
    blocks: all["Shared Hit Blocks"] + all["Shared Read Blocks"],
  };
}
