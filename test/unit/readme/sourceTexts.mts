import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Templates stop with messages of their own. */
const FOLDERS = ['nodes', 'credentials', 'workflows'];

/** Everything that is written in the sources of the package and in its templates, in one text. */
export function sourceText(): string {
	return FOLDERS.flatMap((folder) =>
		readdirSync(join(process.cwd(), folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name))
			.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
	).join('\n');
}

/** The anchors of the README to which nodes and credentials link. */
export function linkedAnchors(): string[] {
	const links = sourceText().matchAll(/n8n-nodes-callbridge#([\w-]+)/g);
	return [...new Set([...links].map(([, anchor]) => anchor))];
}
