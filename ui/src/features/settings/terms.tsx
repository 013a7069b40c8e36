import { useRef } from 'react';
import type { MarketTerm } from '../../api/bindings.ts';
import { Grid, type GridColumn } from '../../components/grid.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatRateNumber, parsePercent } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { useLibrary } from '../library/context.tsx';
import { useFaultText } from '../shell/refusal.ts';
import { useWords } from '../words.ts';

/** What instruments usually cost, and what this person takes for usual. */
export function TermsSection() {
  const { t, locale } = useText();
  const { settings, changeSettings } = useLibrary();
  const words = useWords();
  const notify = useToast();
  const told = useFaultText();
  const terms = settings?.terms ?? [];
  // A pasted block changes cell after cell before the first answer: each begins where the one before ended.
  const latest = useRef(terms);
  latest.current = terms;
  const keep = (term: string, usual: string) => {
    latest.current = latest.current.map((one) => (one.term === term ? { ...one, usual } : one));
    const own = latest.current
      .filter((one) => one.usual !== one.market)
      .map((one) => ({ term: one.term, usual: one.usual }));
    changeSettings({ terms: own }).catch((fault) => notify(t('settings.refused', { reason: told(fault) })));
  };
  const rate = (id: 'low' | 'market' | 'high'): GridColumn<MarketTerm> => ({
    id,
    head: t(`terms.${id}`),
    align: 'right',
    path: (term) => `terms[${term.term}].${id}`,
    cell: (term) => formatRateNumber(term[id], locale),
  });
  const columns: GridColumn<MarketTerm>[] = [
    {
      id: 'instrument',
      head: t('terms.instrument'),
      cell: (term) => <span className="strong">{words.term('instrument', term.instrument)}</span>,
    },
    {
      id: 'measure',
      head: t('terms.measure'),
      cell: (term) => (term.measure === 'fee' ? t('terms.measure.fee') : t('terms.measure.rate')),
    },
    rate('low'),
    rate('market'),
    rate('high'),
    {
      id: 'usual',
      head: t('terms.usual'),
      align: 'right',
      path: (term) => `terms[${term.term}].usual`,
      cell: (term) => (
        <span className={term.usual === term.market ? '' : 'branch-typed'}>
          {formatRateNumber(term.usual, locale)}
        </span>
      ),
      text: (term) => formatRateNumber(term.usual, locale),
      commit: (term, text) => {
        if (text.trim() === '') {
          keep(term.term, term.market);
          return null;
        }
        const usual = parsePercent(text, locale);
        if (usual === null) return t('field.rate.invalid');
        if (!(Number(usual) >= 0 && Number(usual) <= 1)) return t('terms.range');
        keep(term.term, usual);
        return null;
      },
    },
    {
      id: 'source',
      head: t('terms.source'),
      cell: (term) =>
        term.source === '' ? (
          <span className="sub">{t('terms.estimate')}</span>
        ) : (
          <span className="sub">{new URL(term.source).host.replace(/^www\./, '')}</span>
        ),
    },
  ];
  const reviewed = terms[0]?.reviewed;
  return (
    <div className="stack">
      <Grid
        label={t('terms.title')}
        hint={t('table.edit')}
        columns={columns}
        rows={terms}
        rowId={(term) => term.term}
      />
      {reviewed ? <p className="sub">{t('terms.reviewed', { date: formatDate(reviewed, locale) })}</p> : null}
    </div>
  );
}
