import type { AssessedProgram, FigureDto, IncentivesView } from '../../api/bindings.ts';
import { Figure } from '../../components/figure.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { formatWhole, parenthesised } from '../../domain/money.ts';
import { formatRateNumber } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { counts, decimalOf, moneyOf, monthsOf } from './view.ts';

/** From the credit to what is left of it, program by program, and the month it arrives. */
export function WorthTable({ view }: { view: IncentivesView }) {
  const { t } = useText();
  const programs = view.programs.filter((program) => counts(program) && program.worth !== null);
  return (
    <TableRegion label={t('incentives.worth.table')}>
      <thead>
        <tr>
          <th scope="col">{t('programs.one')}</th>
          <th scope="col" className="num">
            {t('incentives.worth.gross')}
          </th>
          <th scope="col" className="num">
            {t('incentives.worth.received')}
          </th>
          <th scope="col" className="num">
            {t('incentives.worth.fees')}
          </th>
          <th scope="col" className="num">
            {t('incentives.worth.tax')}
          </th>
          <th scope="col" className="num">
            {t('incentives.worth.net')}
          </th>
          <th scope="col" className="num">
            {t('incentives.worth.of_spend')}
          </th>
          <th scope="col" className="num">
            {t('incentives.worth.of_budget')}
          </th>
          <th scope="col">{t('incentives.worth.month')}</th>
        </tr>
      </thead>
      <tbody>
        {programs.map((program) => (
          <Row key={program.claim} program={program} />
        ))}
        <tr className="total">
          <td>{t('incentives.worth.total')}</td>
          <td className="num">
            <Money figure={view.credits} />
          </td>
          <td />
          <td />
          <td />
          <td className="num">
            <Money figure={view.net} />
          </td>
          <td />
          <td className="num">
            <Rate figure={view.budget_rate} />
          </td>
          <td />
        </tr>
      </tbody>
    </TableRegion>
  );
}

function Row({ program }: { program: AssessedProgram }) {
  const { locale } = useText();
  const { worth } = program;
  if (!worth) return null;
  return (
    <tr>
      <td className="text worth-name">
        {program.name}
        <How program={program} />
      </td>
      <td className="num">
        <Money figure={worth.gross} />
      </td>
      <td className="num">
        <Money figure={worth.received} />
      </td>
      <td className="num">
        <Money figure={worth.fees} out />
      </td>
      <td className="num">
        <Money figure={worth.tax} out />
      </td>
      <td className="num">
        <Money figure={worth.net} />
      </td>
      <td className="num">
        <Rate figure={worth.spend_rate} />
      </td>
      <td className="num">
        <Rate figure={worth.budget_rate} />
      </td>
      <td>
        {monthsOf(program)
          .map((month) => formatMonth(month, locale))
          .join(', ')}
      </td>
    </tr>
  );
}

/** How the credit becomes cash, where it is not simply waited for. */
function How({ program }: { program: AssessedProgram }) {
  const { t } = useText();
  const { document } = useDeal();
  const { how, instrument } = program.monetisation;
  if (how === 'direct') return null;
  const loan = document.instruments?.find((one) => one.id === instrument);
  const text =
    how === 'loan'
      ? t('incentives.how.loan', { loan: loan?.name ?? instrument ?? '' })
      : t(how === 'transfer' ? 'incentives.how.transfer' : 'incentives.how.offset');
  return <span className="sub choice-note">{text}</span>;
}

function Money({ figure, out }: { figure: FigureDto; out?: boolean }) {
  const { t, locale } = useText();
  const money = moneyOf(figure);
  if (!money) return <span className="sub">{t('na')}</span>;
  const text = formatWhole(money, locale);
  return (
    <Figure address={figure.address}>{out && money.minor > 0 ? parenthesised(text, true) : text}</Figure>
  );
}

function Rate({ figure }: { figure: FigureDto }) {
  const { t, locale } = useText();
  const decimal = decimalOf(figure);
  if (decimal === null) return <span className="sub">{t('na')}</span>;
  return <Figure address={figure.address}>{formatRateNumber(Number(decimal).toFixed(4), locale)}</Figure>;
}
