import { securityHeaders } from "@caravela/platform/http";
import { lookAgainSource } from "@caravela/web/assets";

/** Headers of an HTML page. */
export const pageHeaders = {
  ...securityHeaders,
  "content-security-policy": securityHeaders["content-security-policy"].replace(
    "script-src 'self'",
    `script-src 'self' ${lookAgainSource}`,
  ),
  "referrer-policy": "same-origin",
  "content-type": "text/html; charset=utf-8",
} as const;
