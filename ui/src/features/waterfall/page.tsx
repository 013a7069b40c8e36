import { formatMillions } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { FlowChart } from '../charts/flow.tsx';
import { LadderChart } from '../charts/ladder.tsx';
import { Levels } from '../levels/levels.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { DeriveButton } from './derive.tsx';
import { flowData, ladderSteps } from './flow.ts';
import { OrderList } from './order.tsx';
import { PartyTable } from './parties.tsx';

export function WaterfallPage() {
  const { t, locale, maybe } = useText();
  const { document } = useDeal();
  const book = useBook();
  const words = useWords();
  const count = document.recoupment?.tiers?.length ?? 0;
  const gross = book.money('revenue.gross');
  const account = book.money('revenue.to_account');
  const flow = flowData(document, book, {
    window: (window) => words.term('window', window),
    deduction: (word) => maybe(`deduction.${word}`, word.replace(/_/g, ' ')),
    tier: (tier) => tier.label ?? words.term('tier', tier.role ?? 'other'),
    account: t('waterfall.account'),
  });
  const steps = ladderSteps(document, book);
  const lead = steps.find((step) => step.kind === 'equity');
  const headline =
    gross && account
      ? t('sankey.title', { gross: formatMillions(gross, locale), account: formatMillions(account, locale) })
      : t('waterfall.headline', { count });
  return (
    <Page crumb={t('nav.waterfall')} headline={headline} about="revenue.gross revenue.to_account">
      {book.fault ? <Fault fault={book.fault} onRetry={book.retry} /> : null}
      <div className="tiles">
        {flow.links.length > 0 ? (
          <Tile span={8} edge>
            <FlowChart data={flow} currency={document.currency} gross={null} account={null} height={520} />
          </Tile>
        ) : null}
        <Tile
          title={t('waterfall.order')}
          note={t('waterfall.order.note')}
          tools={<DeriveButton />}
          span={flow.links.length > 0 ? 4 : 12}
          tall={flow.links.length > 0}
          edge={flow.links.length === 0}
        >
          <OrderList book={book} />
        </Tile>
        {steps.length > 0 ? (
          <Tile span={8} edge>
            <LadderChart
              steps={steps}
              base={account}
              currency={document.currency}
              {...(lead ? { lead } : {})}
            />
          </Tile>
        ) : null}
        <Tile title={t('levels.title')} note={t('levels.note', { currency: document.currency })} edge>
          <Levels />
        </Tile>
        <Tile title={t('waterfall.statement')} note={document.currency} edge>
          <PartyTable book={book} />
        </Tile>
      </div>
    </Page>
  );
}
