const APPLICATION_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What every answer says: nothing is sniffed, framed, leaked to other sites or kept by caches. */
export const RESPONSE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': APPLICATION_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
};

const OWN_POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/;

/**
 * For a report, which holds text out of uploaded files: the policy that the page itself names, its one script and its one
 * style sheet by their hashes, in a sandbox without an origin, so that nothing in it can reach this server as the visitor.
 */
export function reportHeaders(page: string): Readonly<Record<string, string>> {
  const own = OWN_POLICY.exec(page.slice(0, 4096))?.[1]?.replaceAll('&#39;', "'") ?? "default-src 'none'";
  return {
    'content-security-policy': `sandbox allow-scripts; frame-ancestors 'self'; ${own}`,
    'x-frame-options': 'SAMEORIGIN',
  };
}
