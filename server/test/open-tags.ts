const WITHOUT_END = new Set(['meta', 'br', 'hr', 'img', 'link', 'input']);

/** Names of the elements of a piece of HTML or SVG that are not closed, or closed without having been opened (`/name`). */
export function openTags(markup: string): string[] {
  const open: string[] = [];
  const bare = markup.replace(/<style>.*?<\/style>|<!--.*?-->|<!doctype[^>]*>/gis, '');
  for (const [, closing, name = '', rest = ''] of bare.matchAll(/<(\/?)([a-z][\w-]*)((?:"[^"]*"|[^">])*)>/gi)) {
    if (rest.endsWith('/') || WITHOUT_END.has(name)) continue;
    if (closing === '') open.push(name);
    else if (open.at(-1) === name) open.pop();
    else open.push(`/${name}`);
  }
  return open;
}
