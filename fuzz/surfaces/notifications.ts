import { createCipheriv } from "node:crypto";
import {
  exampleMandateNotification,
  exampleMitNotification,
  exampleNotification,
  exampleReferencePaidNotification,
} from "../../packages/sibs/src/protocol/notification.ts";
import { oneLine } from "../inputs/heads.ts";
import { spoil, spoilBytes } from "../inputs/spoil.ts";
import { placesIn, treeOf, written } from "../inputs/tree.ts";
import type { Asked, Input } from "../request.ts";
import type { Known } from "../world/things.ts";
import { inputOf, type Makings, type Surface, wholeInput } from "./surface.ts";

const EXAMPLES = [
  exampleNotification,
  exampleReferencePaidNotification,
  exampleMitNotification,
  exampleMandateNotification,
];
const STATUSES = [
  "Success",
  "Pending",
  "Declined",
  "Timeout",
  "Error",
  "Expired",
  "Partial",
  "InProcessing",
  "Nonsense",
  "",
];
const TYPES = ["PURS", "PREF", "AUTH", "RFND", "CAPT", "CAUT", "MITR", "X"];

/** What SIBS notifies of, sealed as it does and with anything inside; and what is not sealed as it does. */
export class NotificationsSurface implements Surface {
  readonly #makings: Makings;

  constructor(makings: Makings) {
    this.#makings = makings;
  }

  next(): Input {
    const { dice } = this.#makings;
    const terminal = dice.pick(this.#makings.things.terminals);
    const { text, story } = this.#content(terminal);
    return dice.weighed<() => Input>([
      [70, () => wholeInput(this.#sealed(Buffer.from(text, "utf8"), `sealed: ${story}`, terminal))],
      [6, () => this.#sealedBytes(Buffer.from(text, "utf8"), terminal)],
      [12, () => this.#badlySealed(Buffer.from(text, "utf8"), terminal)],
      [
        12,
        () =>
          inputOf({ asked: this.#sealed(Buffer.from(text, "utf8"), "sealed", terminal), body: null }, this.#makings, {
            asItIs: 1,
            heads: 40,
          }),
      ],
    ])();
  }

  /** A notification of something real, as SIBS writes it or spoilt. */
  #content({ terminalId }: Known): { text: string; story: string } {
    const { dice, things } = this.#makings;
    const tree = treeOf({ ...dice.pick(EXAMPLES), notificationID: dice.uuid() });
    for (const { path, put } of placesIn(tree)) {
      const name = path.at(-1);
      if (name === "transactionID" && dice.happens(0.8)) put({ text: dice.pick(things.transactions) });
      if (name === "transactionId" && dice.happens(0.7)) put({ text: this.#ours() });
      if (name === "terminalId") put({ raw: dice.happens(0.9) ? terminalId : dice.pick(["52221", "600001", "7"]) });
      if (name === "paymentStatus") put({ text: dice.pick(STATUSES) });
      if (name === "paymentType") put({ text: dice.pick(TYPES) });
    }
    if (dice.happens(0.25)) return { text: written(tree), story: "as it should be" };
    const spoilt = spoil(tree, this.#makings, null);
    return { text: written(spoilt.tree), story: spoilt.story };
  }

  #ours(): string {
    const { dice, things } = this.#makings;
    return dice.pick([...(things.ids.att ?? []), ...(things.ids.rfd ?? []), ...(things.ids.man ?? [])]);
  }

  /** Sealed, and no JSON, or none that is whole. */
  #sealedBytes(content: Buffer, terminal: Known): Input {
    const { dice } = this.#makings;
    const { bytes, story } = dice.happens(0.7)
      ? spoilBytes(content, content, dice)
      : { bytes: dice.bytes(dice.between(0, 200)), story: "bytes by chance" };
    return wholeInput(this.#sealed(bytes, `sealed: ${story}`, terminal));
  }

  /** With another key, or with parts that do not belong together. */
  #badlySealed(content: Buffer, terminal: Known): Input {
    const { dice, values } = this.#makings;
    const asked = this.#sealed(
      content,
      "badly sealed",
      dice.happens(0.3) ? { secret: Buffer.alloc(32, 9).toString("base64") } : terminal,
    );
    const strange = (): string =>
      oneLine(
        dice.pick([
          values.text(),
          "",
          "AAAA",
          "=",
          dice.bytes(12).toString("base64"),
          dice.bytes(16).toString("base64url"),
        ]),
      );
    const headers = asked.headers.map(
      ([name, value]) => [name, name.startsWith("x-") && dice.happens(0.5) ? strange() : value] as const,
    );
    const { bytes, story } = spoilBytes(asked.body ?? content, content, dice);
    return wholeInput({
      ...asked,
      headers,
      body: dice.happens(0.5) ? bytes : asked.body,
      story: `badly sealed: ${story}`,
    });
  }

  #sealed(content: Buffer, story: string, { secret }: Pick<Known, "secret">): Asked {
    const { dice } = this.#makings;
    const iv = dice.bytes(12);
    const cipher = createCipheriv("aes-256-gcm", Buffer.from(secret, "base64"), iv);
    const body = cipher.update(content).toString("base64");
    const rest = cipher.final("base64");
    return {
      program: "server",
      method: "POST",
      target: "/notifications/sibs",
      headers: [
        ["content-type", dice.pick(["text/plain", "text/plain", "application/json", "application/octet-stream"])],
        ["x-initialization-vector", iv.toString("base64")],
        ["x-authentication-tag", cipher.getAuthTag().toString("base64")],
      ],
      body: Buffer.from(body + rest, "latin1"),
      story: `a notification ${story}`,
    };
  }
}
