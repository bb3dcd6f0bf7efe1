import { Buffer } from "node:buffer";
import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import { httpProblems } from "@caravela/platform/problems";
import { REMEDY } from "@caravela/platform/validation";
import { type Static, Type } from "typebox";
import { newTerminal } from "../terminals/demonstration.ts";
import type { Terminal, Terminals, Webhook } from "../terminals/terminals.ts";

const Name = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^\\P{Cc}+$",
  [REMEDY]: "must be a name in one line, of 1 to 200 characters",
});
const Credential = Type.String({
  minLength: 1,
  maxLength: 4_000,
  pattern: "^[!-~]+$",
  [REMEDY]: "must be 1 to 4000 letters, digits and signs of ASCII, without blanks",
});

const WEB_ADDRESS = "must be a whole address on the web, as http://127.0.0.1:3000/notifications/sibs";

const TerminalChanges = Type.Object({
  clientId: Type.Optional(Credential),
  token: Type.Optional(Credential),
  entity: Type.Optional(Type.String({ pattern: "^\\d{5}$", [REMEDY]: "must be five digits, as 24000" })),
  methods: Type.Optional(
    Type.Array(Type.Enum(["CARD", "MBWAY", "REFERENCE"]), { minItems: 1, maxItems: 3, uniqueItems: true }),
  ),
  merchantName: Type.Optional(Name),
  disableMandateMBWAYFallback: Type.Optional(Type.Boolean()),
  requiresCustomer: Type.Optional(Type.Boolean()),
  statusByMerchantTransactionId: Type.Optional(Type.Boolean()),
  webhook: Type.Optional(
    Type.Union([
      Type.Null(),
      Type.Object({
        url: Type.String({ format: "uri", pattern: "^https?://", [REMEDY]: WEB_ADDRESS, maxLength: 2_000 }),
        secret: Type.Optional(Type.String()),
      }),
    ]),
  ),
});

const TerminalParams = Type.Object({
  id: Type.String({ pattern: "^\\d{1,10}$", [REMEDY]: "must be a terminal's number: 1 to 10 digits" }),
});

/** `GET /sandbox/terminals` and `PUT /sandbox/terminals/{id}`: who may call, and where each is notified. */
export function serveTerminals(http: Http, options: { terminals: Terminals; clock: Clock; chance: Chance }): void {
  const { terminals, clock, chance } = options;
  http.get("/sandbox/terminals", async () => ({ terminals: await terminals.all() }));
  http.put(
    "/sandbox/terminals/:id",
    { schema: { params: TerminalParams, body: TerminalChanges } },
    async ({ params, body }) => {
      const merchantCode = Number(`1${chance.text("0123456789", 6)}`);
      const made = newTerminal(params.id, merchantCode, clock, chance);
      return terminals.change(made, (terminal) => changed(terminal, body, chance));
    },
  );
}

function changed(terminal: Terminal, changes: Static<typeof TerminalChanges>, chance: Chance): Terminal {
  const { clientId, token, entity, methods, merchantName, webhook } = changes;
  const { disableMandateMBWAYFallback, requiresCustomer, statusByMerchantTransactionId } = changes;
  return {
    ...terminal,
    clientId: clientId ?? terminal.clientId,
    token: token ?? terminal.token,
    entity: entity ?? terminal.entity,
    methods: methods ?? terminal.methods,
    merchantName: merchantName ?? terminal.merchantName,
    disableMandateMBWAYFallback: disableMandateMBWAYFallback ?? terminal.disableMandateMBWAYFallback,
    requiresCustomer: requiresCustomer ?? terminal.requiresCustomer,
    statusByMerchantTransactionId: statusByMerchantTransactionId ?? terminal.statusByMerchantTransactionId,
    webhook: webhook === undefined ? terminal.webhook : webhook && webhookOf(webhook, terminal, chance),
  };
}

/**
 * SIBS Backoffice makes a secret where none is typed (reference 10.1). One that is there is kept: the program that
 * opens notifications has it.
 */
function webhookOf({ url, secret }: { url: string; secret?: string }, terminal: Terminal, chance: Chance): Webhook {
  if (secret === undefined) {
    return { url, secret: terminal.webhook?.secret ?? Buffer.from(chance.bytes(32)).toString("base64") };
  }
  const key = Buffer.from(secret, "base64");
  if (key.length !== 32 || key.toString("base64") !== secret) {
    throw httpProblems.invalidRequest([{ field: "/webhook/secret", message: "must be Base64 of 32 bytes" }]);
  }
  return { url, secret };
}
