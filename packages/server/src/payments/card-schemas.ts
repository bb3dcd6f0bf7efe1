import { Type } from "typebox";
import { optional, text, typed } from "../http/schemas.ts";

/** A card as it was typed. It lives in the memory of one request. */
export const cardBody = Type.Object(
  {
    number: typed(40, "With or without spaces."),
    expiry: typed(10, "`MM/YY`."),
    code: typed(10, "The security code."),
    name: typed(100, "The holder's name, at most 45 characters."),
  },
  { additionalProperties: false, description: "For `card`." },
);

/** What the issuer may want to know of the customer's browser. */
export const browserBody = Type.Object(
  {
    acceptHeader: optional(text(2000, "The browser's own `Accept` header.")),
    userAgent: optional(text(2000, "The browser's own `User-Agent` header.")),
    language: optional(text(35, "As `pt-PT`.")),
    colorDepth: optional(Type.Integer({ minimum: 1, maximum: 64 })),
    screenWidth: optional(Type.Integer({ minimum: 1, maximum: 99_999 })),
    screenHeight: optional(Type.Integer({ minimum: 1, maximum: 99_999 })),
    timeZoneOffset: optional(
      Type.Integer({ minimum: -840, maximum: 840, description: "Minutes, as JavaScript has it." }),
    ),
    javaEnabled: optional(Type.Boolean()),
    ipAddress: optional(text(80, "The customer's address, in any of its spellings.", { format: "ip" })),
  },
  { additionalProperties: false, description: "For `card` and `token`: the issuer decides by it." },
);
