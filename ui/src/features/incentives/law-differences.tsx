import type { LawDifference, LawSide, LawStated } from '../../api/bindings.ts';
import { TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatPrice, shiftPoint } from '../../domain/rate.ts';
import { type TextKey, useText } from '../../i18n/index.tsx';
import { byWeight } from './time-view.ts';

type Props = {
  differences: readonly LawDifference[];
  currency: string;
  /** What the table is about, and the names of its two sides. */
  caption: string;
  before: string;
  after: string;
};

/** What changed from one text of the law to another: what can move a figure in a table, the rest on demand. */
export function LawDifferences({ differences, caption, ...sides }: Props) {
  const { t } = useText();
  const { bearing, telling } = byWeight(differences);
  return (
    <div className="law-differences">
      {bearing.length > 0 ? (
        <Table differences={bearing} caption={caption} {...sides} />
      ) : (
        <p className="sub">{t('law.no_figure')}</p>
      )}
      {telling.length > 0 ? (
        <details>
          <summary>{t('law.telling', { count: telling.length })}</summary>
          <Table differences={telling} caption={`${caption}, ${t('law.telling.table')}`} {...sides} />
        </details>
      ) : null}
    </div>
  );
}

function Table({ differences, currency, caption, before, after }: Props) {
  const { t } = useText();
  return (
    <TableRegion label={caption}>
      <thead>
        <tr>
          <th scope="col">{t('law.what')}</th>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map((one, at) => (
          <tr key={at}>
            <td className="text">
              <What difference={one} />
            </td>
            <td className="law-side">
              <Stated side={one.before} difference={one} currency={currency} />
            </td>
            <td className="law-side">
              <Stated side={one.after} difference={one} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </TableRegion>
  );
}

/** What it is called, and below it which part of the law and which field of it. */
function What({ difference }: { difference: LawDifference }) {
  const { t, maybe } = useText();
  const part = t(`law.part.${difference.part}` as TextKey);
  const plain = difference.field.split('.')[0] ?? difference.field;
  const field = maybe(`law.field.${plain}`, difference.field.replace(/[._]/g, ' '));
  const element = difference.label ?? (difference.id || null);
  return (
    <>
      {element ?? part}
      <span className="sub choice-note">{element === null ? field : `${part} · ${field}`}</span>
    </>
  );
}

type SideProps = { side: LawSide | null; difference: LawDifference; currency: string };

function Stated({ side, difference, currency }: SideProps) {
  const { t } = useText();
  if (side === null) {
    const isAdded = difference.before === null && difference.part !== 'dates';
    return <span className="sub">{t(isAdded ? 'law.absent' : 'law.none')}</span>;
  }
  const value = <Value stated={side.stated} field={difference.field} currency={currency} />;
  return (
    <>
      {side.source ? (
        <a href={side.source} target="_blank" rel="noreferrer">
          {value}
        </a>
      ) : (
        value
      )}
      {side.clause && difference.field !== 'clause' ? (
        <span className="sub choice-note">{side.clause}</span>
      ) : null}
    </>
  );
}

function Value({ stated, field, currency }: { stated: LawStated; field: string; currency: string }) {
  const { t, maybe, locale } = useText();
  switch (stated.kind) {
    case 'number': {
      if (stated.unit === 'rate') return `${formatPrice(shiftPoint(stated.decimal, 2), locale)}\u202f%`;
      const text = formatPrice(stated.decimal, locale);
      return stated.unit === 'money' ? `${currency} ${text}` : text;
    }
    case 'formula':
      return <code className="mono formula">{stated.text}</code>;
    case 'day':
      return formatDate(stated.date, locale);
    case 'count':
      return field.endsWith('months') ? t('law.months', { count: stated.count }) : String(stated.count);
    case 'flag':
      return t(stated.yes ? 'law.yes' : 'law.no');
    case 'text':
      return stated.text;
    case 'terms':
      return stated.terms.map((term) => maybe(`law.term.${term}`, term)).join(', ');
  }
}
