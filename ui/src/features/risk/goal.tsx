import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import {
  commands,
  type FigureDto,
  type GoalAnswer,
  type GoalView,
  type RiskPartyDto,
} from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { DraftInput, type Parsed } from '../../components/draft-input.tsx';
import { Figure } from '../../components/figure.tsx';
import { Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/states.tsx';
import { formatProse, formatScaled, normaliseNumber, parseDocumentMoney } from '../../domain/money.ts';
import { formatNumber } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';
import { Fault } from '../shell/fault.tsx';
import { type Cell, useDeal } from '../workspace/desk.tsx';
import { CellPalette } from './driver-cells.tsx';
import { cellAt } from './driver-words.ts';
import { type GoalUnit, OTHER, targetOf, useGoalFigures } from './goal-figures.ts';
import { points } from './words.ts';

type Sought = { cell: string; figure: string; target: string; low: string | null; high: string | null };

/** Which number has to be typed for a figure to be what somebody wants; what is found is typed by one edit. */
export function Goal({ party }: { party: RiskPartyDto }) {
  const { t, locale } = useText();
  const { view } = useDeal();
  const figures = useGoalFigures(party.party);
  const [cell, setCell] = useState<string | null>(null);
  const [name, setName] = useState(figures[0]?.value ?? OTHER);
  const [address, setAddress] = useState('');
  const [typed, setTyped] = useState('');
  const [low, setLow] = useState('');
  const [high, setHigh] = useState('');
  // Another party has results of its own.
  const chosen = figures.find(({ value }) => value === name) ?? figures[0];
  const unit = chosen?.unit ?? 'number';
  const figure = chosen?.value === OTHER ? address.trim() : (chosen?.value ?? '');
  const target = targetOf(typed, unit);
  const search = useMutation({
    mutationFn: (asked: Sought) =>
      take(commands.seekGoal({ ...asked, deal: view.deal, paths: null, seed: null })),
  });
  const isReady = cell !== null && figure !== '' && target !== null;
  const seek = () => {
    if (cell === null || target === null) return;
    search.mutate({ cell, figure, target, low: low || null, high: high || null });
  };
  const number = (text: string): Parsed<string> => {
    const normal = text.trim() === '' ? '' : normaliseNumber(text, locale);
    return normal === null ? { error: t('risk.goal.no_number') } : { value: normal };
  };
  return (
    <section className="tile risk-goal" aria-label={t('risk.goal.title')}>
      <h2>{t('risk.goal.title')}</h2>
      <p className="sub">{t('risk.goal.note')}</p>
      <form
        className="risk-goal-form"
        onSubmit={(event) => {
          event.preventDefault();
          seek();
        }}
      >
        <SoughtCell cell={cell} onChoose={setCell} />
        <Select
          label={t('risk.goal.figure')}
          value={chosen?.value ?? OTHER}
          options={figures}
          onChange={setName}
        />
        {chosen?.value === OTHER ? (
          <DraftInput
            label={t('risk.goal.address')}
            text={address}
            parse={(value) => ({ value })}
            onCommit={setAddress}
            align="left"
            inputMode="text"
          />
        ) : null}
        <DraftInput
          label={t('risk.goal.target')}
          text={typed}
          parse={number}
          onCommit={setTyped}
          after={unit === 'rate' ? t('risk.unit.percent') : undefined}
        />
        <DraftInput label={t('risk.goal.low')} text={low} parse={number} onCommit={setLow} />
        <DraftInput label={t('risk.goal.high')} text={high} parse={number} onCommit={setHigh} />
        <Button look="primary" type="submit" disabled={!isReady || search.isPending}>
          {t('risk.goal.seek')}
        </Button>
      </form>
      <div aria-live="polite" aria-busy={search.isPending}>
        {search.error instanceof Refusal ? <Fault fault={search.error} onRetry={seek} /> : null}
        {search.isPending ? <Skeleton label={t('risk.goal.seeking')} rows={3} /> : null}
        {search.data && search.variables && !search.isPending ? (
          <Found found={search.data} asked={search.variables} unit={unit} onDone={search.reset} />
        ) : null}
      </div>
    </section>
  );
}

/** The number that is sought, chosen among all that are typed. */
function SoughtCell({ cell, onChoose }: { cell: string | null; onChoose: (path: string) => void }) {
  const { t } = useText();
  const label = useAddressLabel();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="field">
      <span className="field-label">{t('risk.goal.cell')}</span>
      <Button onClick={() => setOpen(true)}>{cell ? label(cell) : t('risk.goal.choose')}</Button>
      {isOpen ? (
        <CellPalette
          title={t('risk.goal.cell')}
          without={[]}
          onOpenChange={setOpen}
          onChoose={({ path }) => onChoose(path)}
        />
      ) : null}
    </div>
  );
}

