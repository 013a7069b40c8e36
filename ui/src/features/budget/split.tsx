import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Slider } from '../../components/slider.tsx';
import { companiesOf } from '../../domain/companies.ts';
import type { BudgetLine, SpendShare } from '../../domain/document.ts';
import { formatPercent } from '../../domain/money.ts';
import { formatRate } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { RateInput } from '../inputs.tsx';
import { useWords } from '../words.ts';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { useSlide } from './gesture.ts';
import { sumOf, withNewPlace, withoutPart, withTypedShare } from './split.ts';

type Props = { line: BudgetLine | null; onClose: () => void };

/** Where a line is spent: shares of several places that stay one whole. */
export function SplitDialog({ line, onClose }: Props) {
  const { t } = useText();
  return (
    <Dialog
      open={line !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('split.title', { line: line?.label ?? '' })}
      note={t('split.note')}
      closeLabel={t('close')}
      actions={<Button onClick={onClose}>{t('split.done')}</Button>}
    >
      {line ? <Parts key={line.id} line={line} /> : null}
    </Dialog>
  );
}

function Parts({ line }: { line: BudgetLine }) {
  const { t, locale } = useText();
  const { edit } = useDeal();
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set());
  const path = `budget.lines[${line.id}].spend`;
  const { draft, slide, slid } = useSlide<CellValue>(path);
  const parts = (draft as unknown as readonly SpendShare[] | null) ?? line.spend ?? [];
  const write = (next: readonly SpendShare[]) =>
    void edit(path, (next.length > 0 ? next : null) as unknown as CellValue);
  const hold = (id: string) => {
    const next = new Set(held);
    if (!next.delete(id)) next.add(id);
    setHeld(next);
  };
  const sum = sumOf(parts);
  return (
    <div className="split">
      {parts.map((part) => (
        <Part
          key={part.id}
          part={part}
          path={path}
          isHeld={held.has(part.id)}
          isAlone={parts.length === 1}
          onHold={() => hold(part.id)}
          onType={(share) => write(withTypedShare(parts, part.id, share, held))}
          onSlide={(share) => slide(withTypedShare(parts, part.id, share, held) as unknown as CellValue)}
          onSlid={slid}
          onRemove={() => write(withoutPart(parts, part.id))}
        />
      ))}
      {parts.length === 0 ? <p className="sub">{t('split.none')}</p> : null}
      <AddPlace parts={parts} onAdd={(code) => write(withNewPlace(parts, code))} />
      {parts.length > 0 && sum !== '1' ? (
        <p className="field-error" data-path={path}>
          {t('split.sum', { sum: formatRate(sum, locale) })}{' '}
          <button
            type="button"
            className="link"
            onClick={() => write(withTypedShare(parts, parts[0]?.id ?? '', parts[0]?.share ?? '0'))}
          >
            {t('split.whole')}
          </button>
        </p>
      ) : null}
    </div>
  );
}

type PartProps = {
  part: SpendShare;
  path: string;
  isHeld: boolean;
  isAlone: boolean;
  onHold: () => void;
  onType: (share: string) => void;
  onSlide: (share: string) => void;
  onSlid: () => void;
  onRemove: () => void;
};

function Part({ part, path, isHeld, isAlone, onHold, onType, onSlide, onSlid, onRemove }: PartProps) {
  const { t, locale } = useText();
  const { document, edit } = useDeal();
  const words = useWords();
  const companies = companiesOf(document);
  const name = words.place(part.jurisdiction);
  const share = Number(part.share ?? 0);
  return (
    <div className="split-part" data-path={`${path}[${part.id}]`}>
      <span className="split-name">
        {name} <span className="sub">{part.jurisdiction}</span>
      </span>
      <Slider
        label={t('split.share', { place: name })}
        value={Math.round(share * 100)}
        min={0}
        max={100}
        step={1}
        valueText={formatPercent(share, locale)}
        onChange={(percent) => onSlide((percent / 100).toString())}
        onCommit={onSlid}
      />
      <RateInput
        label={t('split.typed', { place: name })}
        value={part.share ?? '0'}
        unit="%"
        disabled={isAlone && share === 1}
        onCommit={onType}
      />
      <IconButton
        icon="lock"
        label={t(isHeld ? 'split.release' : 'split.hold', { place: name })}
        aria-pressed={isHeld}
        onClick={onHold}
      />
      <IconButton icon="trash" label={t('split.remove', { place: name })} onClick={onRemove} />
      {companies.length > 1 ? (
        <div className="split-company">
          <Field label={t('split.company', { place: name })}>
            {(aria) => (
              <select
                {...aria}
                className="input"
                value={part.company ?? ''}
                onChange={(event) =>
                  void edit(
                    `${path}[${part.id}].company`,
                    event.target.value === '' ? null : event.target.value,
                  )
                }
              >
                <option value="">{t('split.company.line')}</option>
                {companies.map((company) => (
                  <option key={company.id} value={company.id}>
                    {company.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      ) : null}
    </div>
  );
}

/** The places a line may be moved to: those of the deal first, then every place that has a program. */
export function usePlaceChoices(without: readonly string[]): { here: string[]; elsewhere: string[] } {
  const { language, locale } = useText();
  const { document } = useDeal();
  const words = useWords();
  const programs = useQuery({
    queryKey: ['programs', '', language],
    queryFn: () => take(commands.searchPrograms({ words: null, language })),
  });
  const taken = new Set(without);
  const spent = (document.budget?.lines ?? []).flatMap((line) =>
    (line.spend ?? []).map((part) => part.jurisdiction),
  );
  const here = [...new Set(spent)].filter((code) => !taken.has(code));
  const known = new Set([...here, ...without]);
  const elsewhere = [...new Set((programs.data?.programs ?? []).map((one) => one.jurisdiction))]
    .filter((code) => !known.has(code))
    .sort((a, b) => words.place(a).localeCompare(words.place(b), locale));
  return { here, elsewhere };
}

function AddPlace({ parts, onAdd }: { parts: readonly SpendShare[]; onAdd: (code: string) => void }) {
  const { t } = useText();
  const words = useWords();
  const { here, elsewhere } = usePlaceChoices(parts.map((part) => part.jurisdiction));
  const option = (code: string) => (
    <option key={code} value={code}>
      {`${words.place(code)} (${code})`}
    </option>
  );
  return (
    <Field label={t('split.add')}>
      {(aria) => (
        <select {...aria} className="input" value="" onChange={(event) => onAdd(event.target.value)}>
          <option value="" disabled>
            {t('split.add.choose')}
          </option>
          {here.length > 0 ? <optgroup label={t('split.add.here')}>{here.map(option)}</optgroup> : null}
          <optgroup label={t('split.add.elsewhere')}>{elsewhere.map(option)}</optgroup>
        </select>
      )}
    </Field>
  );
}
