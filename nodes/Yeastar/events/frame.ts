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
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
