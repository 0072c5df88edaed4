export type Language = 'en' | 'zh';

/**
 * The language of a page.
 *
 * @param wanted `en`, `zh`, or what a browser sends as Accept-Language (RFC 9110, 12.5.4); English if there is neither
 *   of them in it
 */
export function languageOf(wanted: unknown): Language {
	if (typeof wanted !== 'string') return 'en';
	const asked = wanted
		.slice(0, 1000)
		.split(',')
		.map((entry) => {
			const [tag, ...rest] = entry.trim().toLowerCase().split(';');
			const weight = rest.map((each) => /^\s*q=([\d.]+)/.exec(each)?.[1]).find(Boolean);
			return { language: tag.split(/[-_]/)[0], weight: weight === undefined ? 1 : Number(weight) };
		})
		.filter(({ weight }) => weight > 0)
		.sort((one, other) => other.weight - one.weight)
		.find(({ language }) => language === 'en' || language === 'zh');
	return asked?.language === 'zh' ? 'zh' : 'en';
}
