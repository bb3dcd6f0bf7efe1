import { once } from "node:events";
import { connect } from "node:net";
import { createHttp, type Http } from "@caravela/platform/http";
import { createLog } from "@caravela/platform/log";
import { cents } from "@caravela/sibs/money";
import { parse } from "csv-parse/sync";
import { afterEach, describe, expect, it } from "vitest";
import { type Columns, CsvWriter, euros } from "./csv.ts";
import { sendFile } from "./export.ts";

interface Row {
  readonly text: string | null;
  readonly amount: number;
}
const COLUMNS: Columns<Row> = {
  text: ({ text }) => text,
  amount: ({ amount }) => euros(cents(amount)),
  is_odd: ({ amount }) => amount % 2 === 1,
};
const row = (text: string | null, amount = 1250): Row => ({ text, amount });

describe("a table as CSV", () => {
  it("is RFC 4180, and in Portuguese as a spreadsheet there reads it", () => {
    const rows = [row('Two "mugs", blue; one\r\nlid'), row(null, 5)];
    expect(new CsvWriter(COLUMNS, "plain").write(rows)).toBe(
      'text,amount,is_odd\r\n"Two ""mugs"", blue; one\r\nlid",12.50,false\r\n,0.05,true\r\n',
    );
    expect(new CsvWriter(COLUMNS, "pt").write(rows)).toBe(
      '\uFEFFtext;amount;is_odd\r\n"Two ""mugs"", blue; one\r\nlid";12,50;false\r\n;0,05;true\r\n',
    );
  });

  it("has its first line once, also where nothing follows it", () => {
    const writer = new CsvWriter(COLUMNS, "plain");
    expect(writer.write([])).toBe("text,amount,is_odd\r\n");
    expect(writer.write([row("a")])).toBe("a,12.50,false\r\n");
    expect(writer.write([])).toBe("");
  });

  it.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1+1",
    "\u00a0@x",
    "＝1",
    "\u200b=1",
    "\u202e\u0001+1",
    "﹦1",
    '=HYPERLINK("x";"y")',
  ])("holds no formula: %j is a text", (text) => {
    for (const [format, delimiter] of [
      ["plain", ","],
      ["pt", ";"],
    ] as const) {
      const [, [cell] = []] = parse(new CsvWriter(COLUMNS, format).write([row(text)]), { delimiter, bom: true });
      expect(cell).toBe(`'${text}`);
    }
  });

  it("holds a text together whichever sign parts cells for whoever reads it, and leaves amounts without quotes", () => {
    for (const format of ["plain", "pt"] as const)
      for (const text of ["a;=1", "a,+1", "a\t@x", "5,00;=1"]) {
        const file = new CsvWriter(COLUMNS, format).write([row(text)]);
        const [, [cell] = []] = parse(file, { delimiter: [",", ";", "\t"], bom: true, relax_column_count: true });
        expect([format, cell]).toEqual([format, text]);
        expect(file).not.toMatch(/"12.50"/);
      }
  });

  it("leaves every other text as it is", () => {
    for (const text of ["a=1", "order-17", "' x", "1.5", "ção €", "  two  ", "a\nb", "'"]) {
      const [, [cell] = []] = parse(new CsvWriter(COLUMNS, "plain").write([row(text)]));
      expect(cell).toBe(text);
    }
  });
});

describe("a file that is sent", () => {
  const servers: Http[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  /** Serves parts of a hundred rows each; `failsAt`: the part that cannot be read. */
  async function served({ parts, failsAt = -1 }: { parts: number; failsAt?: number }) {
    const seen = { read: 0, isOver: false };
    const closing = new AbortController();
    const http = createHttp({ log: createLog({ name: "test", level: "silent" }) });
    servers.push(http);
    async function* some(): AsyncGenerator<readonly Row[]> {
      try {
        for (; seen.read < parts; seen.read += 1) {
          if (seen.read === failsAt) throw new Error("the database is away");
          yield Array.from({ length: 100 }, (_, n) => row("x".repeat(1000), n));
        }
      } finally {
        seen.isOver = true;
      }
    }
    http.get("/file", (request, reply) => {
      const file = { name: "things", columns: COLUMNS, format: "plain", closing: closing.signal } as const;
      return sendFile(request, reply, { ...file, parts: some() });
    });
    const url = await http.listen({ port: 0, host: "127.0.0.1" });
    return { url, seen, closing };
  }

  it("comes whole, by its name", async () => {
    const { url, seen } = await served({ parts: 30 });
    const answer = await fetch(`${url}/file`);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="things.csv"',
    });
    expect(parse(await answer.text())).toHaveLength(3_001);
    expect(seen.isOver).toBe(true);
  });

  it("is a problem where its first part cannot be read", async () => {
    const { url } = await served({ parts: 3, failsAt: 0 });
    const answer = await fetch(`${url}/file`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      500,
      "application/problem+json; charset=utf-8",
    ]);
    expect(answer.headers.get("content-disposition")).toBe(null);
  });

  it("breaks off where another cannot: it never looks whole, whichever HTTP is spoken", async () => {
    const { url } = await served({ parts: 30, failsAt: 20 });
    await expect(fetch(`${url}/file`).then((answer) => answer.text())).rejects.toThrow();

    const { url: again } = await served({ parts: 3, failsAt: 2 });
    const socket = connect(Number(new URL(again).port), "127.0.0.1").resume();
    socket.write("GET /file HTTP/1.0\r\n\r\n");
    const [error] = await once(socket, "error");
    expect(error).toMatchObject({ code: "ECONNRESET" });
  });

  it("is read no further than its client takes it, and no more once the client is gone", async () => {
    const { url, seen } = await served({ parts: 10_000 });
    const leaving = new AbortController();
    const answer = await fetch(`${url}/file`, { signal: leaving.signal });
    await answer.body?.getReader().read();
    await expect.poll(() => seen.read).toBeGreaterThan(0);
    // what fits between the two: buffers of the sockets, some megabytes, of a gigabyte
    await expect
      .poll(async () => {
        const before = seen.read;
        await new Promise(setImmediate);
        return seen.read - before;
      })
      .toBe(0);
    expect(seen.read).toBeLessThan(1_000);
    expect(seen.isOver).toBe(false);
    leaving.abort();
    await expect.poll(() => seen.isOver).toBe(true);
  });

  it("holds up no server that ends", async () => {
    const { url, closing, seen } = await served({ parts: 10_000 });
    const reader = (await fetch(`${url}/file`)).body?.getReader();
    await reader?.read();
    closing.abort();
    // though nobody takes the rest
    await expect.poll(() => seen.isOver).toBe(true);
    const rest = async () => {
      for (let part = await reader?.read(); part?.done === false; ) part = await reader?.read();
    };
    await expect(rest()).rejects.toThrow();
  });
});
