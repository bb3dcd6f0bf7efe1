import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PHP } from "@php-wasm/universal";
import { openPhp } from "../docs/interpreters.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "examples", "woocommerce", "caravela-for-woocommerce");

/** The plugin's files, by their paths below its folder. */
export const FILES: ReadonlyMap<string, string> = new Map(
  globSync("**/*.php", { cwd: FOLDER }).map((path) => [path, readFileSync(join(FOLDER, path), "utf8")]),
);

/** An order as the stand-in keeps it. */
export interface Order {
  readonly total: string;
  readonly status: string;
  readonly currency?: string;
  readonly transaction?: string;
  /** Whether WooCommerce fails to complete it. */
  readonly breaks?: boolean;
  readonly notes?: readonly string[];
  readonly meta?: Readonly<Record<string, unknown>>;
}

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
}

/** How a request of the plugin's is answered: by the server itself unless a test stands in between. */
export type Answering = (sent: Sent, really: () => Promise<object>) => Promise<object>;

/** A shop with the plugin in it, on PHP 7.4, with WordPress and WooCommerce stood in for. */
export class PluginShop {
  answering: Answering = (_, really) => really();
  /** Each request of the plugin's, in the order in which they were sent. */
  readonly sent: Sent[] = [];
  readonly #php: PHP;
  /** One request at a time, as they come. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(php: PHP) {
    this.#php = php;
  }

  static async open(settings: Record<string, string>): Promise<PluginShop> {
    const php = await openPhp();
    const shop = new PluginShop(php);
    for (const [path, text] of FILES) {
      php.mkdirTree(dirname(`/plugin/${path}`));
      php.writeFile(`/plugin/${path}`, text);
    }
    php.writeFile("/stand-in.php", readFileSync(join(import.meta.dirname, "stand-in.php"), "utf8"));
    const kept = { options: { woocommerce_caravela_settings: settings }, orders: {}, notices: [], log: [] };
    php.writeFile("/kept.json", JSON.stringify(kept));
    php.onMessage((data) => shop.#send(JSON.parse(data)));
    return shop;
  }

  /** What an expression of PHP gives, said in the shop. */
  run(expression: string, given: object = {}): Promise<unknown> {
    return this.#inTurn(async () => {
      this.#php.writeFile("/given.json", JSON.stringify(given));
      const { text, errors } = await this.#php.run({
        code: `<?php require '/stand-in.php';
          extract(json_decode(file_get_contents('/given.json'), true));
          $result = ${expression};
          Kept::close();
          echo json_encode(['result' => $result instanceof WP_Error ? ['error' => $result->get_error_message()] : $result]);`,
      });
      if (errors !== "") throw new Error(errors);
      return JSON.parse(text).result;
    });
  }

  /** Puts an order into the shop, or changes what is said of one that is there. */
  order(id: number, changes: Partial<Order>): Promise<void> {
    return this.#inTurn(async () => {
      const kept = this.#kept();
      kept.orders[id] = { ...kept.orders[id], ...changes };
      this.#php.writeFile("/kept.json", JSON.stringify(kept));
    });
  }

  read(id: number): Promise<Order> {
    return this.#inTurn(async () => this.#kept().orders[id]);
  }

  /** What version 7.4 says of a file that it cannot read; nothing: it can. */
  lint(path: string): Promise<unknown> {
    return this.run(
      "(function ($path) { try { token_get_all(file_get_contents($path), TOKEN_PARSE); } catch (ParseError $e) { return $e->getMessage(); } })($path)",
      { path: `/plugin/${path}` },
    );
  }

  #kept() {
    return JSON.parse(this.#php.readFileAsText("/kept.json"));
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #send(sent: Sent): Promise<string> {
    this.sent.push(sent);
    const really = async () => {
      const { method, headers, body } = sent;
      const answer = await fetch(sent.url, { method, headers, body, redirect: "manual" });
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
    };
    // a server that is down, or is just being started again
    const fault = (error: unknown) => ({ fault: String(error) });
    return JSON.stringify(await this.answering(sent, really).catch(fault));
  }
}
