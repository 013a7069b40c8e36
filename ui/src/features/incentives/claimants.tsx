import { Select } from '../../components/select.tsx';
import { companiesOf } from '../../domain/companies.ts';
import { useText } from '../../i18n/index.tsx';
import { freeId } from '../ids.ts';
import { useDeal } from '../workspace/desk.tsx';

/** Who claims the program, and who else does: each on its own spend. */
export function Claimants({ claim, program }: { claim: string; program: string }) {
  const { t } = useText();
  const { document, edit, add } = useDeal();
  const companies = companiesOf(document);
  const claims = document.incentives ?? [];
  const typed = claims.find((one) => one.id === claim);
  if (!typed || companies.length === 0) return null;
  const path = `incentives[${claim}].claimant`;
  const isMeant = (election = 'best') => election === 'best' || election === 'claim';
  const claiming = claims
    .filter((one) => one.program === program && (one.id === claim || isMeant(one.election)))
    .map((one) => one.claimant);
  const others = companies.filter((company) => !claiming.includes(company.id));
  const known = companies.some((company) => company.id === typed.claimant);
  const named = document.parties?.find((party) => party.id === typed.claimant);
  const options = [
    ...companies.map((company) => ({ value: company.id, label: company.name })),
    ...(named && !known ? [{ value: named.id, label: named.name }] : []),
    { value: 'nobody', label: t('inputs.claimant.nobody') },
  ];
  const addFor = (company: string) => {
    if (company === 'none') return;
    const id = freeId(
      `${typed.id}-${company}`,
      claims.map((one) => one.id),
    );
    void add('incentives', { id, program, claimant: company });
  };
  return (
    <div className="claimants">
      <div data-path={path} tabIndex={-1}>
        <Select
          label={t('inputs.claimant')}
          hint={t('inputs.claimant.hint')}
          value={typed.claimant ?? 'nobody'}
          options={options}
          onChange={(company) => void edit(path, company === 'nobody' ? null : company)}
        />
      </div>
      {others.length > 0 && typed.claimant ? (
        <Select
          label={t('inputs.claimant.other')}
          value="none"
          options={[
            { value: 'none', label: t('inputs.claimant.none') },
            ...others.map((company) => ({ value: company.id, label: company.name })),
          ]}
          onChange={addFor}
        />
      ) : null}
    </div>
  );
}
