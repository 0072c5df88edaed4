/** Those that editors of help desks and mail programs write; all others come as numbers. */
const NAMED_ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	apos: "'",
	bull: '•',
	copy: '©',
	euro: '€',
	gt: '>',
	hellip: '…',
	laquo: '«',
	ldquo: '“',
	lsquo: '‘',
	lt: '<',
	mdash: '—',
	middot: '·',
	nbsp: ' ',
	ndash: '–',
	quot: '"',
	raquo: '»',
	rdquo: '”',
	reg: '®',
	rsquo: '’',
	times: '×',
};

/** A piece of HTML without tags, as people read it; a space that must not break becomes an ordinary one. */
export function withoutEntities(html: string): string {
	return html.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (entity, decimal, hex, name) => {
		if (name) return NAMED_ENTITIES[String(name).toLowerCase()] ?? String(entity);
		const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
		if (code === 0xa0) return ' ';
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : String(entity);
	});
}
