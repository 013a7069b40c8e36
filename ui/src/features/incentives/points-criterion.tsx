import type { PointsCriterionDto } from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { Clause } from '../../components/table-region.tsx';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { Points } from './points.tsx';
import { Stepper } from './points-stepper.tsx';
import { decimalOf } from './view.ts';

/** One criterion: what it asks, what it gives of the most it can, and the answer, which may stay open. */
export function Criterion({ criterion }: { criterion: PointsCriterionDto }) {
  const { t } = useText();
  return (
    <li className="points-criterion" data-path={criterion.path} data-state={criterion.state} tabIndex={-1}>
      <span className="points-label">{criterion.label}</span>
      <span className="points-worth">
        <Points figure={criterion.points} />
        {criterion.most ? (
          <span className="sub">
            {t('points.of')} <Points figure={criterion.most} />
          </span>
        ) : null}
        <span className="visually-hidden">{t(`points.state.${criterion.state}` as 'points.state.open')}</span>
      </span>
      <span className="points-ground">
        <span className="sub">
          <Clause clause={criterion.clause} source={criterion.source} />
        </span>
        {criterion.mandatory ? <Badge look="outline">{t('points.mandatory.mark')}</Badge> : null}
        {criterion.one_of ? <Badge look="outline">{t('points.one_of.mark')}</Badge> : null}
        <Notes criterion={criterion} />
      </span>
      <div className="points-answer">
        <Answer criterion={criterion} />
      </div>
    </li>
  );
}

/** How it touches other criteria. */
function Notes({ criterion }: { criterion: PointsCriterionDto }) {
  const { t } = useText();
  const { excluded_by: winner, instead_of: others, part_of: whole } = criterion;
  const notes = [
    winner ? t('points.excluded', { criterion: winner }) : null,
    !winner && others.length > 0 ? t('points.group', { list: others.join('; ') }) : null,
    whole ? t('points.part', { criterion: whole }) : null,
  ].filter((note) => note !== null);
  return notes.map((note) => (
    <span key={note} className="sub points-note">
      {note}
    </span>
  ));
}

function Answer({ criterion }: { criterion: PointsCriterionDto }) {
  const { t } = useText();
  const { edit } = useDeal();
  const { path, unit, answer, label, typed, options } = criterion;
  const value = answer ?? 'open';
  if (unit === 'number') {
    return (
      <Stepper label={label} path={path} answer={answer} most={decimalOf(criterion.most)} isTyped={typed} />
    );
  }
  const open = { value: 'open', label: t('incentives.answers.open') };
  const give = (next: string) => {
    if (next === value) return;
    if (next === 'open') void edit(path, null);
    else void edit(path, unit === 'text' ? { text: next } : { flag: next === 'true' });
  };
  const mayBeOpen = typed || answer === null;
  if (unit === 'text') {
    const words = options.map((word) => ({ value: word, label: word.replace(/[-_]/g, ' ') }));
    return (
      <Select label={label} value={value} options={mayBeOpen ? [...words, open] : words} onChange={give} />
    );
  }
  const choices = [
    { value: 'true', label: t('incentives.answers.yes') },
    { value: 'false', label: t('incentives.answers.no') },
  ];
  return (
    <Segmented
      label={label}
      value={value}
      options={mayBeOpen ? [...choices, open] : choices}
      onChange={give}
    />
  );
}
