import { type RequestHandler, Router } from 'express';
import type { ConsoleAsset } from './read-console-assets';

/** Kept for a year and never asked for again: a changed file has another name. */
const CACHED = {
  'Cache-Control': 'public, max-age=31536000, immutable',
  'X-Content-Type-Options': 'nosniff',
  Vary: 'Accept-Encoding',
} as const;

/** `/console/assets/…`: files of everybody, read once. */
export function serveAssets(
  assets: ReadonlyMap<string, ConsoleAsset>,
): RequestHandler {
  const served = new Map([...assets.values()].map((one) => [one.name, one]));
  const router = Router();
  router.use('/assets', (request, response, next) => {
    const asset = served.get(request.path.slice(1));
    if (asset === undefined || !['GET', 'HEAD'].includes(request.method)) {
      next();
      return;
    }
    response.set(CACHED).type(asset.type);
    if (request.acceptsEncodings('gzip') === 'gzip')
      response.set('Content-Encoding', 'gzip').send(asset.gzipped);
    else response.send(asset.content);
  });
  return router;
}
