import { escapeText } from '../svg/element.js';
import { PAGE_STYLE } from './style.js';

export interface Section {
  /** of the anchor */
  id: string;
  title: string;
  /** plain text: what the section tells and how to read it */
  about: string;
  /** markup */
  content: string;
}

export interface Page {
  title: string;
  /** plain text below the title */
  lead: string;
  sections: readonly Section[];
  /** plain text at the end */
  foot: string;
}

/** A report in one file: nothing is fetched, no script runs, and it opens from disk. */
export function page({ title, lead, sections, foot }: Page): string {
  const links = sections.map(({ id, title }) => `<a href="#${id}">${escapeText(title)}</a>`);
  const parts = sections.map(
    ({ id, title, about, content }) =>
      `<section id="${id}"><h2>${escapeText(title)}</h2><p>${escapeText(about)}</p>${content}</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><h1>${escapeText(title)}</h1><p>${escapeText(lead)}</p><nav aria-label="Sections">${links.join('')}</nav></header>
<main>
${parts.join('\n')}
</main>
<footer><p>${escapeText(foot)}</p></footer>
</body>
</html>
`;
}

/** Plots side by side as the page allows, each with its words. */
export function figures(plots: readonly { plot: string; caption: string }[]): string {
  const each = plots.map(
    ({ plot, caption }) => `<figure>${plot}<figcaption>${escapeText(caption)}</figcaption></figure>`,
  );
  return `<div class="figures">${each.join('')}</div>`;
}

/** One plot over the whole width. */
export function wideFigure(plot: string, caption: string): string {
  return `<figure class="whole">${plot}<figcaption>${escapeText(caption)}</figcaption></figure>`;
}

/** What the tones of a section mean. */
export function legend(entries: readonly { tone: number; name: string }[]): string {
  const items = entries.map(({ tone, name }) => `<li>${swatch(tone)}${escapeText(name)}</li>`);
  return `<ul class="legend">${items.join('')}</ul>`;
}

export const swatch = (tone: number): string => `<span class="swatch tone${tone}"></span>`;
