import { securityHeaders } from "@caravela/platform/http";
import { lookAgainSource } from "@caravela/web/assets";

/** The headers of every page that customers see. */
export const pageHeaders = {
  ...securityHeaders,
  "content-security-policy": securityHeaders["content-security-policy"].replace(
    "script-src 'self'",
    `script-src 'self' ${lookAgainSource}`,
  ),
};

/** Whom a page lets in beyond its own files: origins, or `'self'`. */
export interface LetIn {
  /** Who may be shown in a frame. */
  readonly frames?: readonly string[];
  /** Who forms may be posted to, beside ourselves. */
  readonly forms?: readonly string[];
  /** Whose pages may frame it: origins, or `'self'`. */
  readonly framedBy?: readonly string[];
}

/** The headers of a page that lets these in, and nobody else. */
export function headersLetting({ frames = [], forms = [], framedBy = [] }: LetIn) {
  const policy = pageHeaders["content-security-policy"]
    .replace("form-action 'self'", ["form-action 'self'", ...forms].join(" "))
    .replace("frame-ancestors 'none'", `frame-ancestors ${framedBy.join(" ") || "'none'"}`);
  return {
    ...pageHeaders,
    "content-security-policy": frames.length === 0 ? policy : `${policy}; frame-src ${frames.join(" ")}`,
  };
}
