import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every field of the call by the way to it, such as `customer.e164` or `journey[].kind`, as `Call.ts` declares them. */
export function callFields(): string[] {
	const interfaces = readInterfaces();
	const below = (name: string): string[] =>
		[...(interfaces.get(name) ?? [])].flatMap(([field, type]) => {
			const inner = type.replace(/ \| null$/, '').replace(/\[\]$/, '');
			if (!interfaces.has(inner)) return [field];
			const list = type.includes('[]') ? '[]' : '';
			return below(inner).map((path) => `${field}${list}.${path}`);
		});
	return below('Call');
}

function readInterfaces(): Map<string, Map<string, string>> {
	const source = readFileSync(join(process.cwd(), 'nodes/call/Call.ts'), 'utf8');
	const declared = [...source.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)];
	return new Map(
		declared.map(([, name, body]) => [
			name,
			new Map([...body.matchAll(/^\t(\w+)\??: (.+);$/gm)].map(([, field, type]) => [field, type])),
		]),
	);
}
