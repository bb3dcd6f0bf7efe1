import { expect, it } from "vitest";
import { bareNames, tablesMadeBy } from "./names.ts";

it.each([
  ['query("select * from payment where id = $1")', ["from payment"]],
  ["query(`update payment set a = 1 from fact where true`)", ["update payment", "from fact"]],
  ["text: `insert into\n  fact (id) select 1`", ["into\n  fact"]],
  ['"select 1 from caravela.payment join caravela.fact using (id)"', []],
  ["// select from payment\nconst it = 'taken from payment';", []],
  ["`select payment.id from caravela.payment_day`", []],
])("finds a table without its schema in a statement, and nowhere else: %s", (program, found) => {
  expect(bareNames(program, ["payment", "fact"])).toEqual(found);
});

it("knows the tables that a migration makes", () => {
  expect(
    tablesMadeBy("create table a (id text);\nalter table b add c text;\ncreate table if not exists d ();"),
  ).toEqual(["a", "d"]);
});
