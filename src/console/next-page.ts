/** Where to go after signing in: a page of the console, and nowhere else whatever the address says. */
export function nextPage(wanted: string | undefined): string {
  return wanted !== undefined &&
    wanted.length < 500 &&
    /^\/console(?:\/[\w-]+)*(?:\?[\w=&%.+-]*)?$/.test(wanted)
    ? wanted
    : '/console';
}

/** The same, behind the address of a page on the way. */
export function carrying(path: string, wanted: string | undefined): string {
  const next = nextPage(wanted);
  return next === '/console'
    ? path
    : `${path}?suite=${encodeURIComponent(next)}`;
}

/** How long to wait, in words. */
export function waitWords(seconds: number): string {
  if (seconds < 60) return `${seconds} seconde${seconds > 1 ? 's' : ''}`;
  const minutes = Math.ceil(seconds / 60);
  return `${minutes} minute${minutes > 1 ? 's' : ''}`;
}
