import { useRef } from 'react';
import { Button } from './button.tsx';

type Props = { label: string; accept: string; onFile: (file: File) => void };

/** Asks for a file of this machine; the same one can be chosen again. */
export function FileButton({ label, accept, onFile }: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon="docs" onClick={() => chooser.current?.click()}>
        {label}
      </Button>
      <input
        ref={chooser}
        type="file"
        accept={accept}
        className="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) onFile(chosen);
          event.target.value = '';
        }}
      />
    </>
  );
}
