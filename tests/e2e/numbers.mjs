// The explanation contract on a rendered page: whatever reads as an amount, a rate or a multiple can be asked why.
//
// `unaccounted` runs inside the page. It joins the text that stands directly in each element, takes out dates, versions
// and sections of a statute, and looks for formatted numbers: grouped digits, decimals, a percent sign, a multiple, a
// currency code in front, a number that is all there is in parentheses, and any whole number in a column of figures. Each must stand inside an
// element with an address the book knows (`data-address`; a sentence about several figures names them all, with spaces
// between), inside a cell of the deal (`data-path`, an input), or
//
// - in a finding, which says the cell or figure it is about (`data-about`) and leads there;
// - in words the deal, the law or the product's own texts hold exactly so: a name somebody typed, a clause, an example
//   in the guide, or in a formula of the law as it is written (`.formula`): those words are the leaf;
// - in an example of how something is written (`<samp>`), which is a figure of no deal;
// - in a number of the law (`data-law`, program and name), whose form holds clause and source for it;
// - in a citation, a link that leads to its source outside;
// - on an axis of a chart (`.tick`);
// - in a chart: its table twin holds an address in every row that has a number, and then what the drawing, the title and
//   the sentence say of the same data (sums, shares, peaks) is geometry; until it does, only a number that a mark with an
//   address shows or names is accounted for.
//
// Whole numbers elsewhere are counts: tiers, findings, months. The derivation panel is not crawled: it is the answer.

/** What the page says without being able to say why: [{ number, text, where }]. */
export function unaccounted({ locale, scope, addresses, words, law = [] }) {
  const known = new Set(addresses);
  const cited = new Set(law);
  const group = locale === 'fr' ? '[\\u202f\\u00a0 ]' : ',';
  const point = locale === 'fr' ? ',' : '\\.';
  const codes = Intl.supportedValuesOf('currency').join('|');
  const digits = `(?:\\d{1,3}(?:${group}\\d{3})+|\\d+)(?:${point}\\d+)?`;
  const shapes = [
    `(?:\\b(?:${codes})[\\s\\u00a0])?\\d{1,3}(?:${group}\\d{3})+(?:${point}\\d+)?`,
    `\\b(?:${codes})[\\s\\u00a0]${digits}`,
    `${digits}[\\s\\u00a0\\u2009\\u202f]?[%×]`,
    `\\d+${point}\\d+`,
    `^\\s*\\(${digits}\\)\\s*$`,
  ];
  const figure = new RegExp(shapes.join('|'), 'gu');
  const notFigures = /\d{4}-\d{2}(-\d{2})?|\b\d+\.\d+\.\d+\b|https?:\S+|(?:§+|\b(?:s|ss|art|sec)\.)\s?\d[\d.]*/gu;
  const bare = (text) => text.replace(/[^\d.,]/gu, '').replace(/^[.,]+|[.,]+$/g, '');
  const numbersIn = (text) => (text.replace(notFigures, ' ').match(figure) ?? []);
  const flat = (text) => text.replace(/\s+/gu, ' ').trim();
  // A bare number among them proves nothing: only words do.
  const exact = words.map(flat).filter((text) => /\d/.test(text) && /\p{L}{2}/u.test(text));

  const explained = (element) => {
    const addresses = element.closest('[data-address]')?.getAttribute('data-address')?.split(' ') ?? [];
    return addresses.length > 0 && addresses.every((address) => known.has(address));
  };
  const typed = (element) =>
    element.closest('[data-path]:not([data-path=""]), [data-about]:not([data-about=""]), input, textarea, select') !== null;
  const stated = (element) => cited.has(element.closest('[data-law]')?.getAttribute('data-law'));
  const quoted = (element, text, number) =>
    exact.some((said) => said.includes(flat(number)) && flat(text).includes(said)) ||
    element.closest('a[href^="http"], samp') !== null ||
    (element.closest('.formula') !== null && words.includes(text.trim()));
  const charted = new Map();
  const numbersOf = (chart) => {
    if (!charted.has(chart)) {
      const marked = [...chart.querySelectorAll('[data-address]')].filter(explained);
      const said = marked.map((mark) => `${mark.getAttribute('aria-label') ?? ''} ${mark.textContent}`).join(' ');
      charted.set(chart, new Set(numbersIn(said).map(bare)));
    }
    return charted.get(chart);
  };
  const addressed = (chart) => {
    const rows = [...chart.querySelectorAll('tbody tr')].filter((row) => /\d/.test(row.textContent));
    const held = (row) => [row, ...row.querySelectorAll('[data-address]')].some(explained);
    return rows.length > 0 && rows.every(held);
  };
  const drawn = (element, number) => {
    if (element.closest('.tick')) return true;
    const chart = element.closest('figure.chart');
    return chart !== null && (addressed(chart) || numbersOf(chart).has(bare(number)));
  };
  const where = (element) => {
    const parts = [];
    for (let at = element; at && at.id !== 'page' && parts.length < 4; at = at.parentElement) {
      const name = typeof at.className === 'string' ? at.className : (at.className?.baseVal ?? '');
      parts.unshift([at.tagName.toLowerCase(), ...name.split(/\s+/).filter(Boolean)].join('.'));
    }
    return parts.join(' > ');
  };

  const found = [];
  let accounted = 0;
  const asked = [...document.querySelectorAll(scope)].flatMap((part) => [part, ...part.querySelectorAll('*')]);
  for (const element of asked) {
    if (['SCRIPT', 'STYLE', 'TITLE', 'OPTION'].includes(element.tagName)) continue;
    if (!element.checkVisibility()) continue;
    const text = [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.data)
      .join('');
    if (!/\d/.test(text)) continue;
    const inColumn = /^\s*\(?\d+\)?\s*$/.test(text) && element.closest('td.num, dd.num, .kpi, .figure') !== null;
    for (const number of inColumn ? [text.trim()] : numbersIn(text)) {
      if (explained(element) || typed(element) || stated(element) || quoted(element, text, number) || drawn(element, number)) accounted += 1;
      else found.push({ number: flat(number), text: flat(text).slice(0, 120), where: where(element) });
    }
  }
  return { found, accounted };
}

/** Every string inside a value, or only those under `keys`: what the deal or the law says in words. */
export function wordsOf(value, into = [], keys = null, under = null) {
  if (typeof value === 'string' && (keys === null || keys.includes(under))) into.push(value);
  else if (Array.isArray(value)) for (const part of value) wordsOf(part, into, keys, under);
  else if (value && typeof value === 'object')
    for (const [key, part] of Object.entries(value)) wordsOf(part, into, keys, key);
  return into;
}
