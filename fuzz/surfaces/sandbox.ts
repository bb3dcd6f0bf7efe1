import { treeOf } from "../inputs/tree.ts";
import type { Asked, Input } from "../request.ts";
import { inputOf, type Makings, type Shares, type Surface } from "./surface.ts";

/** A call that steers the gateway: its address, and what it is sent; null: nothing. */
type Call = readonly [method: "GET" | "POST" | "PUT", path: string, body: unknown];

/** How calls are sent that would take time a long way on if anything were sent: as they are, or in their heads. */
const OF_TIME: Partial<Shares> = { body: 0, bytes: 0 };

/** What steers the gateway: its terminals, phones, references, faults and time. */
export class SandboxSurface implements Surface {
  readonly #makings: Makings;

  constructor(makings: Makings) {
    this.#makings = makings;
  }

  next(): Input {
    const { dice } = this.#makings;
    const [method, path, body] = dice.happens(0.12) ? this.#ofTime() : dice.pick(this.#calls());
    const asked: Asked = {
      program: path.startsWith("/clock/step") ? "server" : "gateway",
      method,
      target: `/sandbox${path}`,
      headers: body === null ? [] : [["content-type", "application/json"]],
      body: null,
      story: `${method} /sandbox${path}`,
    };
    const shares = path.startsWith("/clock") ? OF_TIME : { body: 55 };
    return inputOf(
      { asked, body: body === null ? null : treeOf(body), parameters: ["limit", "after"] },
      this.#makings,
      shares,
    );
  }

  #ofTime(): Call {
    const { dice, values } = this.#makings;
    const seconds = dice.pick([0, 0, 1, 30, 0.5, -1, 3_155_760_001, "5", null, 1e300, true]);
    return dice.pick<Call>([
      ["GET", "/clock", null],
      ["POST", "/clock/advance", { seconds }],
      ["POST", "/clock/advance", { seconds, to: values.moment() }],
      ["POST", "/clock/advance", { to: dice.pick(["2020-01-01T00:00:00Z", "never", "", "2026-02-30T00:00:00Z"]) }],
      ["POST", "/clock/step", { offsetMs: dice.pick([0, -1, 1e14, "x", null, 0.5]) }],
    ]);
  }

  #calls(): Call[] {
    const { dice, things, values } = this.#makings;
    const phone = `/phones/351%23${dice.pick(things.phones)}`;
    const id = dice.happens(0.8) ? dice.pick(things.transactions) : encodeURIComponent(values.text().toWellFormed());
    const { entity, reference } = dice.pick(things.references);
    const terms = { limit: dice.pick(["100.00", "0.00", "5"]), validUntil: values.inDays(300).slice(0, 10) };
    const action = dice.pick([things.ids.action?.[0] ?? "", id]);
    const webhook = { url: "http://127.0.0.1:8/x", secret: Buffer.alloc(32, 3).toString("base64") };
    const notified = "b6571d90-35d6-41a6-b7b1-732464b1e58c";
    return [
      ["GET", "/terminals", null],
      [
        "PUT",
        `/terminals/${dice.pick(["52221", "600001", "7", "x"])}`,
        { webhook, merchantName: "A shop", entity: "24000", methods: ["CARD"] },
      ],
      ["GET", phone, null],
      ["POST", `${phone}/approve`, dice.pick([{}, { id }, terms, { id, ...terms }])],
      ["POST", `${phone}/decline`, dice.pick([{}, { id }])],
      ["POST", `${phone}/mandates/${id}/${dice.pick(["suspend", "reactivate", "cancel", "change"])}`, terms],
      ["POST", `/references/${entity}/${reference}/pay`, { amount: dice.pick(["5.50", 5.5, "5.51"]) }],
      ["GET", "/challenges", null],
      ["POST", `/challenges/${action}/${dice.pick(["pass", "fail", "cancel", "timeout"])}`, {}],
      ["POST", `/methods/${action}/done`, {}],
      ["GET", "/transactions?limit=5", null],
      ["GET", `/transactions/${id}`, null],
      ["GET", "/notifications?limit=5", null],
      ["POST", `/notifications/${notified}/resend`, {}],
      ["GET", "/faults", null],
      [
        "PUT",
        "/faults",
        {
          seed: 7,
          calls: { status: { http: { 503: 0.1 }, delayMs: [0, 1] } },
          notifications: { drop: 0.1, delaySeconds: [0, 1] },
        },
      ],
      ["PUT", "/faults", {}],
      ["GET", "/scenarios", null],
      ...(dice.happens(0.02) ? [["POST", "/reset", {}] as const] : []),
    ];
  }
}
