/** Where a gateway knocked: `/webhooks/<gateway>/<token>/<door>`. */
export interface WebhookPath {
  gateway: string;
  token: string;
  door: string;
}

const ROOT = '/webhooks/';

/** Reads a webhook's path; undefined for any other path. The query does not matter. */
export function webhookPath(url: string): WebhookPath | undefined {
  if (!url.startsWith(ROOT)) return undefined;
  const query = url.indexOf('?');
  const path = url.slice(ROOT.length, query < 0 ? undefined : query);
  const [gateway, token, door, ...rest] = path.split('/');
  if (!gateway || !token || !door || rest.length > 0) return undefined;
  return { gateway, token: unescaped(token), door };
}

/** Gateways may escape a token that holds more than letters and digits. */
function unescaped(token: string): string {
  if (!token.includes('%')) return token;
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
