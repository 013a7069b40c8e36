// What the linter does not see: words a person would read in attributes of JSX, translation files that differ in keys or
// holes, and codes and reasons of the engines that have no text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('../src/', import.meta.url));
const problems = [];

const READ = /\b(?:aria-label|title|alt|placeholder|label|note|hint)="[^"]*\p{L}[^"]*"/gu;
for (const name of readdirSync(home, { recursive: true })) {
  if (!name.endsWith('.tsx') || name.endsWith('.test.tsx') || name.startsWith('gallery')) continue;
  const text = readFileSync(join(home, name), 'utf8');
  for (const hit of text.matchAll(READ)) {
    const line = text.slice(0, hit.index).split('\n').length;
    problems.push(`${name}:${line}: ${hit[0]} is not translated`);
  }
}

const holes = (entry) => [...JSON.stringify(entry).matchAll(/\{(\w+)\}/g)].map((hit) => hit[1]).sort();
const locales = join(home, 'i18n/locales');
for (const file of readdirSync(join(locales, 'en'))) {
  const en = JSON.parse(readFileSync(join(locales, 'en', file), 'utf8'));
  for (const language of readdirSync(locales).filter((name) => name !== 'en')) {
    const other = JSON.parse(readFileSync(join(locales, language, file), 'utf8'));
    for (const key of Object.keys(en)) {
      if (!(key in other)) problems.push(`${language}/${file}: ${key} is missing`);
      else if ([...new Set(holes(en[key]))].join() !== [...new Set(holes(other[key]))].join())
        problems.push(`${language}/${file}: ${key} has other holes than English`);
    }
    for (const key of Object.keys(other))
      if (!(key in en)) problems.push(`${language}/${file}: ${key} is not in English`);
  }
}

const repository = join(home, '../..');
/** The Rust sources under a folder, each without its tests. */
function sources(folder) {
  return readdirSync(join(repository, folder), { recursive: true })
    .filter((name) => name.endsWith('.rs') && !name.includes('tests'))
    .map((name) => readFileSync(join(repository, folder, name), 'utf8').split('#[cfg(test)]')[0]);
}
function found(texts, pattern) {
  const hits = new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((hit) => hit[1])));
  if (hits.size < 10)
    problems.push(`${pattern} finds only ${hits.size} places: the sources are written otherwise now`);
  return hits;
}
const texts = (file) => JSON.parse(readFileSync(join(locales, 'fr', file), 'utf8'));

const refusals = texts('refusals.json');
const application = sources('crates/app/src').filter((text) => text.includes('pub enum ErrorCode'));
for (const code of [
  ...found(sources('engines/deal/src'), /DealError::new\(\s*"([A-Z_]+)"/g),
  ...found(application, /Self::\w+ => "([A-Z_]+)"/g),
])
  if (!(`refusal.${code}` in refusals)) problems.push(`refusals.json: the code ${code} has no text`);

const reasons = texts('reasons.json');
const slug = (sentence) =>
  sentence
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
for (const reason of found(sources('engines'), /Absence::(?:undefined|arithmetic)\(\s*"([^"{]+)"/g))
  if (!(`reason.${slug(reason)}` in reasons)) problems.push(`reasons.json: "${reason}" has no text`);

const common = texts('common.json');
const operations = sources('engines/explain/src').filter((text) => text.includes('pub enum Operation'));
for (const name of found(operations, /Self::\w+(?: \{ \.\. \})? => "([a-z_]+)"/g))
  if (!(`op.${name}` in common)) problems.push(`common.json: the operation ${name} has no text`);

for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
