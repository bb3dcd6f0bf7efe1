import { securityHeaders } from "@caravela/platform/http";
import type { Problem } from "@caravela/platform/problems";
import { isBelow, type RefusedAnswer } from "@caravela/platform/refused";
import { renderNowhere } from "@caravela/web/dashboard";
import { type PageLang, preferredLang, preferredPageLang } from "@caravela/web/lang";
import { renderMandateNotFoundPage } from "@caravela/web/mandate";
import { renderPayNotFoundPage } from "@caravela/web/pay";

/** Where people's browsers are, and what is said there where there is nothing. */
const PAGES = [
  { at: "/pay", render: forCustomers(renderPayNotFoundPage) },
  { at: "/assets", render: forCustomers(renderPayNotFoundPage) },
  { at: "/authorize", render: forCustomers(renderMandateNotFoundPage) },
  { at: "/mandates", render: forCustomers(renderMandateNotFoundPage) },
  { at: "/dashboard", render: (languages: string | undefined) => renderNowhere(preferredLang(languages)) },
];

function forCustomers(render: (lang: PageLang) => string) {
  return (languages: string | undefined) => render(preferredPageLang(languages));
}

/** Where people are, what cannot be read or is nowhere is answered by a page. */
export function refusedToPeople(
  path: string,
  { status }: Problem,
  languages: string | undefined,
): RefusedAnswer | null {
  const page = PAGES.find(({ at }) => isBelow(path, at));
  if (page === undefined) return null;
  const headers = { ...securityHeaders, "content-type": "text/html; charset=utf-8" };
  return { status, headers, body: page.render(languages) };
}
