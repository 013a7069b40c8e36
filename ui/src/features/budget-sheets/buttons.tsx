import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useFaultText } from '../shell/refusal.ts';
import { useDeal } from '../workspace/desk.tsx';
import { ImportDialog } from './dialog.tsx';
import { useSheet } from './use-sheet.ts';

const KINDS = '.xlsx,.xls,.ods,.csv,.tsv,.txt';

/** The way of the lines out of a spreadsheet and into one. */
export function BudgetSheetButtons() {
  const { t, language } = useText();
  const { view } = useDeal();
  const notify = useToast();
  const told = useFaultText();
  const chooser = useRef<HTMLInputElement>(null);
  const sheet = useSheet(view.deal);

  const write = async (format: 'xlsx' | 'csv') => {
    try {
      const file = await take(commands.exportBudget({ deal: view.deal, format, language }));
      notify(t('sheets.exported', { file: file.place }));
    } catch (fault) {
      notify(told(fault));
    }
  };
  return (
    <>
      <Button look="quiet" icon="docs" onClick={() => chooser.current?.click()}>
        {t('sheets.import')}
      </Button>
      <input
        ref={chooser}
        type="file"
        accept={KINDS}
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t('sheets.import.file')}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) void sheet.open(chosen);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="button button-quiet">
          <Icon name="external" size={14} />
          <span>{t('sheets.export')}</span>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
            <DropdownMenu.Item className="menu-item" onSelect={() => void write('xlsx')}>
              {t('sheets.export.xlsx')}
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" onSelect={() => void write('csv')}>
              {t('sheets.export.csv')}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {sheet.read ? <ImportDialog sheet={sheet} read={sheet.read} /> : null}
    </>
  );
}
