import { useRef, useState } from 'react';
import type { ExchangeRate } from '../../api/bindings.ts';
import { Refusal } from '../../api/errors.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { TextInput } from '../../components/field.tsx';
import { Grid, type GridColumn } from '../../components/grid.tsx';
import { useToast } from '../../components/toast.tsx';
import { isDate } from '../../domain/dates.ts';
import { normaliseNumber } from '../../domain/money.ts';
import { formatPrice } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { asRefusal, useLibrary } from '../library/context.tsx';
import { Refused } from '../library/refused.tsx';
import { useFaultText } from '../shell/refusal.ts';
import { type CellValue, useDesk } from '../workspace/desk.tsx';
import { ratesFor, withRates } from './deal-rates.ts';

const FIELDS = ['base', 'quote', 'rate', 'date', 'source'] as const;
type RateField = (typeof FIELDS)[number];
const BLANK: ExchangeRate = { base: '', quote: '', rate: '', date: '', source: '' };

/** Which field of which rate a refusal is about. */
function refusedField(fault: unknown): { at: number; field: RateField } | null {
  const path = fault instanceof Refusal ? (fault.details.path ?? '') : '';
  const match = /^rates\[(\d+)\]\.(\w+)$/.exec(path);
  const field = FIELDS.find((one) => one === match?.[2]);
  return match && field ? { at: Number(match[1]), field } : null;
}

/** The rates a person works with, each with its day and source. */
export function RatesSection() {
  const { t, locale } = useText();
  const { settings, changeSettings } = useLibrary();
  const notify = useToast();
  const told = useFaultText();
  const rates = settings?.rates ?? [];
  // A pasted block changes cell after cell before the first answer: each begins where the one before ended.
  const latest = useRef(rates);
  latest.current = rates;
  const keep = (next: ExchangeRate[]) => {
    latest.current = next;
    changeSettings({ rates: next }).catch((fault) => {
      const place = refusedField(fault);
      notify(t('settings.refused', { reason: place ? t(`refusal.RATES.${place.field}`) : told(fault) }));
    });
  };
  const replace = (rate: ExchangeRate, part: Partial<ExchangeRate>) =>
    keep(latest.current.map((one, at) => (at === rates.indexOf(rate) ? { ...one, ...part } : one)));
  const shown = (rate: ExchangeRate) => formatPrice(rate.rate, locale);
  const column = (field: RateField): GridColumn<ExchangeRate> => ({
    id: field,
    head: t(`rates.${field}`),
    cell: (rate) => rate[field],
    text: (rate) => rate[field],
    commit: (rate, text) => {
      replace(rate, { [field]: text.trim() });
      return null;
    },
  });
  const columns: GridColumn<ExchangeRate>[] = [
    column('base'),
    column('quote'),
    {
      ...column('rate'),
      align: 'right',
      cell: shown,
      text: shown,
      commit: (rate, text) => {
        const normal = normaliseNumber(text, locale);
        if (normal === null || Number(normal) <= 0) return t('rates.rate.invalid');
        replace(rate, { rate: normal });
        return null;
      },
    },
    {
      ...column('date'),
      commit: (rate, text) => {
        if (!isDate(text.trim())) return t('field.date.invalid');
        replace(rate, { date: text.trim() });
        return null;
      },
    },
    column('source'),
    {
      id: 'remove',
      head: t('rates.remove'),
      cell: (rate) => (
        <IconButton
          icon="trash"
          label={t('rates.remove.name', { base: rate.base, quote: rate.quote, date: rate.date })}
          onClick={() => keep(rates.filter((one) => one !== rate))}
        />
      ),
    },
  ];
  return (
    <div className="stack">
      {rates.length === 0 ? (
        <p>{t('rates.empty')}</p>
      ) : (
        <Grid
          label={t('rates.title')}
          hint={t('table.edit')}
          columns={columns}
          rows={rates}
          rowId={(rate) => `${rate.base}-${rate.quote}-${rate.date}`}
        />
      )}
      <AddRate rates={rates} />
      <UseInDeal rates={rates} />
    </div>
  );
}

function AddRate({ rates }: { rates: readonly ExchangeRate[] }) {
  const { t, locale } = useText();
  const { changeSettings } = useLibrary();
  const [typed, setTyped] = useState(BLANK);
  const [fault, setFault] = useState<Refusal | null>(null);
  const place = refusedField(fault);
  const isFilled = FIELDS.every((field) => typed[field].trim() !== '');
  const add = async () => {
    const rate = { ...typed, rate: normaliseNumber(typed.rate, locale) ?? typed.rate };
    try {
      await changeSettings({ rates: [...rates, rate] });
      setTyped(BLANK);
      setFault(null);
    } catch (refusal) {
      setFault(asRefusal(refusal));
    }
  };
  return (
    <form
      className="rate-form"
      aria-label={t('rates.add.title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isFilled) void add();
      }}
    >
      {FIELDS.map((field) => (
        <TextInput
          key={field}
          label={t(`rates.${field}`)}
          value={typed[field]}
          onChange={(text) => setTyped((before) => ({ ...before, [field]: text }))}
          {...(field === 'date' ? { placeholder: '2027-03-01' } : {})}
          {...(field === 'base' ? { placeholder: 'USD' } : {})}
          {...(field === 'quote' ? { placeholder: 'EUR' } : {})}
          error={place?.field === field ? t(`refusal.RATES.${field}`) : null}
        />
      ))}
      <Button type="submit" disabled={!isFilled}>
        {t('rates.add')}
      </Button>
      {place ? null : <Refused fault={fault} />}
    </form>
  );
}

/** Writes the newest rates of the open deal's currency into its cells. */
function UseInDeal({ rates }: { rates: readonly ExchangeRate[] }) {
  const { t } = useText();
  const { document, view, edit } = useDesk();
  const notify = useToast();
  if (!document || !view) return null;
  const chosen = ratesFor(rates, document.currency);
  if (chosen.length === 0) return null;
  const { fx, count } = withRates(chosen, document);
  const use = async () => {
    const { refusal } = await edit('fx', fx as unknown as CellValue);
    if (!refusal) notify(t('rates.used', { count }));
  };
  return (
    <div className="row-wrap">
      <Button disabled={count === 0} onClick={() => void use()}>
        {t('rates.use', { count: chosen.length, name: view.name })}
      </Button>
      {count === 0 ? <span className="sub">{t('rates.same')}</span> : null}
    </div>
  );
}