type FoundProps = { found: GoalView; asked: Sought; unit: GoalUnit; onDone: () => void };

/** Every answer with what it makes of the figure, or why there is none. */
function Found({ found, asked, unit, onDone }: FoundProps) {
  const { t } = useText();
  const { document, editAll } = useDeal();
  const label = useAddressLabel();
  const before = written(cellAt(document, asked.cell));
  const apply = async (answer: GoalAnswer) => {
    const outcome = await editAll([answer.cell as Cell]);
    if (!outcome.refusal) onDone();
  };
  const line = (answer: GoalAnswer, said: string) => (
    <li key={answer.figure.address} className="risk-goal-answer">
      <dl className="totals">
        <div className="total-item">
          <dt className="sub">{label(asked.cell)}</dt>
          <dd className="num strong" data-address={answer.figure.address}>
            <Typed value={written(answer.cell.value)} />
          </dd>
        </div>
        <div className="total-item">
          <dt className="sub">{said}</dt>
          <dd className="num strong">
            <Worth figure={answer.figure} unit={unit} />
          </dd>
        </div>
        <div className="total-item">
          <dt className="sub">{t('risk.goal.before')}</dt>
          <dd className="num" data-path={asked.cell}>
            <Typed value={before} />
          </dd>
        </div>
      </dl>
      <Button onClick={() => void apply(answer)}>{t('risk.goal.apply')}</Button>
    </li>
  );
  if (found.answers.length > 0)
    return <ul className="risk-goal-found">{found.answers.map((one) => line(one, t('risk.goal.then')))}</ul>;
  if (found.jumps.length > 0)
    return (
      <>
        <p>{t('risk.goal.jumps')}</p>
        <ul className="risk-goal-found">
          {found.jumps.flatMap(({ before: under, after }) => [
            line(under, t('risk.goal.before_jump')),
            line(after, t('risk.goal.after_jump')),
          ])}
        </ul>
      </>
    );
  return (
    <>
      <p>{t('risk.goal.never')}</p>
      {found.nearest ? (
        <ul className="risk-goal-found">{line(found.nearest, t('risk.goal.nearest'))}</ul>
      ) : null}
    </>
  );
}

const written = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** What is typed in a cell, as people read it. */
function Typed({ value }: { value: string }) {
  const { t, locale } = useText();
  const money = parseDocumentMoney(value);
  if (money) return <>{formatProse(money, locale)}</>;
  return <>{value === '' ? t('na') : formatNumber(value, locale)}</>;
}

/** What the figure comes to, in the unit it was asked in. */
function Worth({ figure, unit }: { figure: FigureDto; unit: GoalUnit }) {
  const { t, locale } = useText();
  const { value } = figure;
  const text =
    value.kind === 'money'
      ? formatProse(value.amount, locale)
      : value.kind === 'number'
        ? unit === 'rate'
          ? t('risk.percent', { share: points(Number(value.decimal), locale, 2) })
          : formatScaled(Number(value.decimal), locale, 3)
        : t('na');
  return <Figure address={figure.address}>{text}</Figure>;
}
