import { z } from 'zod';
import { CALL_END_DETAILS } from './eventTypes';
import { parseFrame, type PbxEvent } from './frame';

/** No documented event comes near this size. */
const LONGEST_BODY_BYTES = 1_000_000;

const BARE_CALL_END = z
	.object({ call_id: z.string(), time_start: z.string(), sn: z.string().optional() })
	.passthrough();

/**
 * Reads what a PBX pushed: a frame as it goes over the socket, or the bare fields of event 30012, which an integrator has
 * seen (yeastar.md, 12).
 *
 * @returns null for anything else, such as the test message of the portal
 */
export function parseWebhookBody(body: Buffer): PbxEvent | null {
	if (body.length > LONGEST_BODY_BYTES) return null;
	const text = body.toString('utf8');
	return parseFrame(text) ?? parseBareCallEnd(text);
}

function parseBareCallEnd(text: string): PbxEvent | null {
	try {
		const { sn = '', ...message } = BARE_CALL_END.parse(JSON.parse(text));
		return { type: CALL_END_DETAILS, pbxSerial: sn, message };
	} catch {
		return null;
	}
}
