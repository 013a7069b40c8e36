import { expect, test } from 'vitest';
import { faultText } from './fault-text.ts';

test('a fault is told in the language of the reader, with its place and values', () => {
  const at = 'unexpected ) at character 12';
  expect(faultText(at, 'en')).toBe(at);
  expect(faultText(at, 'fr')).toBe(') inattendu au caractère 12');
  expect(faultText('there is no function mean', 'fr')).toBe('il n’y a pas de fonction mean');
  expect(faultText('has 9000 entries; at most 2000 are read', 'fr')).toBe(
    'a 9000 entrées\u00a0; 2000 au plus sont lues',
  );
  expect(faultText('the field is missing', 'fr')).toBe('le champ manque');
  expect(faultText('something nobody has said before', 'fr')).toBe('something nobody has said before');
});
