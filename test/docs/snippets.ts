import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Snippet {
  /** `js`, `json` … */
  language: string;
  /** What stands behind the language: `before`, `after`, or nothing. */
  role: string;
  text: string;
  /** The heading of the second level that it stands under. */
  section: string;
  line: number;
}

/** The fenced snippets of a document of this project. */
export function snippetsOf(path: string): Snippet[] {
  const document = readFileSync(join(__dirname, '../..', path), 'utf8');
  const headings = [...document.matchAll(/^## (.*)$/gm)];
  return [...document.matchAll(/^```(\w+) *(\w*)\n(.*?)^```$/gms)].map(match => {
    const [, language = '', role = '', text = ''] = match;
    const section = headings.findLast(heading => heading.index < match.index)?.[1] ?? '';
    return { language, role, text, section, line: document.slice(0, match.index).split('\n').length };
  });
}

/** What a snippet says that it prints: the text behind each arrow, in the order of the lines. */
export function promised(text: string): string[] {
  return [...text.matchAll(/\/\/ → (.*?)(?= *(?:\/\/ →|$))/gm)].map(([, printed = '']) => printed);
}
