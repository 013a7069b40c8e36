import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/field.tsx';
import { useText } from '../../i18n/index.tsx';
import { ChoiceCell } from '../capital/terms/fields.tsx';
import { freeId } from '../ids.ts';
import { useDeal } from '../workspace/desk.tsx';
import { Choice } from './choice.tsx';

/** What a new party is offered as. */
const PARTY_ROLES = [
  'producer',
  'co_producer',
  'equity',
  'public_fund',
  'senior_lender',
  'gap_lender',
  'mezzanine_lender',
  'sales_agent',
  'distributor',
  'broadcaster',
  'streamer',
  'collection_agent',
  'talent',
  'guild',
  'other',
] as const;

const NEW = '+';

type Props = {
  label: string;
  value: string | undefined;
  onPut: (party: string) => void;
  /** What stands there while nobody is chosen. */
  unsaid?: string;
};

/** A party of the deal; one that is not there yet is made on the spot. */
export function PartyCell({ label, value, onPut, unsaid }: Props) {
  const { t, maybe } = useText();
  const { document, add } = useDeal();
  const [isNew, setNew] = useState(false);
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>('talent');
  const parties = document.parties ?? [];
  const known = value === undefined || parties.some(({ id }) => id === value);
  const make = async () => {
    if (name.trim() === '') return;
    const id = freeId(
      name,
      parties.map((party) => party.id),
    );
    const { refusal } = await add('parties', { id, name: name.trim(), role });
    if (refusal) return;
    setNew(false);
    setName('');
    onPut(id);
  };
  if (isNew) {
    return (
      <div className="party-new" role="group" aria-label={t('tier_form.party.new')}>
        <TextInput label={t('tier_form.party.new.name')} value={name} onChange={setName} />
        <Choice
          label={t('tier_form.party.new.role')}
          value={role}
          onPut={setRole}
          choices={PARTY_ROLES.map((one) => ({
            value: one,
            label: maybe(`party_role.${one}`, one.replace(/_/g, ' ')),
          }))}
        />
        <div className="row-wrap">
          <Button look="primary" onClick={() => void make()}>
            {t('tier_form.party.add')}
          </Button>
          <Button look="quiet" onClick={() => setNew(false)}>
            {t('close')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <ChoiceCell
      label={label}
      value={value}
      {...(unsaid === undefined ? {} : { unsaid })}
      onPut={(chosen) => (chosen === NEW ? setNew(true) : onPut(chosen ?? ''))}
      choices={[
        ...(known ? [] : [{ value: value ?? '', label: value ?? '' }]),
        ...parties.map(({ id, name: called }) => ({ value: id, label: called })),
        { value: NEW, label: `${t('tier_form.party.new')}…` },
      ]}
    />
  );
}
