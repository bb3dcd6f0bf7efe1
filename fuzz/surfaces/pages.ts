import { encoded } from "../inputs/heads.ts";
import { type Tree, written } from "../inputs/tree.ts";
import type { Asked, Input } from "../request.ts";
import { CARD, CARD_NUMBERS } from "../world/lives.ts";
import type { Caller } from "../world/things.ts";
import type { Crawled, Form } from "./crawl.ts";
import { inputOf, type Makings, type Surface } from "./surface.ts";

/** What people type into fields, by their names. */
const TYPED: Readonly<Record<string, readonly string[]>> = {
  phone: ["912345678", "+351 919 999 999", "960000003"],
  number: CARD_NUMBERS,
  expiry: ["12/30", "01/20", "13/30"],
  code: [CARD.code, "12"],
  name: ["Ana Sousa", "A colleague"],
  email: ["ana@example.pt"],
  to: ["ana@example.pt", "/dashboard/payments"],
  amount: ["5,50", "5.51", "0", "1.234,56"],
  note: ["Called the customer."],
  reason: ["requested_by_customer"],
  limit: ["100.00"],
  validUntil: ["2030-12-31"],
  alias: ["351#919999999"],
  entity: ["24000"],
  reference: ["256 309 828"],
  press: ["confirm", "cancel"],
  password: ["1234"],
  confirmed: ["yes"],
  country: ["PT"],
  street1: ["Rua 123"],
  city: ["Lisboa"],
  postcode: ["1200-999"],
  answer: ['{"id":"x","rawId":"x","type":"public-key","response":{}}'],
  url: ["http://127.0.0.1:8/hook"],
  lang: ["pt", "en", "es", "fr", "x"],
};

/** What is below a page, and no page leads to. */
// biome-ignore format: a list
const BELOW = [
  "view", "events", "again", "wish", "continue", "mbway", "multibanco", "card", "token", "mandate", "return", "bank",
  "back", "calendar.ics", "mail", "receipt", "reference", "embedded", "embedded/view", "cancel", "x",
];

// biome-ignore format: a list
const BESIDE = [
  "/dashboard/login/options", "/dashboard/login", "/dashboard/logout", "/dashboard/touch", "/dashboard/touch/options",
  "/dashboard/live", "/dashboard/language", "/dashboard/passkeys", "/dashboard/local/x", "/dashboard/invitation/x",
  "/metrics", "/health", "/ready", "/openapi.json", "/docs/openapi.json", "/assets/x.js", "/favicon.ico", "/robots.txt",
  "/sandbox/clock/step", "/caravela-pay.js", "/problems/not_found", "/problems/x", "/.well-known/x", "/v1", "/",
];

/** The pages of customers, of colleagues, and of phone, ATM and bank: their forms and addresses. */
export class PagesSurface implements Surface {
  readonly #crawled: Crawled;
  readonly #makings: Makings;

  constructor(crawled: Crawled, makings: Makings) {
    this.#crawled = crawled;
    this.#makings = makings;
  }

  next(): Input {
    const { dice } = this.#makings;
    return dice.weighed<() => Input>([
      [62, () => this.#form(dice.pick(this.#crawled.forms))],
      [18, () => this.#link()],
      [20, () => this.#below()],
    ])();
  }

  #form({ program, action, method, fields }: Form): Input {
    const body: Tree = {
      members: fields.map(([name, value]): [string, Tree] => [name, { text: this.#typed(name, value) }]),
    };
    if (method === "GET") {
      const asked = this.#asked("GET", `${action.split("?")[0]}?${inForm(body).toString("latin1")}`, program);
      return inputOf({ asked, body: null, parameters: fields.map(([name]) => name) }, this.#makings);
    }
    const plain = this.#asked("POST", action, program);
    const asked = {
      ...plain,
      headers: [...plain.headers, ["content-type", "application/x-www-form-urlencoded"] as const],
    };
    return inputOf({ asked, body, write: inForm }, this.#makings, { body: 46, query: 3 });
  }

  #link(): Input {
    const { program, target } = this.#makings.dice.pick(this.#crawled.links);
    const [, query = ""] = target.split("?", 2);
    const parameters = [
      ...new URLSearchParams(query).keys(),
      "q",
      "after",
      "status",
      "from",
      "to",
      "lang",
      "stay",
      "other",
    ];
    return inputOf({ asked: this.#asked("GET", target, program), body: null, parameters }, this.#makings, {
      query: 40,
    });
  }

  #below(): Input {
    const { dice, things } = this.#makings;
    const word = dice.pick([...things.words.pay, ...things.words.authorize, ...things.words.manage, "x".repeat(36)]);
    const target = dice.happens(0.6)
      ? `/${dice.pick(["pay", "authorize", "mandates"])}/${word}/${dice.pick(BELOW)}`
      : dice.pick(BESIDE);
    const method = dice.pick(["GET", "POST"]);
    const plain = this.#asked(method, target, "server");
    if (method === "GET") return inputOf({ asked: plain, body: null }, this.#makings);
    const names = dice.pick([
      ["phone"],
      ["number", "expiry", "code", "name"],
      ["action", "executed"],
      ["email"],
      ["to"],
      ["answer"],
    ]);
    const body: Tree = { members: names.map((name): [string, Tree] => [name, { text: this.#typed(name, "") }]) };
    const asked = {
      ...plain,
      headers: [...plain.headers, ["content-type", "application/x-www-form-urlencoded"] as const],
    };
    return inputOf({ asked, body, write: inForm }, this.#makings);
  }

  #typed(name: string, value: string): string {
    const { dice } = this.#makings;
    const known = TYPED[name] ?? [];
    return known.length > 0 && (value === "" || dice.happens(0.3)) ? dice.pick(known) : value;
  }

  #asked(method: string, target: string, program: Asked["program"]): Asked {
    const { dice, things } = this.#makings;
    const people = things.callers.filter(({ headers }) => headers.some(([name]) => name === "cookie"));
    const isOfPeople = target.startsWith("/dashboard");
    const caller: Caller | null =
      isOfPeople && dice.happens(0.9) ? (dice.happens(0.7) ? (people[0] ?? null) : dice.pick(people)) : null;
    return {
      program,
      method,
      target,
      headers: [
        ...(caller?.headers ?? (method === "POST" ? [["sec-fetch-site", "same-origin"] as const] : [])),
        ["accept", dice.pick(["text/html", "application/json", "*/*"])],
        ["accept-language", dice.pick(["pt", "en", "es", "fr"])],
        ["x-forwarded-for", `198.51.${dice.between(0, 255)}.${dice.between(1, 254)}`],
        ...(dice.happens(0.3) ? [["accept-encoding", "br, gzip"] as const] : []),
      ],
      body: null,
      story: `${target.split("/")[1]} ${caller === null ? "by anybody" : `by a ${caller.name}`}`,
    };
  }
}

/** As a form is sent: what is in a list stands several times. */
function inForm(tree: Tree): Buffer {
  const members = "members" in tree ? tree.members : [["", tree] as const];
  const pairs = members.flatMap(([name, value]) => {
    const values = "list" in value ? value.list : [value];
    return values.map((one) => `${encoded(name)}=${encoded("text" in one ? one.text : written(one))}`);
  });
  return Buffer.from(pairs.join("&"), "latin1");
}
