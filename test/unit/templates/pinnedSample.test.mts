import { callsFromRows, scriptOf } from '../call/callFromScript.mts';
import { readTemplate } from './templateFiles.mts';

/** The names of all fields, however deep; of a list those of its first element. */
function shapeOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
	if (typeof value !== 'object' || value === null) return typeof value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

it('the pinned call has the fields of a call that the trigger makes', () => {
	const script = scriptOf({
		kind: 'inboundThroughQueue',
		from: '075526601234',
		callerName: 'Li Wei',
		answeredBy: '1004',
		ringSeconds: 10,
		talkSeconds: 63,
		recorded: true,
	});
	const [call] = callsFromRows(script);
	const { pinData } = readTemplate('calls-to-zoho-crm.json');
	const [{ json }] = pinData['When a Call Ends'];
	expect(shapeOf(json)).toEqual(shapeOf({ event: 'callEnded', ...call }));
});
