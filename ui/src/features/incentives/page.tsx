import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AssessedProgram, IncentivesView } from '../../api/bindings.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatProse } from '../../domain/money.ts';
import { type Translate, useText } from '../../i18n/index.tsx';
import { type BridgeGroup, BridgeTable, CopyBridge } from '../charts/bridge.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useBook } from '../workspace/figures.ts';
import { Answers } from './answers.tsx';
import { CreditCashChart, paymentsOf } from './cash.tsx';
import { BestCombination } from './combination.tsx';
import { Compare } from './compare.tsx';
import { ProgramForm } from './form.tsx';
import { Inputs } from './inputs.tsx';
import { LawOffers } from './law-offers.tsx';
import { NextMoney } from './lines.tsx';
import { Elsewhere } from './map.tsx';
import { PointsTests } from './points.tsx';
import { ProgramCards, reasonText, variantOf } from './programs.tsx';
import { Section, SectionIndex, WhenNear } from './sections.tsx';
import { bridgeSteps } from './steps.ts';
import { LawOverTime } from './time.tsx';
import { counts, moneyOf, useIncentives } from './view.ts';
import { Ways } from './ways.tsx';
import { WorthTable } from './worth.tsx';

/** What public money the deal earns, program by program: how, how much, when, and what would change it. */
export function IncentivesPage() {
  const { t, locale } = useText();
  const navigate = useNavigate();
  const { data, isPending, fault, retry } = useIncentives();
  const credits = moneyOf(data?.credits);
  const net = moneyOf(data?.net);
  const claimed = data?.programs.filter((one) => counts(one) && moneyOf(one.worth?.gross)?.minor).length ?? 0;
  const amount = credits ? formatProse(credits, locale) : '';
  const isLess = credits !== null && net !== null && net.minor !== credits.minor;
  const headline =
    data === null
      ? t('incentives.headline.neutral')
      : !credits || claimed === 0
        ? t(data.programs.some(counts) && !credits ? 'incentives.headline.open' : 'incentives.headline.none')
        : isLess
          ? t('incentives.headline.less', { count: claimed, amount, net: formatProse(net, locale) })
          : t('incentives.headline', { count: claimed, amount });
  return (
    <Page
      crumb={t('nav.incentives')}
      headline={headline}
      {...(data ? { about: `${data.credits.address} ${data.net.address}` } : {})}
      actions={
        <Button icon="search" onClick={() => void navigate({ to: '/programs' })}>
          {t('incentives.library')}
        </Button>
      }
    >
      <LawOffers />
      {fault ? <Fault fault={fault} onRetry={retry} /> : null}
      {isPending ? <Skeleton label={t('pages.loading')} rows={7} /> : null}
      {data && data.programs.length === 0 ? (
        <EmptyState title={t('incentives.none')} note={t('incentives.none.note')} />
      ) : null}
      {data && data.programs.length > 0 ? <Desk view={data} /> : null}
    </Page>
  );
}

