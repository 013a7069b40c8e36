import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import type { DealDocument } from '../../../domain/document.ts';
import { useText } from '../../../i18n/index.tsx';
import { INSTRUMENT_STATUSES } from '../../projects/terms.ts';
import { useWords } from '../../words.ts';
import { type CellValue, useDeal } from '../../workspace/desk.tsx';
import { AmountSection } from './amount.tsx';
import { CostSection } from './cost.tsx';
import { ChoiceCell, PercentCell, TextCell } from './fields.tsx';
import { OwnTerms } from './own.tsx';
import { Section } from './section.tsx';
import { SecuritySection, TimingSection } from './timing.tsx';
import { asContract, type Contract, KINDS_OF_MONEY, type Put } from './types.ts';
import { GRADES, useTermWord } from './words.ts';

type Props = { id: string | null; onClose: () => void };

/** Everything a contract says, each field typed where it stands and undone like any other cell. */
export function TermsDialog({ id, onClose }: Props) {
  const { t } = useText();
  const words = useWords();
  const { document, edit } = useDeal();
  const found = (document.instruments ?? []).find((one) => one.id === id);
  const contract = found ? asContract(found) : null;
  const put: Put = (field, value) => void edit(`instruments[${id}].${field}`, value);
  const bases =
    (document as { market?: { base_rates?: { id: string; name: string }[] } }).market?.base_rates ?? [];
  return (
    <Dialog
      open={contract !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={contract?.name ?? ''}
      note={contract ? words.term('instrument', contract.terms.kind) : ''}
      closeLabel={t('close')}
      actions={<Button onClick={onClose}>{t('terms.done')}</Button>}
    >
      {contract ? (
        <div className="terms">
          <ContractSection contract={contract} currency={document.currency} put={put} />
          <AmountSection contract={contract} currency={document.currency} put={put} />
          <OwnTerms contract={contract} currency={document.currency} put={put} />
          <CostSection contract={contract} currency={document.currency} put={put} bases={bases} />
          <TimingSection contract={contract} currency={document.currency} put={put} />
          <SecuritySection contract={contract} currency={document.currency} put={put} />
        </div>
      ) : null}
    </Dialog>
  );
}

type SectionProps = { contract: Contract; currency: string; put: Put };

function ContractSection({ contract, currency, put }: SectionProps) {
  const { t } = useText();
  const words = useWords();
  const { document, edit } = useDeal();
  const word = useTermWord();
  const unit = contract.amount?.fixed?.slice(0, 3) ?? contract.currency ?? currency;
  return (
    <Section title={t('terms.contract')}>
      <TextCell
        label={t('setup.name_it')}
        value={contract.name}
        onPut={(name) => name && put('name', name)}
      />
      <ChoiceCell
        label={t('capital.kind')}
        value={contract.terms.kind}
        onPut={(kind) => kind && put('terms', { kind })}
        choices={KINDS_OF_MONEY.map((kind) => ({ value: kind, label: words.term('instrument', kind) }))}
      />
      <ChoiceCell
        label={t('capital.provider')}
        value={contract.provider}
        unsaid={t('terms.unsaid')}
        onPut={(provider) => put('provider', provider)}
        choices={(document.parties ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      {contract.provider ? (
        <ChoiceCell
          label={t('terms.grade')}
          value={gradeOf(document, contract.provider)}
          unsaid={t('terms.unsaid')}
          onPut={(grade) => void edit(`parties[${contract.provider}].grade`, grade)}
          choices={GRADES.map((grade) => ({ value: grade, label: word(grade) }))}
        />
      ) : null}
      <ChoiceCell
        label={t('capital.status')}
        value={contract.status}
        unsaid={t('terms.unsaid')}
        onPut={(status) => put('status', status)}
        choices={INSTRUMENT_STATUSES.map((status) => ({
          value: status,
          label: words.term('status', status),
        }))}
      />
      <PercentCell
        label={t('terms.probability')}
        value={contract.probability}
        onPut={(probability) => put('probability', probability)}
      />
      <TextCell
        label={t('terms.currency')}
        value={unit}
        onPut={(typed) => putCurrency(contract, (typed ?? currency).toUpperCase(), put)}
      />
      <TextCell label={t('terms.notes')} value={contract.notes} onPut={(notes) => put('notes', notes)} />
    </Section>
  );
}

/** A typed amount carries its currency: the number stays, the currency changes. */
function putCurrency({ amount }: Contract, code: string, put: Put): void {
  if (amount?.fixed !== undefined) put('amount', { fixed: `${code} ${amount.fixed.slice(4)}` } as CellValue);
  else put('currency', code);
}

function gradeOf(document: DealDocument, party: string): string | undefined {
  const found = (document.parties ?? []).find(({ id }) => id === party);
  return (found as { grade?: string } | undefined)?.grade;
}
