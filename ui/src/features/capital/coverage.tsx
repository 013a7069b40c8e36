import { useQuery } from '@tanstack/react-query';
import { commands, type TreeDto } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Badge } from '../../components/badge.tsx';
import { DraftInput } from '../../components/draft-input.tsx';
import { Figure } from '../../components/figure.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { formatRateNumber, parsePercent } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { formulaOf, valueText } from '../explain/derive.ts';
import { useDeriveWords } from '../explain/provider.tsx';
import { Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { type LenderTest, lenderTests, lightOf, typedLimit } from './lender-tests.ts';
import { ChoiceCell, PercentCell } from './terms/fields.tsx';
import { GRADES, useTermWord } from './terms/words.ts';

type Light = ReturnType<typeof lightOf>;
const SIGN: Record<Light, IconName> = { green: 'check', amber: 'question', red: 'blocker' };

/** What lenders ask of this deal, what it gives, how that is worked out, and whether it is enough. */
export function CoverageTile({ book }: { book: FigureBook }) {
  const { t, maybe } = useText();
  const { document } = useDeal();
  const tests = lenderTests(document, book);
  const passed = tests.filter((test) => lightOf(test, book) === 'green').length;
  const named = (test: LenderTest) => {
    const what = maybe(`capital.test.${test.word}`, test.word.replace(/_/g, ' '));
    const text = test.of === null ? what : `${test.of}, ${what}`;
    return text.charAt(0).toLocaleUpperCase() + text.slice(1);
  };
  return (
    <Tile
      title={tests.length > 0 ? t('tests.title', { passed, count: tests.length }) : t('capital.tests')}
      note={t('capital.tests.note')}
      span={8}
    >
      {tests.length === 0 ? (
        <p className="sub">{t('capital.tests.none')}</p>
      ) : (
        <ul className="tests">
          {tests.map((test) => (
            <TestCard key={test.address} test={test} name={named(test)} book={book} />
          ))}
        </ul>
      )}
      {tests.some((test) => test.word === 'presale_cover') ? <AdvanceByGrade /> : null}
    </Tile>
  );
}

type CardProps = { test: LenderTest; name: string; book: FigureBook };

function TestCard({ test, name, book }: CardProps) {
  const { t } = useText();
  const light = lightOf(test, book);
  return (
    <li className={`test test-${light}`}>
      <span className="test-light">
        <Icon name={SIGN[light]} size={15} />
      </span>
      <div className="test-name">
        <p className="strong">{name}</p>
        <Arithmetic test={test} book={book} />
      </div>
      <div className="test-value num">
        <Badge look={light === 'green' ? 'pass' : light === 'red' ? 'blocker' : 'outline'}>
          {t(
            light === 'green'
              ? 'capital.tests.met'
              : light === 'red'
                ? 'capital.tests.failed'
                : 'capital.tests.open',
          )}
        </Badge>
        <Amount book={book} address={test.address} size="headline" />
      </div>
      <Limit test={test} name={name} book={book} />
      <MissingGrade test={test} book={book} />
    </li>
  );
}

/** A cover by the payer's grade that nobody has given yet: it is given here. */
function MissingGrade({ test, book }: { test: LenderTest; book: FigureBook }) {
  const { t } = useText();
  const { document, edit } = useDeal();
  const word = useTermWord();
  const tested = book.at(test.address);
  const path = tested?.kind === 'absent' ? tested.path : null;
  const [, id] = /^parties\[([^\]]+)\]\.grade$/.exec(path ?? '') ?? [];
  if (!path || !id) return null;
  const name = (document.parties ?? []).find((party) => party.id === id)?.name ?? id;
  return (
    <div className="test-grade" data-path={path}>
      <ChoiceCell
        label={t('tests.grade', { name })}
        value={undefined}
        unsaid={t('terms.unsaid')}
        onPut={(grade) => void edit(path, grade)}
        choices={GRADES.map((grade) => ({ value: grade, label: word(grade) }))}
      />
    </div>
  );
}

