/** A company's name without its legal form and spaces, as far as the generated ones go. */
export function bareName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/株式会社|\(株\)/gu, '')
    .replace(/\s/gu, '');
}
