import { securityHeaders } from "@caravela/platform/http";

/** Headers of an HTML page. */
export const pageHeaders = {
  ...securityHeaders,
  "referrer-policy": "same-origin",
  "content-type": "text/html; charset=utf-8",
} as const;
