/** An address that a page may lead to; null for everything else, such as `javascript:`. */
export function webAddress(value: string | null | undefined): string | null {
	const text = value?.trim() ?? '';
	if (!URL.canParse(text)) return null;
	const address = new URL(text);
	return ['http:', 'https:'].includes(address.protocol) ? address.href : null;
}

/**
 * The address of the same page with some parameters changed, relative, so that it is right behind every proxy.
 *
 * @param query that of the request; what is no text is left out
 * @param changes null takes a parameter away
 */
export function samePage(query: unknown, changes: Record<string, string | null>): string {
	const given = typeof query === 'object' && query !== null ? Object.entries(query) : [];
	const texts = given.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
	const parameters = new URLSearchParams(texts);
	for (const [name, value] of Object.entries(changes)) {
		if (value === null) parameters.delete(name);
		else parameters.set(name, value);
	}
	return `?${parameters.toString()}`;
}
