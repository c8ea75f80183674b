import { expect, it } from 'vitest';
import { colour } from './colours';
import { themes } from './theme';

/** WCAG 2.2: text needs 4.5, the outline of a control 3. */
const [TEXT, OUTLINE] = [4.5, 3];

it.each([
  ...['paper', 'raised', 'water', 'mark-water'].map((on) => ['ink', on, TEXT] as const),
  ...['paper', 'raised', 'water', 'mark-water'].map((on) => ['ink-soft', on, TEXT] as const),
  ...['paper', 'raised', 'water', 'mark-water'].map((on) => ['sea', on, TEXT] as const),
  ...['sea', 'sea-deep'].map((on) => ['on-sea', on, TEXT] as const),
  ['sea-deep', 'paper', TEXT] as const,
  ['mark', 'paper', TEXT] as const,
  ['good', 'paper', TEXT] as const,
  ...['paper', 'raised'].map((on) => ['rule-strong', on, OUTLINE] as const),
])('app/tokens.css has --%s stand out from --%s by %s to 1 or more', (front, back, least) => {
  const found = themes.map((theme) => [theme, contrast(colour(front)[theme], colour(back)[theme])]);
  const tooLittle = found.filter(([, ratio]) => Number(ratio) < least);
  expect(tooLittle, 'where it does not, with what it comes to').toEqual([]);
});

it('names the colour that app/tokens.css does not have', () => {
  expect(() => colour('mauve')).toThrow('app/tokens.css has no --mauve');
});

/** The contrast ratio of WCAG 2.2, from 1 to 21, to one decimal place downwards. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return Math.floor(((light + 0.05) / (dark + 0.05)) * 10) / 10;
}

/** The relative luminance of WCAG 2.2, from 0 to 1. */
function luminance(hex: string): number {
  const weights = [0.2126, 0.7152, 0.0722];
  return weights.reduce((sum, weight, index) => {
    const value = Number.parseInt(hex.slice(1 + 2 * index, 3 + 2 * index), 16) / 255;
    return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  }, 0);
}
