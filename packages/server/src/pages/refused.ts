import { securityHeaders } from "@caravela/platform/http";
import type { Problem } from "@caravela/platform/problems";
import { isBelow, type RefusedAnswer } from "@caravela/platform/refused";
import { renderNowhere } from "@caravela/web/dashboard";
import { preferredLang } from "@caravela/web/lang";
import { renderMandateNotFoundPage } from "@caravela/web/mandate";
import { renderPayNotFoundPage } from "@caravela/web/pay";

/** Where people's browsers are, and what is said there where there is nothing. */
const PAGES = [
  { at: "/pay", render: renderPayNotFoundPage },
  { at: "/assets", render: renderPayNotFoundPage },
  { at: "/authorize", render: renderMandateNotFoundPage },
  { at: "/mandates", render: renderMandateNotFoundPage },
  { at: "/dashboard", render: renderNowhere },
];

/** Where people are, what cannot be read or is nowhere is answered by a page. */
export function refusedToPeople(
  path: string,
  { status }: Problem,
  languages: string | undefined,
): RefusedAnswer | null {
  const page = PAGES.find(({ at }) => isBelow(path, at));
  if (page === undefined) return null;
  const headers = { ...securityHeaders, "content-type": "text/html; charset=utf-8" };
  return { status, headers, body: page.render(preferredLang(languages)) };
}
