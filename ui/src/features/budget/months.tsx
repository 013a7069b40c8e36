import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftInput } from '../../components/draft-input.tsx';
import { Slider } from '../../components/slider.tsx';
import { formatMonth, monthFromOrdinal, monthOrdinal } from '../../domain/dates.ts';
import type { BudgetLine } from '../../domain/document.ts';
import { normaliseNumber } from '../../domain/money.ts';
import { formatNumber } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { CURVES } from './columns.tsx';
import { useSlide } from './gesture.ts';
import { monthsOf, shapeOf, weightText } from './weights.ts';

type Props = { line: BudgetLine | null; onClose: () => void };

/** In which months a line is spent, month by month. */
export function MonthsDialog({ line, onClose }: Props) {
  const { t } = useText();
  return (
    <Dialog
      open={line !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('months.title', { line: line?.label ?? '' })}
      note={t('months.note')}
      closeLabel={t('close')}
      actions={<Button onClick={onClose}>{t('split.done')}</Button>}
    >
      {line ? <Weights key={line.id} line={line} /> : null}
    </Dialog>
  );
}

function Weights({ line }: { line: BudgetLine }) {
  const { t } = useText();
  const { document, edit } = useDeal();
  const path = `budget.lines[${line.id}].months`;
  const span = monthsOf(line, document.schedule?.phases ?? []);
  const { draft, slide, slid } = useSlide<readonly string[]>(path);
  const weights = draft ?? line.months ?? shapeOf(line.curve ?? 'even', span.months);
  // Stands still while a bar is dragged, so that the bar does not run away from the hand.
  const [most] = useState(() => Math.max(20, ...weights.map((weight) => Number(weight) * 1.25)));
  const start = document.schedule?.start?.slice(0, 7) ?? document.as_of.slice(0, 7);
  const first = monthOrdinal(start) + span.start;
  const put = (at: number, weight: string) => weights.map((one, index) => (index === at ? weight : one));
  return (
    <div className="months">
      <p className="row-wrap">
        <span className="sub">{t(line.months ? 'months.typed' : 'months.by_curve')}</span>
        {line.months ? (
          <Button look="quiet" onClick={() => void edit(path, null)}>
            {t('months.reset')}
          </Button>
        ) : null}
      </p>
      <p className="row-wrap">
        <span className="sub">{t('months.begin')}</span>
        {CURVES.map((curve) => (
          <Button key={curve} look="quiet" onClick={() => void edit(path, shapeOf(curve, span.months))}>
            {t(`topsheet.curve.${curve}`)}
          </Button>
        ))}
      </p>
      <ol className="months-list">
        {weights.map((weight, at) => (
          <Month
            key={at}
            line={line.id}
            path={`${path}[${at}]`}
            month={monthFromOrdinal(first + at)}
            weight={weight}
            most={most}
            onSlide={(value) => slide(put(at, weightText(value)))}
            onSlid={slid}
            onType={(value) => void edit(path, put(at, value))}
          />
        ))}
      </ol>
      <p className="row-wrap">
        <Button look="quiet" icon="plus" onClick={() => void edit(path, [...weights, '0'])}>
          {t('months.more')}
        </Button>
        {weights.length > 1 ? (
          <Button look="quiet" icon="minus" onClick={() => void edit(path, weights.slice(0, -1))}>
            {t('months.less')}
          </Button>
        ) : null}
      </p>
    </div>
  );
}

type MonthProps = {
  line: string;
  path: string;
  month: string;
  weight: string;
  most: number;
  onSlide: (value: number) => void;
  onSlid: () => void;
  onType: (value: string) => void;
};

function Month({ line, path, month, weight, most, onSlide, onSlid, onType }: MonthProps) {
  const { t, locale } = useText();
  const book = useBook();
  const name = formatMonth(month, locale);
  const address = `budget.${line}.spend[${month}]`;
  return (
    <li className="months-row" data-path={path}>
      <span>{name}</span>
      <Slider
        label={t('months.weight', { month: name })}
        value={Number(weight)}
        min={0}
        max={Math.max(most, Number(weight))}
        step={0.5}
        valueText={formatNumber(weight, locale)}
        onChange={onSlide}
        onCommit={onSlid}
      />
      <DraftInput<string>
        label={t('months.weight.typed', { month: name })}
        text={formatNumber(weight, locale)}
        onCommit={onType}
        parse={(text) => {
          const value = normaliseNumber(text, locale);
          return value === null || value.startsWith('-') ? { error: t('field.number.invalid') } : { value };
        }}
      />
      <span className="months-amount">
        {book.at(address) ? <Amount book={book} address={address} /> : null}
      </span>
    </li>
  );
}
