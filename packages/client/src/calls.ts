import type { Page } from "./answers.ts";
import type { Operations } from "./api-types.generated.ts";
import { type Line, send } from "./call.ts";
import type { CallOptions, ChangeOptions } from "./options.ts";

type Name = keyof Operations;

/** The operations that are asked for by a method of HTTP. */
type By<Method extends string> = { [N in Name]: Operations[N]["method"] extends Method ? N : never }[Name];

/** Those that answer a page of a list. */
type Listing = { [N in Name]: Operations[N]["answer"] extends Page<unknown> ? N : never }[Name];

type Path<N extends Name> = Operations[N]["path"];
type Input<N extends Name> = Operations[N]["input"];
type Query<N extends Name> = Operations[N]["query"];
type Answer<N extends Name> = Operations[N]["answer"];
type Listed<N extends Name> = Answer<N> extends Page<infer Item> ? Item : never;

/** A list: awaited, it is its first page; `for await` goes through all there is, page by page. */
export type List<Item> = Promise<Page<Item>> & AsyncIterable<Item>;

/** The calls of the API, each held to what the server's description says of it: its path, input, query and answer. */
export class Calls {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  get<N extends By<"GET">>(path: Path<N>, options?: CallOptions, query?: Query<N>): Promise<Answer<N>> {
    return this.#send("GET", path + queryText(query), options);
  }

  post<N extends By<"POST">>(path: Path<N>, options?: ChangeOptions, input?: Input<N>): Promise<Answer<N>> {
    return this.#send("POST", path, options, input);
  }

  delete<N extends By<"DELETE">>(path: Path<N>, options?: CallOptions): Promise<Answer<N>> {
    return this.#send("DELETE", path, options);
  }

  list<N extends By<"GET"> & Listing>(path: Path<N>, options?: CallOptions, query?: Query<N>): List<Listed<N>> {
    const page = (after?: string) =>
      this.#send<Page<Listed<N>>>(
        "GET",
        path + queryText({ ...query, ...(after && { after }) }),
        options,
        undefined,
        true,
      );
    const first = page();
    return Object.assign(first, {
      async *[Symbol.asyncIterator]() {
        let { data, next } = await first;
        yield* data;
        while (next) {
          ({ data, next } = await page(next));
          yield* data;
        }
      },
    });
  }

  #send<T>(method: string, path: string, options?: ChangeOptions, input?: object, isList?: boolean): Promise<T> {
    return send(this.#line, { method, path, input, isList }, options) as Promise<T>;
  }
}

/** Some of the calls, by what they are about. */
export abstract class Resource {
  protected readonly calls: Calls;

  constructor(calls: Calls) {
    this.calls = calls;
  }
}

/** An id, as a part of a path. @throws TypeError where the path would be another one's */
export function at(id: string): string {
  if (typeof id === "string" && !/^\.{0,2}$/.test(id)) return encodeURIComponent(id);
  throw new TypeError("an id is needed, as the API gave it");
}

function queryText(query: object | undefined): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
