import type { RequestHandler } from 'express';

/** Nothing but our own files, no script or style within a page, in nobody's frame, kept by nobody on the way. */
const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  // Without any referrer browsers would hide the origin of our own forms too.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'X-Robots-Tag': 'noindex',
  'Cache-Control': 'no-store',
} as const;

/** A year, as browsers' lists ask for. */
const STRICT_TRANSPORT = 'max-age=31536000';

/** Sets what browsers may do with our pages. */
export function securityHeaders(insideProduction: boolean): RequestHandler {
  return (_request, response, next) => {
    response.set(HEADERS);
    if (insideProduction)
      response.set('Strict-Transport-Security', STRICT_TRANSPORT);
    next();
  };
}
