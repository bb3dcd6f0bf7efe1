import { describe, expect, it } from "vitest";
import { MemoryDatabase, type Statement } from "./database.ts";
import { MemoryPool } from "./pool.ts";
import { columnsOf } from "./shape.ts";

const shelf = { ...columnsOf("id text!, holds text"), unique: [{ name: "shelf_pkey", columns: ["id"] }] };

const put: Statement = (tables, [id, holds]) => {
  tables.of("a.shelf").insert({ id, holds });
  return [{ id }];
};

function opened() {
  const knows = {
    a: (name: string | undefined) => (name === "put" ? put : undefined),
    b: (name: string | undefined) => (name === "put" ? () => [{ of: "b" }] : undefined),
  };
  const database = new MemoryDatabase({ shapes: { "a.shelf": shelf }, knows, now: () => 0 });
  const poolOf = (schema: string) => new MemoryPool(database, ({ run }) => run(), { schema, max: 2 });
  return { database, a: poolOf("a"), b: poolOf("b"), ids: () => [...database.of("a.shelf").rows].map(({ id }) => id) };
}

const putting = (id: string) => ({ name: "put", text: "put", values: [id, "tea"] });

describe("a database in memory", () => {
  it("notes what it is asked for and does not know: a run that meets such a thing is no run", async () => {
    const { database, a } = opened();
    await expect(a.query({ name: "take", text: "take" })).rejects.toThrow("not known in memory: a take");
    expect([...database.unknown]).toEqual(["a take"]);
  });

  it("has each program's own statements, whoever asks first by a name that both have", async () => {
    const { a, b } = opened();
    expect((await b.query(putting("1"))).rows).toEqual([{ of: "b" }]);
    expect((await a.query(putting("1"))).rows).toEqual([{ id: "1" }]);
  });

  it("undoes what a program had begun that is gone, and lets others go on", async () => {
    const { a, b, ids } = opened();
    const connection = await a.connect();
    await connection.query("begin");
    await connection.query(putting("1"));
    const others = b.query(putting("2"));
    a.cut();
    expect((await others).rows).toEqual([{ of: "b" }]);
    expect(ids()).toEqual([]);
    await expect(connection.query(putting("3"))).rejects.toThrow("Connection terminated");
  });
});
