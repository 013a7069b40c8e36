import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type ExportedPack } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';

const FORMATS = { both: ['pdf', 'xlsx'], pdf: ['pdf'], xlsx: ['xlsx'] } as const;
type Choice = keyof typeof FORMATS;
const CHOICES = Object.keys(FORMATS) as Choice[];

/** The files a financier is handed, made from the deal as it stands now. */
export function PacksPage() {
  const { t } = useText();
  const { view } = useDeal();
  const [choice, setChoice] = useState<Choice>('both');
  const [made, setMade] = useState<{ revision: number; pack: ExportedPack } | null>(null);
  const make = useMutation({
    mutationFn: () => take(commands.exportPack({ deal: view.deal, formats: [...FORMATS[choice]] })),
    onSuccess: (pack) => setMade({ revision: view.revision, pack }),
  });
  return (
    <Page
      crumb={t('nav.packs')}
      headline={made ? t('packs.made', { number: made.revision }) : t('packs.headline', { name: view.name })}
      actions={
        <Button look="primary" icon="packs" disabled={make.isPending} onClick={() => make.mutate()}>
          {t('packs.export')}
        </Button>
      }
    >
      {make.error instanceof Refusal ? <Fault fault={make.error} onRetry={() => make.mutate()} /> : null}
      <div className="tiles">
        <Tile title={t('packs.formats')} note={t('packs.formats.note')} edge>
          <Segmented
            label={t('packs.formats')}
            value={choice}
            onChange={setChoice}
            options={CHOICES.map((value) => ({ value, label: t(`packs.${value}`) }))}
          />
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
