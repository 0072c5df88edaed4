import { recordOf } from './eventFields';

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

/**
 * Reads one frame. `msg` is JSON text inside the JSON; the guide shows it as an object for some events, so both are
 * taken (yeastar.md, 10.1).
 *
 * @returns null for anything that is no event: answers to our own messages, and whatever a stranger may send
 */
export function parseFrame(text: string): PbxEvent | null {
	if (text.length > LONGEST_FRAME) return null;
	const { type, sn, msg } = recordOf(parseJson(text)) ?? {};
	if (!Number.isInteger(type) || !['string', 'undefined'].includes(typeof sn)) return null;
	const message = recordOf(typeof msg === 'string' ? parseJson(msg) : msg);
	// A key with this name would give the items made of the message another prototype.
	if (message && Object.hasOwn(message, '__proto__')) delete message['__proto__'];
	return message && { type: type as number, pbxSerial: (sn as string | undefined) ?? '', message };
}

function parseJson(text: string): unknown {
	if (hasManyBrackets(text) && isNestedTooDeep(text)) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Fewer than the deepest nesting takes: every frame is read, and this is the quickest way to let nearly all of them pass. */
function hasManyBrackets(json: string): boolean {
	let found = 0;
	for (const bracket of ['{', '[']) {
		for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1)) {
			if (++found > MOST_LEVELS) return true;
		}
	}
	return false;
}

/** Codes of characters, because numbers are compared sooner than texts and every frame is read. */
const [QUOTE, BACKSLASH, OPENING_BRACKET, CLOSING_BRACKET, OPENING_BRACE, CLOSING_BRACE] =
	Array.from('"\\[]{}', (character) => character.charCodeAt(0));

/** Whether brackets outside of texts stand in each other deeper than an event may. */
function isNestedTooDeep(json: string): boolean {
	let levels = 0;
	let isInText = false;
	for (let index = 0; index < json.length; index++) {
		const code = json.charCodeAt(index);
		if (code === QUOTE) {
			isInText = !isInText;
		} else if (isInText) {
			if (code === BACKSLASH) index++;
		} else if (code === OPENING_BRACKET || code === OPENING_BRACE) {
			if (++levels > MOST_LEVELS) return true;
		} else if (code === CLOSING_BRACKET || code === CLOSING_BRACE) {
			levels--;
		}
	}
	return false;
}
