import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type ExportedPack } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/states.tsx';
import { LANGUAGES, type Language, useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { IssuedPacks } from './issued.tsx';

const FORMATS = { both: ['pdf', 'xlsx'], pdf: ['pdf'], xlsx: ['xlsx'] } as const;
type Choice = keyof typeof FORMATS;
const CHOICES = Object.keys(FORMATS) as Choice[];
/** For whom a pack can be set. */
const READERS = [
  'full',
  'senior-lender',
  'gap-lender',
  'equity',
  'soft-money',
  'bond',
  'co-producer',
] as const;

/** The files a financier is handed, made from the deal as it stands now. */
export function PacksPage() {
  const { t, language: spoken } = useText();
  const { view } = useDeal();
  const client = useQueryClient();
  const [choice, setChoice] = useState<Choice>('both');
  const [reader, setReader] = useState<string>('full');
  const [language, setLanguage] = useState<Language>(spoken);
  const [made, setMade] = useState<{ number: number; revision: number; pack: ExportedPack } | null>(null);
  const issued = useQuery({
    queryKey: ['packs', view.deal],
    queryFn: () => take(commands.listPacks({ deal: view.deal })),
  });
  const make = useMutation({
    mutationFn: () =>
      take(commands.exportPack({ deal: view.deal, formats: [...FORMATS[choice]], language, reader })),
    onSuccess: async (pack) => {
      setMade({ number: view.number, revision: view.revision, pack });
      await client.invalidateQueries({ queryKey: ['packs'] });
    },
  });
  return (
    <Page
      crumb={t('nav.packs')}
      headline={made ? t('packs.made', { number: made.number }) : t('packs.headline', { name: view.name })}
      actions={
        <Button look="primary" icon="packs" disabled={make.isPending} onClick={() => make.mutate()}>
          {t('packs.export')}
        </Button>
      }
    >
      {make.error instanceof Refusal ? <Fault fault={make.error} onRetry={() => make.mutate()} /> : null}
      <div className="tiles">
        <Tile title={t('packs.choices')} note={t('packs.formats.note')} edge>
          <div className="pack-choices">
            <Select
              label={t('packs.reader')}
              value={reader}
              options={READERS.map((value) => ({ value, label: t(`packs.reader.${value}`) }))}
              onChange={setReader}
            />
            <Select
              label={t('packs.language')}
              value={language}
              options={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
              onChange={(value) => setLanguage(value as Language)}
            />
            <Segmented
              label={t('packs.formats')}
              value={choice}
              onChange={setChoice}
              options={CHOICES.map((value) => ({ value, label: t(`packs.${value}`) }))}
            />
          </div>
        </Tile>
        {make.isPending ? (
          <Tile>
            <Skeleton label={t('packs.making')} rows={3} />
          </Tile>
        ) : null}
        {made ? (
          <Tile
            title={t('packs.files')}
            note={t('packs.fingerprint', { fingerprint: made.pack.fingerprint })}
            edge
          >
            <FileTable pack={made.pack} />
            {made.revision !== view.revision ? <p className="sub">{t('packs.stale')}</p> : null}
          </Tile>
        ) : null}
        <Tile title={t('packs.issued')} note={t('packs.issued.note')} edge>
          {issued.error instanceof Refusal ? (
            <Fault fault={issued.error} onRetry={() => void issued.refetch()} />
          ) : null}
          {issued.isPending ? <Skeleton label={t('packs.issued')} rows={3} /> : null}
          {issued.data ? <IssuedPacks packs={issued.data.packs} /> : null}
        </Tile>
      </div>
    </Page>
  );
}

function FileTable({ pack }: { pack: ExportedPack }) {
  const { t, locale } = useText();
  const count = new Intl.NumberFormat(locale);
  return (
    <div className="scroll-x">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('packs.file')}</th>
            <th scope="col" className="num">
              {t('packs.parts')}
            </th>
            <th scope="col" className="num">
              {t('packs.bytes')}
            </th>
            <th scope="col">{t('packs.checksum')}</th>
          </tr>
        </thead>
        <tbody>
          {pack.files.map((file) => (
            <tr key={file.place}>
              <td className="text formula">{file.place}</td>
              <td className="num">{count.format(file.parts)}</td>
              <td className="num">{count.format(file.bytes)}</td>
              <td className="mono formula">{file.checksum}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
