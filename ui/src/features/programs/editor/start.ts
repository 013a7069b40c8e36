import { useNavigate } from '@tanstack/react-router';
import { commands } from '../../../api/bindings.ts';
import { Refusal, take } from '../../../api/errors.ts';
import { useToast } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFaultText } from '../../shell/refusal.ts';
import type { Listed } from '../filters.ts';
import { useOwnChanged } from '../own.ts';
import { readDoc, textAt } from './doc.ts';
import { keepDraft, newKey } from './drafts.ts';

/** Largest file that is read; the application refuses what is larger, too. */
export const LARGEST_BYTES = 5 * 1024 * 1024;

type Start = {
  from: (program: Listed, on: string) => Promise<void>;
  fromFile: (file: File) => Promise<void>;
};

/** The ways into the editor: one's own program, a copy of any, or a file. */
export function useStartEditing(): Start {
  const { t } = useText();
  const navigate = useNavigate();
  const notify = useToast();
  const told = useFaultText();
  const ownChanged = useOwnChanged();
  const go = (edit: string) => navigate({ to: '/programs', search: { edit } });
  const begin = async (text: string, name: string) => {
    const key = newKey();
    const at = new Date().toISOString();
    const isKept = keepDraft({ key, own: null, version: null, name, base: text, text, at });
    if (isKept) await go(key);
    else notify(t('editor.no_room'));
  };
  // A file of a program that is there already is a change of it, to be looked at before it is saved.
  const asChangeOf = async (own: string, text: string) => {
    try {
      const { own: entry, text: base } = await take(commands.readOwnProgram({ own, version: null }));
      const { version, name } = entry;
      const at = new Date().toISOString();
      keepDraft({ key: own, own, version, name, base, text, at });
      notify(t('editor.import_change', { name }));
      await go(own);
    } catch (fault) {
      notify(told(fault));
    }
  };
  return {
    from: async (program, on) => {
      if (program.own !== undefined) return go(program.own);
      try {
        const copy = await take(commands.copyProgram({ program: program.program, on }));
        await begin(copy.text, program.name);
      } catch (fault) {
        notify(told(fault));
      }
    },
    fromFile: async (file) => {
      if (file.size > LARGEST_BYTES) {
        notify(t('editor.too_large', { name: file.name, size: (file.size / 1024 / 1024).toFixed(1) }));
        return;
      }
      let text: string;
      try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      } catch {
        notify(t('editor.not_text', { name: file.name }));
        return;
      }
      try {
        const { own } = await take(commands.importOwnProgram({ text }));
        await ownChanged();
        notify(t('editor.imported', { name: own.name }));
        await go(own.own);
      } catch (fault) {
        const doc = readDoc(text);
        const known = fault instanceof Refusal && fault.code === 'NAME_TAKEN' ? fault.details.own : undefined;
        if (doc && known) {
          await asChangeOf(known, text);
          return;
        }
        if (!doc) {
          notify(told(fault));
          return;
        }
        // What is wrong with it is shown field by field, where it can be mended.
        notify(t('editor.import_faults', { name: file.name }));
        await begin(text, textAt(doc, ['short_name']) || file.name);
      }
    },
  };
}
