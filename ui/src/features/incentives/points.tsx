import { useId, useState } from 'react';
import type { AssessedProgram, FigureDto, PointsSectionDto, PointsTestDto } from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { Figure } from '../../components/figure.tsx';
import { Icon } from '../../components/icon.tsx';
import { Clause } from '../../components/table-region.tsx';
import { numberFormat } from '../../domain/intl.ts';
import { useText } from '../../i18n/index.tsx';
import { Tile } from '../shell/page.tsx';
import { Criterion } from './points-criterion.tsx';
import { Stepper } from './points-stepper.tsx';
import { decimalOf } from './view.ts';

const VERDICTS = { pass: 'pass', fail: 'blocker', unknown: 'question' } as const;

/** The points tests that the law asks of these programs, each as a questionnaire. */
export function PointsTests({ programs }: { programs: readonly AssessedProgram[] }) {
  return programs.flatMap((program) =>
    program.points
      .filter((test) => test.asked !== false)
      .map((test) => <PointsTest key={`${program.claim}.${test.id}`} program={program} test={test} />),
  );
}

function PointsTest({ program, test }: { program: AssessedProgram; test: PointsTestDto }) {
  const { t } = useText();
  return (
    <Tile
      title={test.label}
      note={program.name}
      tools={
        <Badge look={VERDICTS[test.verdict as keyof typeof VERDICTS] ?? 'outline'}>
          {t(`points.verdict.${test.verdict}` as 'points.verdict.pass')}
        </Badge>
      }
    >
      <div className="points">
        <div className="points-stand">
          <Sums test={test} />
          <Bar test={test} />
          <Missing test={test} />
          <Mandatory test={test} />
          <Total test={test} />
          <p className="sub">
            <Clause clause={test.clause} source={test.source} />
          </p>
        </div>
        <div className="points-sections">
          {test.sections.map((section) => (
            <Section key={section.id} section={section} />
          ))}
        </div>
      </div>
    </Tile>
  );
}

/** A number of points that says where it comes from. */
export function Points({ figure }: { figure: FigureDto }) {
  const { t, locale } = useText();
  const decimal = decimalOf(figure);
  return (
    <Figure address={figure.address}>
      {decimal === null ? t('na') : numberFormat(locale).format(Number(decimal))}
    </Figure>
  );
}

function Sums({ test }: { test: PointsTestDto }) {
  const { t } = useText();
  return (
    <dl className="points-sums">
      <div>
        <dt>{t('points.score')}</dt>
        <dd>
          <Points figure={test.score} />
        </dd>
      </div>
      <div>
        <dt>{t('points.needed')}</dt>
        <dd>
          <Points figure={test.needed} />
        </dd>
      </div>
      <div>
        <dt>{t('points.missing')}</dt>
        <dd>
          <Points figure={test.missing} />
        </dd>
      </div>
      <div>
        <dt>{t('points.reachable')}</dt>
        <dd>
          <Points figure={test.reachable} />
        </dd>
      </div>
    </dl>
  );
}

/** From nothing to the most of the test: what is scored, what is still open, and where the mark stands. */
function Bar({ test }: { test: PointsTestDto }) {
  const { t, locale } = useText();
  const of = (figure: FigureDto | null) => {
    const decimal = decimalOf(figure);
    return decimal === null ? null : Number(decimal);
  };
  const score = of(test.score) ?? 0;
  const needed = of(test.needed) ?? 0;
  const reachable = of(test.reachable);
  const whole = Math.max(of(test.most) ?? 0, needed, score, reachable ?? needed * 1.5, 1);
  const share = (points: number) => `${(Math.min(points, whole) / whole) * 100}%`;
  const told = {
    score: numberFormat(locale).format(score),
    needed: numberFormat(locale).format(needed),
    reachable: numberFormat(locale).format(reachable ?? 0),
  };
  return (
    <>
      <div
        className="points-bar"
        role="img"
        aria-label={t(reachable === null ? 'points.bar.unbounded' : 'points.bar', told)}
      >
        <span className="points-open" style={{ width: share(reachable ?? whole) }} />
        <span className={`points-score points-score-${test.verdict}`} style={{ width: share(score) }} />
        <span className="points-mark" style={{ left: share(needed) }} />
      </div>
      <ul className="points-key" aria-hidden="true">
        <li className={`points-score-${test.verdict}`}>{t('points.key.score')}</li>
        <li className="points-key-open">{t('points.key.open')}</li>
        <li className="points-key-lost">{t('points.key.lost')}</li>
        <li className="points-key-mark">{t('points.key.mark')}</li>
      </ul>
    </>
  );
}

/** One sentence on what is missing; the numbers stand above it. */
function Missing({ test }: { test: PointsTestDto }) {
  const { t } = useText();
  const list = (labels: readonly string[]) => labels.join('; ');
  const [fewest] = test.fewest;
  const lacking = test.mandatory.filter((need) => need.verdict === 'fail').map((need) => need.label);
  return (
    <div className="points-missing" aria-live="polite">
      {test.asked === null ? <p>{t('points.asked.open')}</p> : null}
      {test.total?.stands ? <p>{t('points.by_total')}</p> : null}
      {test.verdict === 'pass' && !test.total?.stands ? <p>{t('points.passed')}</p> : null}
      {test.verdict === 'fail' && !test.total?.stands ? (
        <p>{lacking.length > 0 ? t('points.without', { list: list(lacking) }) : t('points.out_of_reach')}</p>
      ) : null}
      {test.must.length > 0 ? <p>{t('points.must', { list: list(test.must) })}</p> : null}
      {fewest ? (
        <p>
          {t('points.fewest', { list: list(fewest) })}{' '}
          {test.more || test.fewest.length > 1 ? t('points.fewest.more') : null}
        </p>
      ) : null}
    </div>
  );
}

function Mandatory({ test }: { test: PointsTestDto }) {
  const { t } = useText();
  if (test.mandatory.length === 0) return null;
  return (
    <div className="points-mandatory">
      <h3>{t('points.mandatory')}</h3>
      <ul>
        {test.mandatory.map((need) => (
          <li key={need.label}>
            <Badge look={VERDICTS[need.verdict as keyof typeof VERDICTS] ?? 'outline'}>
              {t(`points.verdict.${need.verdict}` as 'points.verdict.pass')}
            </Badge>
            <span>{need.label}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Total({ test }: { test: PointsTestDto }) {
  const { t } = useText();
  if (!test.total) return null;
  return (
    <div className="points-total" data-path={test.total.path} tabIndex={-1}>
      <span>{t('points.total')}</span>
      <Stepper
        label={test.total.label}
        path={test.total.path}
        answer={test.total.answer}
        most={decimalOf(test.most)}
        isTyped={test.total.answer !== null}
      />
    </div>
  );
}

function Section({ section }: { section: PointsSectionDto }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(true);
  const id = useId();
  return (
    <section className="points-section" aria-label={section.label}>
      <div className="points-section-head">
        <h3>
          <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
            <Icon name={isOpen ? 'down' : 'right'} size={13} />
            {section.label}
          </button>
        </h3>
        <span className="points-section-sum">
          <Points figure={section.score} />
          {section.minimum ? (
            <span className="sub">
              {t('points.minimum')} <Points figure={section.minimum} />
            </span>
          ) : null}
        </span>
      </div>
      <ul id={id} hidden={!isOpen}>
        {section.criteria.map((criterion) => (
          <Criterion key={criterion.input} criterion={criterion} />
        ))}
      </ul>
    </section>
  );
}
