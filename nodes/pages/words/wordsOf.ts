import type { Language } from '../language';
import { chinese } from './chinese';
import { english, type Words } from './english';

const words: Record<Language, Words> = { en: english, zh: chinese };

export function wordsOf(language: Language): Words {
	return words[language];
}
