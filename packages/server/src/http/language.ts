import { type Lang, preferredLang } from "@caravela/web/lang";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";

/** The header of a request whose answer is in words. */
export const languageHeaders = Type.Object({
  "accept-language": Type.Optional(Type.String({ description: "`pt` or `en`; without it, English." })),
});

/**
 * In which language a request is answered, and says so. Programs that name none are answered in English, as by the rest
 * of the API.
 */
export function answerIn({ headers }: FastifyRequest, reply: FastifyReply): Lang {
  const asked = headers["accept-language"];
  const lang = asked === undefined || asked === "*" ? "en" : preferredLang(asked);
  reply.header("Content-Language", lang).header("Vary", "Accept-Language");
  return lang;
}
