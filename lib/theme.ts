/** The looks that a user can choose; without a choice the app follows their system. */
export const themes = ['light', 'dark'] as const;

export type Theme = (typeof themes)[number];

/** The theme with exactly this name, or null: what a form or a database field is checked with. */
export function findTheme(name: unknown): Theme | null {
  return themes.find((theme) => theme === name) ?? null;
}