function Desk({ view }: { view: IncentivesView }) {
  const { t, locale } = useText();
  const book = useBook();
  const [chosen, setChosen] = useState<string | null>(null);
  const [first] = view.programs;
  const shown = view.programs.find((program) => program.claim === chosen) ?? first;
  if (!shown) return null;
  const choose = (claim: string) => {
    setChosen(claim);
    // Its steps may lie below the fold, or only now be drawn.
    requestAnimationFrame(() =>
      document.getElementById(`bridge-${claim}`)?.scrollIntoView({ block: 'nearest' }),
    );
  };
  const drawn = view.programs.filter((program) => counts(program) || program.claim === shown.claim);
  // A test that an answer fails stays where it was answered, to be answered again.
  // Their order does not follow the answer: what is being answered stays in its place.
  const asked = view.programs
    .filter(
      (program) =>
        drawn.includes(program) || program.reasons.some((reason) => reason.kind === 'condition_failed'),
    )
    .sort((one, other) => one.claim.localeCompare(other.claim));
  const groups = drawn.map((program, at) => {
    const group = groupOf(program, shown.claim, at + 1, t, locale);
    const variant = variantOf(program, drawn);
    return variant ? { ...group, title: `${group.title}, ${variant}` } : group;
  });
  const sections = SECTIONS.map((id) => ({ id, label: t(`incentives.section.${id}`) }));
  return (
    <div className="tiles tiles-fill incentives">
      <Tile
        title={t('incentives.programs')}
        note={t('incentives.programs.note', { currency: view.currency })}
        span={3}
        edge
      >
        <div className="incentives-beside">
          <ProgramCards programs={view.programs} chosen={shown.claim} onChoose={choose} />
          <WhatIf programs={asked} />
        </div>
      </Tile>
      <div className="incentives-main">
        <SectionIndex sections={sections} />
        <Section id="steps">
          <Tile
            title={t('incentives.steps')}
            note={t('incentives.steps.note')}
            tools={<CopyBridge groups={groups} />}
          >
            <BridgeTable caption={t('incentives.steps.table')} groups={groups} />
          </Tile>
          <PointsTests programs={asked} />
        </Section>
        <Section id="worth">
          <Tile title={t('incentives.worth')} note={t('incentives.worth.note', { currency: view.currency })}>
            <WorthTable view={view} />
          </Tile>
          {shown.ways ? (
            <Tile
              title={t('ways.tile', { program: shown.name })}
              note={t('ways.tile.note', { currency: view.currency })}
            >
              <Ways program={shown} />
            </Tile>
          ) : null}
        </Section>
        <Section id="combination">
          <Tile title={t('combination.title')} note={t('combination.note')}>
            <BestCombination />
          </Tile>
        </Section>
        <Section id="map">
          <Tile>
            <WhenNear rows={12}>
              <Elsewhere />
            </WhenNear>
          </Tile>
          <Tile>
            <WhenNear rows={6}>
              <Compare />
            </WhenNear>
          </Tile>
        </Section>
        <Section id="next">
          <Tile title={t('incentives.next')} note={t('incentives.next.note')}>
            <NextMoney />
          </Tile>
        </Section>
        <Section id="cash">
          <Tile>
            <CreditCashChart payments={paymentsOf(view.programs)} currency={view.currency} />
          </Tile>
        </Section>
        <Section id="law">
          <Tile title={t('lawtime.tile')} note={t('lawtime.tile.note')}>
            <LawOverTime />
          </Tile>
        </Section>
        <Section id="form">
          <Tile title={t('inputs.title', { program: shown.name })} note={t('inputs.note')}>
            <Inputs key={shown.claim} program={shown} book={book} />
          </Tile>
          <Tile title={t('incentives.lines.of', { program: shown.name })}>
            <ProgramForm program={shown} book={book} />
          </Tile>
        </Section>
      </div>
    </div>
  );
}

/** In the order of the page. */
const SECTIONS = ['steps', 'worth', 'combination', 'map', 'next', 'cash', 'law', 'form'] as const;

/** What only the producer can answer, of every program in sight. */
function WhatIf({ programs }: { programs: readonly AssessedProgram[] }) {
  const { t } = useText();
  const asking = programs.filter((program) => program.questions.length > 0);
  return (
    <section className="what-if" aria-label={t('incentives.answers')}>
      <h2>{t('incentives.answers')}</h2>
      <p className="sub">{t(asking.length > 0 ? 'incentives.answers.note' : 'incentives.answers.none')}</p>
      {asking.map((program) => (
        <Answers key={program.claim} program={program} />
      ))}
    </section>
  );
}

function groupOf(
  program: AssessedProgram,
  chosen: string,
  order: number,
  t: Translate,
  locale: string,
): BridgeGroup {
  const steps = bridgeSteps(program, t);
  const credit = moneyOf(program.credit);
  const refusal = program.reasons.find((reason) => reason.kind === 'condition_failed');
  const empty = refusal
    ? reasonText(refusal, t)
    : credit === null
      ? t('incentives.steps.absent')
      : steps.length === 0
        ? t('incentives.steps.none')
        : null;
  return {
    id: program.claim,
    title: counts(program) ? `${order} ${program.name}` : program.name,
    note: [
      ...program.statute.slice(0, 1),
      program.version ? t('incentives.version', { date: formatDate(program.version, locale) }) : null,
      counts(program) ? null : t('incentives.not_counted'),
    ]
      .filter(Boolean)
      .join(' · '),
    currency: program.currency,
    steps,
    total:
      credit && program.credit
        ? {
            label: t('incentives.credit_of', { program: program.name }),
            credit,
            address: program.credit.address,
          }
        : null,
    isChosen: program.claim === chosen,
    ...(empty ? { empty } : {}),
  };
}