/** What the deal's lenders advance on a contract by the grade of who pays it, where that is not what is usual. */
function AdvanceByGrade() {
  const { t } = useText();
  const { document, edit } = useDeal();
  const word = useTermWord();
  const limits = (document as { market?: { limits?: { advance_by_grade?: Record<string, string> } } }).market
    ?.limits;
  return (
    <details className="terms-several">
      <summary>{t('tests.advances')}</summary>
      <div className="terms-fields test-advances">
        {GRADES.map((grade) => (
          <div key={grade} data-path={`market.limits.advance_by_grade.${grade}`}>
            <PercentCell
              label={word(grade)}
              value={limits?.advance_by_grade?.[grade]}
              onPut={(share) => void edit(`market.limits.advance_by_grade.${grade}`, share)}
            />
          </div>
        ))}
      </div>
    </details>
  );
}

/** What the lender asks for, typed where it stands; what is usual stands there until somebody types. */
function Limit({ test, name, book }: CardProps) {
  const { t, locale } = useText();
  const { document, edit } = useDeal();
  const typed = typedLimit(document, test);
  const asked = book.at(`${test.address}_required`);
  const value = typed ?? (asked?.kind === 'number' ? asked.decimal : null);
  const text = value === null ? '' : test.isDays ? value : formatRateNumber(value, locale);
  const note = typed !== null ? '' : t(value === null ? 'tests.limit.none' : 'tests.limit.usual');
  return (
    <div className="test-limit" data-path={test.limit}>
      <DraftInput<string | number | null>
        label={t('tests.limit', { name })}
        before={test.atLeast ? '≥' : '≤'}
        after={test.isDays ? t('tests.days') : '%'}
        text={text}
        parse={(written) => {
          if (written.trim() === '') return { value: null };
          if (!test.isDays) {
            const fraction = parsePercent(written, locale);
            return fraction === null ? { error: t('field.rate.invalid') } : { value: fraction };
          }
          const days = Number(written);
          return Number.isInteger(days) && days >= 0
            ? { value: days }
            : { error: t('capital.tests.days.invalid') };
        }}
        onCommit={(limit) => void edit(test.limit, limit)}
      />
      <p className="sub">{note}</p>
    </div>
  );
}

/** The figures the test is made of, with the sign between them; asked for apart, so that no change waits for it. */
function Arithmetic({ test, book }: { test: LenderTest; book: FigureBook }) {
  const { t, maybe } = useText();
  const { view } = useDeal();
  const words = useDeriveWords();
  const { data } = useQuery({
    queryKey: ['test-arithmetic', view.deal, view.revision, test.address],
    queryFn: () => take(commands.explainFigure({ deal: view.deal, address: test.address })),
    placeholderData: (before) => before,
  });
  const now = book.at(test.address);
  if (!data || !sameValue(data, now)) return <p className="sub test-sum" />;
  const sign = SIGNS[data.operation ?? ''];
  if (test.isDays) return <p className="sub test-sum">{t('tests.days.how')}</p>;
  if (!sign || data.inputs.length > MOST) {
    return (
      <p className="sub test-sum" data-address={test.address}>
        {formulaOf(data, words) ?? ''}
      </p>
    );
  }
  const partName = (address: string) => {
    const word = address.split('.').at(-1) ?? '';
    return maybe(`tests.part.${word}`, maybe(`figure.${word}`, word.replace(/_/g, ' ')));
  };
  return (
    <p className="sub test-sum" data-address={test.address}>
      {data.inputs.map((input, at) => {
        const text = valueText(input.value, input.address, words);
        return (
          <span key={input.address ?? at}>
            {at > 0 ? ` ${sign} ` : ''}
            {input.address && book.at(input.address) ? (
              <>
                {`${partName(input.address)} `}
                <Figure address={input.address}>{text}</Figure>
              </>
            ) : (
              text
            )}
          </span>
        );
      })}
    </p>
  );
}

const SIGNS: Record<string, string> = { quotient: '÷', difference: '−', sum: '+', product: '×' };
const MOST = 4;

function sameValue({ value }: TreeDto, now: ReturnType<FigureBook['at']>): boolean {
  if (value.kind === 'number' && now?.kind === 'number') return value.decimal === now.decimal;
  return value.kind === now?.kind;
}
