import { render } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { ToastProvider } from '../components/toast.tsx';
import { TextProvider } from '../i18n/index.tsx';
import { ENTRIES } from './entries.tsx';

const THEMES = ['light', 'dark', 'contrast'] as const;

function show(entry: (typeof ENTRIES)[number], language: 'en' | 'fr' = 'en') {
  return render(
    <TextProvider language={language} locale={language}>
      <ToastProvider>
        <main>{entry.render()}</main>
      </ToastProvider>
    </TextProvider>,
  );
}

/** Coordinates to one decimal, generated ids out: a snapshot moves only when the drawing does. */
function drawn(container: HTMLElement): string {
  return [...container.querySelectorAll('.chart-body svg')]
    .map((svg) => svg.outerHTML)
    .join('\n')
    .replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 10) / 10))
    .replace(/(id|aria-describedby)="[^"]*"/g, '$1=""')
    .replace(/url\([^)]*\)/g, 'url()')
    .replace(/></g, '>\n<');
}

describe('every entry of the gallery', () => {
  for (const entry of ENTRIES) {
    test(`${entry.id} has no accessibility violation`, async () => {
      for (const theme of THEMES) {
        document.documentElement.dataset.theme = theme;
        document.documentElement.lang = 'en';
        const { container, unmount } = show(entry);
        // jsdom paints nothing: contrast is measured in the browser by `npm run gallery:axe`.
        const result = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
        expect(result.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual(
          [],
        );
        unmount();
      }
    });
  }
});

describe('every chart', () => {
  for (const entry of ENTRIES.filter((candidate) => candidate.isChart)) {
    test(`${entry.id} draws the same`, async () => {
      const { container } = show(entry);
      await expect(drawn(container)).toMatchFileSnapshot(`__snapshots__/${entry.id}.snap.svg`);
    });

    test(`${entry.id} has a table twin with a row for each datum`, () => {
      const { container } = show(entry, 'fr');
      const rows = container.querySelectorAll('table tbody tr');
      expect(rows.length).toBeGreaterThan(0);
      expect(container.querySelectorAll('svg [data-mark]').length).toBeGreaterThan(0);
      for (const mark of container.querySelectorAll('svg [data-mark]')) {
        expect(mark.getAttribute('aria-label')).toBeTruthy();
      }
    });
  }
});
