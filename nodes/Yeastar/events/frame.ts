import { z } from 'zod';

/** One event as the PBX pushed it, its inner JSON decoded. */
export interface PbxEvent {
	/** Event number, such as 30011. */
	type: number;
	/** Serial number of the PBX; an empty string where the frame has none. */
	pbxSerial: string;
	message: Record<string, unknown>;
}

/** No documented event comes near this size; a larger text is not worth the memory of parsing it. */
const LONGEST_FRAME = 1_000_000;
/** Events have four levels. n8n walks through items by recursion, and a deep one would exhaust its stack. */
const MOST_LEVELS = 50;

const FRAME = z.object({
	type: z.number().int(),
	sn: z.string().optional(),
	msg: z.union([z.string(), z.record(z.unknown())]),
});
const MESSAGE = z.record(z.unknown());

/**
 * Reads one frame. `msg` is JSON text inside the JSON; the guide shows it as an object for some events, so both are
 * taken (yeastar.md, 10.1).
 *
 * @returns null for anything that is no event: answers to our own messages, and whatever a stranger may send
 */
export function parseFrame(text: string): PbxEvent | null {
	if (text.length > LONGEST_FRAME) return null;
	const frame = FRAME.safeParse(parseJson(text));
	if (!frame.success) return null;
	const { type, sn, msg } = frame.data;
	const message = MESSAGE.safeParse(typeof msg === 'string' ? parseJson(msg) : msg);
	return message.success ? { type, pbxSerial: sn ?? '', message: message.data } : null;
}

function parseJson(text: string): unknown {
	if (isNestedTooDeep(text)) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Whether brackets outside of texts stand in each other deeper than an event may. */
function isNestedTooDeep(json: string): boolean {
	let levels = 0;
	let isInText = false;
	for (let index = 0; index < json.length; index++) {
		const character = json[index];
		if (isInText) {
			if (character === '\\') index++;
			else if (character === '"') isInText = false;
		} else if (character === '"') {
			isInText = true;
		} else if (character === '[' || character === '{') {
			if (++levels > MOST_LEVELS) return true;
		} else if (character === ']' || character === '}') {
			levels--;
		}
	}
	return false;
}
