import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** A callback has some hundred bytes; more than this is none. */
export const LARGEST_CALLBACK_BYTES = 64 * 1024;

/** The texts of each node below the root, in the order of the document: a node may repeat. */
export type CallbackNodes = ReadonlyMap<string, readonly string[]>;

/** Whoever declares entities wants something else than to tell of messages. */
const DECLARATION = /<!(?:DOCTYPE|ENTITY)/i;

const parser = new XMLParser({
	ignoreAttributes: true,
	processEntities: false,
	// Numbers would lose digits of ids.
	parseTagValue: false,
	isArray: (_name, path) => String(path).split('.').length === 2,
});

/** @returns null for what is no XML document with the root `xml`, is too large, or declares something */
export function callbackNodes(xml: string): CallbackNodes | null {
	if (Buffer.byteLength(xml) > LARGEST_CALLBACK_BYTES || DECLARATION.test(xml)) return null;
	const root = parsedRoot(xml);
	if (typeof root !== 'object' || root === null) return null;
	return new Map(
		Object.entries(root as Record<string, unknown>).map(([name, values]) => [
			name,
			(Array.isArray(values) ? values : [values]).filter((value) => typeof value === 'string'),
		]),
	);
}

function parsedRoot(xml: string): unknown {
	try {
		if (XMLValidator.validate(xml) !== true) return null;
		return (parser.parse(xml) as { xml?: unknown }).xml;
	} catch {
		// Nested too deeply, or a name that no callback has.
		return null;
	}
}
