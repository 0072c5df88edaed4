import { z } from 'zod';
import type { Member, MemberFields } from '../callMembers.mts';
import { isExtension } from '../company.mts';
import { invalidParameter, notFound } from '../errcodes.mts';
import { wireForm } from '../frameDelivery.mts';
import type { DialPlan, LiveCall, PbxState } from '../pbxState.mts';
import { beginCall, type SteppedCall } from '../steppedCall.mts';
import { get, post, type Endpoint } from './endpoint.mts';

const channelId = z.string().min(1);
const dialledNumber = z.string().regex(/^[+*#\d]{1,31}$/);

const dial = z
	.object({
		caller: dialledNumber,
		callee: dialledNumber,
		dial_permission: z.string().optional(),
		auto_answer: z.enum(['yes', 'no']).optional(),
	})
	.strict();

const transfer = z
	.object({
		type: z.enum(['blind', 'attended']),
		channel_id: channelId,
		number: dialledNumber.optional(),
		dial_permission: z.string().optional(),
		attended_operate: z.string().optional(),
	})
	.strict();

const liveQuery = z.object({
	call_id: z.string().optional(),
	type: z.enum(['inbound', 'outbound', 'internal']).optional(),
	// Both names are met for a query by extension; which one is right is unconfirmed.
	number: z.string().optional(),
	extension: z.string().optional(),
});

const fieldsOf = (member: Member): MemberFields | undefined =>
	member.extension ?? member.inbound ?? member.outbound;

function legOf(channel: string, pbx: PbxState): { call: LiveCall; fields: MemberFields } {
	for (const call of pbx.liveCalls) {
		const fields = call.members.map(fieldsOf).find((leg) => leg?.channel_id === channel);
		if (fields !== undefined) return { call, fields };
	}
	throw notFound();
}

function tellMembers({ callId, members }: LiveCall, type: number, pbx: PbxState): void {
	const msg = { call_id: callId, members };
	pbx.deliver(wireForm({ phase: 'answer', type, msg }, pbx));
}

/** An action on one leg that changes nothing that anybody could see. */
const legAction = (path: string): Endpoint =>
	post(path, { body: z.object({ channel_id: channelId }).strict() }, ({ body, pbx }) => ({
		call_id: legOf(body.channel_id, pbx).call.callId,
	}));

const hold = (path: string, status: (fields: MemberFields) => MemberFields['member_status']) =>
	post(path, { body: z.object({ channel_id: channelId }).strict() }, ({ body, pbx }) => {
		const { call, fields } = legOf(body.channel_id, pbx);
		fields.member_status = status(fields);
		tellMembers(call, 30011, pbx);
		return { call_id: call.callId };
	});

/** Plays a call that was dialled through the API; runs after the answer to `call/dial`. */
async function playDialled(call: SteppedCall, plan: DialPlan): Promise<void> {
	if (plan.outcome === 'answered') await call.answer();
	else if (plan.outcome !== 'refusedAtOnce') await call.ring();
	if (!plan.staysLive) await call.hangUp();
}

/**
 * A caller that is no extension borrows somebody's permission for a call to the outside; without it the PBX accepts
 * the request and reports the failure by event 30015.
 */
function planFor(body: z.output<typeof dial>, pbx: PbxState): DialPlan {
	const { company } = pbx.settings;
	const permitted =
		isExtension(company, body.caller) ||
		isExtension(company, body.callee) ||
		isExtension(company, body.dial_permission ?? '');
	return permitted ? pbx.dialPlan : { ...pbx.dialPlan, outcome: 'refusedAtOnce', staysLive: false };
}

export const callEndpoints: Endpoint[] = [
	post('call/dial', { body: dial }, ({ body, pbx }) => {
		const plan = planFor(body, pbx);
		const { outcome, ringSeconds, talkSeconds } = plan;
		const { caller, callee } = body;
		const parties = { caller, callee, outcome, ringSeconds, talkSeconds };
		const call = beginCall(pbx, { kind: 'apiDialled', ...parties });
		setTimeout(() => void playDialled(call, plan), 0);
		return { call_id: call.callId };
	}),
	get('call/query', { query: liveQuery }, ({ query, pbx }) => {
		const number = query.number ?? query.extension;
		const found = pbx.liveCalls.filter(
			(call) =>
				(query.call_id === undefined || call.callId === query.call_id) &&
				(query.type === undefined || call.direction === query.type) &&
				(number === undefined ||
					call.members.some(({ extension }) => extension?.number === number)),
		);
		if (found.length === 0) throw notFound();
		return { data: found.map(({ callId, members }) => ({ call_id: callId, members })) };
	}),
	post(
		'call/hangup',
		{
			body: z
				.object({ channel_id: channelId.optional(), paging_number: z.string().optional() })
				.strict(),
		},
		async ({ body, pbx }) => {
			if (body.channel_id === undefined) {
				if (body.paging_number === undefined) throw invalidParameter('channel_id');
				throw notFound();
			}
			const { call } = legOf(body.channel_id, pbx);
			await call.end();
			return { call_id: call.callId };
		},
	),
	post('call/transfer', { body: transfer }, ({ body, pbx }) => {
		const { call } = legOf(body.channel_id, pbx);
		if (body.attended_operate === undefined) {
			if (body.number === undefined) throw invalidParameter('number');
			if (body.dial_permission === undefined) throw invalidParameter('dial_permission');
		}
		tellMembers(call, 30013, pbx);
		return { call_id: call.callId };
	}),
	post(
		'call/add_member',
		{
			body: z
				.object({
					channel_id: channelId,
					number: dialledNumber,
					dial_permission: z.string().optional(),
				})
				.strict(),
		},
		({ body, pbx }) => ({ call_id: legOf(body.channel_id, pbx).call.callId }),
	),
	hold('call/hold', () => 'HOLD'),
	hold('call/unhold', ({ number }) => (number === undefined ? 'ANSWERED' : 'ANSWER')),
	...['mute', 'unmute', 'record_start', 'record_pause', 'record_unpause'].map((action) =>
		legAction(`call/${action}`),
	),
	legAction('call/accept_inbound'),
	post(
		'call/refuse_inbound',
		{ body: z.object({ channel_id: channelId }).strict() },
		async ({ body, pbx }) => {
			const { call } = legOf(body.channel_id, pbx);
			await call.end();
			return { call_id: call.callId };
		},
	),
];
