import type { Queries } from "../postgres/pool.ts";

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Plan Rows": number;
  readonly Plans?: readonly Plan[];
}

/** A page of what is listed: no more than this is sorted. */
const MOST_SORTED = 1_000;

/**
 * Which tables PostgreSQL means to read whole for a statement, whatever its values are, and what it means to sort that
 * is more than a page.
 * @param small tables that stay small, which may be read whole
 */
export async function planFaults(
  database: Pick<Queries, "query">,
  text: string,
  small: readonly string[],
): Promise<string[]> {
  const { rows } = await database.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
    `explain (generic_plan, format json) ${text}`,
  );
  const inside = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(inside)];
  const nodes = rows.flatMap((row) => inside(row["QUERY PLAN"][0].Plan));
  const whole = nodes.filter(
    (node) => node["Node Type"] === "Seq Scan" && !small.includes(node["Relation Name"] ?? ""),
  );
  const sorts = nodes.filter((node) => node["Node Type"] === "Sort" && node["Plan Rows"] > MOST_SORTED);
  return [...whole, ...sorts].map((node) => `${node["Node Type"]} of ${node["Relation Name"] ?? node["Plan Rows"]}`);
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
