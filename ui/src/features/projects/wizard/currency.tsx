import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { DraftInput } from '../../../components/draft-input.tsx';
import type { DealDocument } from '../../../domain/document.ts';
import { minorDigits } from '../../../domain/money.ts';
import { useText } from '../../../i18n/index.tsx';
import type { CellValue } from '../../workspace/desk.tsx';
import { useDeal } from '../../workspace/desk.tsx';
import type { Cells } from './cells.ts';

/** Every amount of one currency as the same number of another; null where the other has no such small coin. */
export function renamed(value: unknown, from: string, to: string): { value: unknown; count: number } | null {
  let count = 0;
  let fits = true;
  const amount = new RegExp(`^${from} (-?\\d+)(?:\\.(\\d+))?$`);
  const within = (part: unknown): unknown => {
    if (typeof part === 'string') {
      const match = amount.exec(part);
      if (!match) return part;
      count += 1;
      const digits = minorDigits(to);
      const fraction = match[2] ?? '';
      if (/[1-9]/.test(fraction.slice(digits))) fits = false;
      const rest = digits === 0 ? '' : `.${fraction.slice(0, digits).padEnd(digits, '0')}`;
      return `${to} ${match[1]}${rest}`;
    }
    if (Array.isArray(part)) return part.map(within);
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, within(inner)]));
  };
  const after = within(value);
  return fits ? { value: after, count } : null;
}

/** The parts of the deal that hold amounts of a currency. */
function partsIn(document: DealDocument, currency: string): string[] {
  return Object.entries(document)
    .filter(([name, part]) => name !== 'fx' && (renamed(part, currency, currency)?.count ?? 0) > 0)
    .map(([name]) => name);
}

/** The currency of the deal. Where amounts are typed already, what becomes of them is asked first. */
export function CurrencyField({ cells }: { cells: Cells }) {
  const { t } = useText();
  const { document } = useDeal();
  const [asked, setAsked] = useState<string | null>(null);
  const { currency } = document;
  const parts = partsIn(document, currency);
  const names = { from: currency, to: asked ?? '' };
  const canRename = asked !== null && renamed(document, currency, asked) !== null;
  const change = async (to: string, isRenamed: boolean) => {
    setAsked(null);
    if (!(await cells.edit('currency', to)) || !isRenamed) return;
    for (const part of parts) {
      const written = renamed(document[part as keyof DealDocument], currency, to);
      if (written) await cells.edit(part, written.value as CellValue);
    }
  };
  return (
    <>
      <DraftInput<string>
        label={t('setup.currency')}
        hint={t('setup.currency.hint')}
        text={currency}
        align="left"
        inputMode="text"
        error={cells.refusedAt('currency')}
        parse={(text) => {
          const code = text.trim().toUpperCase();
          return /^[A-Z]{3}$/.test(code) ? { value: code } : { error: t('setup.currency.unknown') };
        }}
        onCommit={(code) => {
          if (code === currency) return;
          // After the key that committed: it would press the button on which the dialog begins.
          if (parts.length > 0) setTimeout(() => setAsked(code));
          else void change(code, false);
        }}
      />
      <Dialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={t('setup.currency.title', names)}
        note={t('setup.currency.note', names)}
        closeLabel={t('close')}
        actions={
          <>
            <Button onClick={() => setAsked(null)}>{t('cancel')}</Button>
            <Button onClick={() => asked && void change(asked, false)}>
              {t('setup.currency.keep', names)}
            </Button>
            <Button look="primary" disabled={!canRename} onClick={() => asked && void change(asked, true)}>
              {t('setup.currency.rename', names)}
            </Button>
          </>
        }
      />
    </>
  );
}
