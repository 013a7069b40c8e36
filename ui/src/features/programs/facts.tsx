import type { ProgramEntry, ProgramNumber } from '../../api/bindings.ts';
import { Badge, type BadgeLook } from '../../components/badge.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { forceOn, type Listed } from './filters.ts';
import { today } from './found.ts';
import { formatLaw } from './law.ts';

const LOOKS: Record<string, BadgeLook> = { high: 'pass', medium: 'outline', low: 'dashed' };

/** How far a program can be relied on; a program of one's own is always unverified. */
export function Reliance({ program }: { program: Listed }) {
  const { t } = useText();
  const words = useWords();
  if (program.own !== undefined || program.origin !== 'library')
    return <Badge look="dashed">{t('programs.own_unverified')}</Badge>;
  return (
    <Badge look={LOOKS[program.confidence] ?? 'outline'}>
      {words.term('confidence', program.confidence)}
    </Badge>
  );
}

/** Whether it applies today, said only where it does not go without saying. */
export function Standing({ program }: { program: ProgramEntry }) {
  const { t, locale } = useText();
  const force = forceOn(program, today());
  const end = [program.until, program.sunset].filter((date) => date !== null).sort()[0];
  if (force === 'not_yet')
    return <Badge look="question">{t('programs.starts', { date: formatDate(program.from, locale) })}</Badge>;
  if (force === 'in_force' || !end) return null;
  const date = formatDate(end, locale);
  return force === 'ended' ? (
    <Badge look="blocker">{t('programs.ended', { date })}</Badge>
  ) : (
    <Badge look="question">{t('programs.sunset', { date })}</Badge>
  );
}

type LawProps = {
  program: string;
  number: Pick<ProgramNumber, 'id' | 'value' | 'unit'>;
  /** Said before an amount, where no column says it. */
  currency?: string;
};

/** A number of the law: its address is the constant, whose row holds clause and source. */
export function LawNumber({ program, number, currency }: LawProps) {
  const { locale } = useText();
  const text = formatLaw(number.value, number.unit, locale);
  return (
    <span className="law-number" data-law={`${program}:${number.id}`}>
      {number.unit === 'money' && currency ? `${currency} ${text}` : text}
    </span>
  );
}

/** What a program is known by: its first rates and its first amount, each with its name. */
export function Headline({ program }: { program: ProgramEntry }) {
  return (
    <>
      {program.headline.map((number, at) => (
        <span key={number.id} className="headline-fact">
          {at > 0 ? ' · ' : ''}
          {`${number.label} `}
          <LawNumber program={program.program} number={number} currency={program.currency} />
        </span>
      ))}
    </>
  );
}
