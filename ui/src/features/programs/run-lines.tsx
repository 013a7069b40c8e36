import { useMemo } from 'react';
import type { ConditionDto, ProgramRunDto, RunLineDto } from '../../api/bindings.ts';
import { Badge, type BadgeLook } from '../../components/badge.tsx';
import { Clause } from '../../components/table-region.tsx';
import { useText } from '../../i18n/index.tsx';
import { useQuantityWords } from '../explain/provider.tsx';
import { faultText } from './fault-text.ts';
import { FormulaText, type Named } from './formula-text.tsx';
import { formatRun } from './law.ts';

type Props = {
  run: ProgramRunDto;
  /** The same program before the change under way: what differs says what it was. */
  before?: ProgramRunDto | null;
};

/** Every line of a run with its value and how it came about, in the order of the form. */
export function RunLines({ run, before = null }: Props) {
  const { t, locale } = useText();
  const words = useQuantityWords();
  const named = useMemo(() => {
    const all = [...run.inputs.map((input) => ({ ...input, id: input.name })), ...run.lines];
    return new Map<string, Named>(
      all.map(({ id, label, unit, value }) => [
        id,
        {
          label,
          shown: (
            <samp title={label}>
              {value === null ? t('programs.open') : formatRun(value, unit, locale, words)}
            </samp>
          ),
        },
      ]),
    );
  }, [run, locale, t, words]);
  const earlier = useMemo(() => new Map(before?.lines.map((line) => [line.id, line])), [before]);
  return (
    <ol className="run-lines" aria-label={t('programs.steps')}>
      {run.lines
        .filter(({ kind }) => kind === 'line')
        .map((line) => (
          <RunLine key={line.id} line={line} named={named} before={earlier.get(line.id) ?? null} />
        ))}
    </ol>
  );
}

type LineProps = { line: RunLineDto; named: ReadonlyMap<string, Named>; before: RunLineDto | null };

function RunLine({ line, named, before }: LineProps) {
  const { t, locale, language } = useText();
  const words = useQuantityWords();
  const changed = before !== null && before.value?.exact !== line.value?.exact;
  return (
    <li className="run-line" data-line={line.id} data-changed={changed}>
      <span className="run-label">{line.label}</span>
      <span className="run-value">
        {changed ? (
          <del>
            <span className="visually-hidden">{t('programs.was')}</span>
            <samp>{formatRun(before.value, line.unit, locale, words)}</samp>
          </del>
        ) : null}
        <samp>{formatRun(line.value, line.unit, locale, words)}</samp>
      </span>
      <span className="run-how sub">
        {line.problem ? (
          <span className="run-problem">{faultText(line.problem, language)}</span>
        ) : (
          <FormulaText formula={line.formula} named={named} />
        )}
      </span>
      {line.clause ? (
        <span className="run-clause sub">
          <Clause clause={line.clause} source={line.source} />
        </span>
      ) : null}
    </li>
  );
}

const VERDICTS: Record<string, BadgeLook> = { pass: 'pass', fail: 'blocker', unknown: 'question' };

export function RunConditions({ conditions }: { conditions: readonly ConditionDto[] }) {
  const { t, maybe } = useText();
  if (conditions.length === 0) return null;
  return (
    <ul className="conditions" aria-label={t('programs.conditions')}>
      {conditions.map((one) => (
        <li key={one.id}>
          <Badge look={VERDICTS[one.verdict] ?? 'question'}>
            {maybe(`programs.verdict.${one.verdict}`, one.verdict)}
          </Badge>
          <span>{one.label}</span>
          {one.verdict !== 'pass' && one.remedy ? <span className="sub">{one.remedy}</span> : null}
        </li>
      ))}
    </ul>
  );
}

/** What the program pays on these values, and what it was before the change under way. */
export function RunAnswer({ run, before = null }: Props) {
  const { t, locale } = useText();
  const words = useQuantityWords();
  const changed = before !== null && before.payable?.exact !== run.payable?.exact;
  return (
    <div className="run-answer" aria-live="polite">
      <span className="sub">{t(run.refused ? 'programs.refused' : 'programs.payable')}</span>
      <span className="run-total" data-changed={changed}>
        {`${run.currency} `}
        <samp data-result="payable">{formatRun(run.payable, 'money', locale, words)}</samp>
      </span>
      {changed ? (
        <span className="sub">
          {`${t('programs.was')} `}
          <samp>{formatRun(before.payable, 'money', locale, words)}</samp>
        </span>
      ) : null}
    </div>
  );
}
