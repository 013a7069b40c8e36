import { useMemo } from 'react';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useClosingHeadline } from '../capital/page.tsx';
import { useProgramNames } from '../programs/names.ts';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { barsOf, SourcesUsesChart } from './chart.tsx';
import { ExposureTile } from './exposure.tsx';
import { closingTable } from './rows.ts';
import { ClosingSide } from './table.tsx';
import { tableText } from './text.ts';

/** The closing table as a financier reads it: where the money goes, where it comes from, on cash and on face. */
export function SourcesUsesPage() {
  const { t, locale } = useText();
  const { document } = useDeal();
  const book = useBook();
  const programs = useProgramNames();
  const notify = useToast();
  const headline = useClosingHeadline(book);
  const table = useMemo(
    () =>
      closingTable(document, book, {
        lines: t('closing.lines'),
        contingency: t('closing.contingency'),
        financing: t('capital.financing'),
        fee: (name) => t('su.fee', { name }),
        reserve: (name) => t('su.reserve', { name }),
        interest: (name) => t('su.interest', { name }),
        later: (name) => t('su.later', { name }),
        missing: t('certainty.missing.label'),
        programs,
      }),
    [document, book, programs, t],
  );
  const uses = book.money('closing.uses_cash');
  const sources = book.money('closing.sources_cash');
  const copy = async () => {
    await navigator.clipboard.writeText(tableText(table, book, t, locale));
    notify(t('chart.copied'));
  };
  return (
    <Page
      crumb={t('nav.sources_uses')}
      headline={headline ?? t('su.empty')}
      about={headline ? 'closing.difference' : undefined}
      actions={
        <>
          <Button onClick={() => window.print()}>{t('su.print')}</Button>
          <Button icon="copy" onClick={() => void copy()}>
            {t('su.copy')}
          </Button>
        </>
      }
    >
      {book.fault ? <Fault fault={book.fault} onRetry={book.retry} /> : null}
      {uses && sources ? (
        <div className="tiles">
          <Tile edge>
            <SourcesUsesChart
              uses={uses}
              sources={sources}
              bars={barsOf(table, book, {
                uses: t('su.uses'),
                sources: t('su.sources'),
                cash: t('su.cash').toLocaleLowerCase(locale),
                face: t('su.face').toLocaleLowerCase(locale),
              })}
            />
          </Tile>
          <Tile title={t('su.uses')} note={t('su.uses.note', { currency: document.currency })} span={5} edge>
            <ClosingSide side="uses" rows={table.uses} book={book} />
          </Tile>
          <Tile title={t('su.sources')} note={t('su.sources.note', { currency: document.currency })} span={7}>
            <ClosingSide side="sources" rows={table.sources} book={book} />
          </Tile>
          <ExposureTile book={book} />
        </div>
      ) : book.isPending ? null : (
        <EmptyState title={t('su.empty')} note={t('su.empty.note')} />
      )}
    </Page>
  );
}
