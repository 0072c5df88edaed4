import { z } from 'zod';
import { partyOf, type Company, type Queue } from '../company.mts';
import type { Member } from '../callMembers.mts';
import { notFound } from '../errcodes.mts';
import type { PbxState } from '../pbxState.mts';
import { get, idList, wholeNumber, type Endpoint } from './endpoint.mts';
import { byField, pageOf, pagingParameters, type Paging } from './paging.mts';

function rowOf(queue: Queue, company: Company) {
	return {
		id: queue.id,
		name: queue.name,
		number: queue.number,
		ring_strategy: 'ring_all',
		sla_time: 60,
		static_agent_list: queue.agents.map((number) => ({
			value: String(company.extensions.find((extension) => extension.number === number)?.id ?? 0),
			text: partyOf(company, number).name,
			text2: number,
		})),
	};
}

// The rows are in `queue_list`, not in `data` (live).
function list(queues: Queue[], paging: Paging, pbx: PbxState) {
	const rows = queues.map((queue) => rowOf(queue, pbx.settings.company));
	const page = pageOf(rows, paging, pbx, byField('id', 'number', 'name'));
	return { total_number: page.total_number, queue_list: page.rows };
}

const memberIs = (member: Member, status: string) => member.extension?.member_status === status;

/** The live calls of a queue by what they do now; an idle queue answers 60001 instead of zeros (live). */
function callStatus(queue: Queue, pbx: PbxState) {
	const calls = pbx.liveCalls
		.filter(({ members }) => members.some(({ inbound }) => inbound?.call_path === queue.number))
		.map((call) => {
			const line = call.members.find(({ inbound }) => inbound !== undefined)?.inbound;
			const entry = (callee: string) => ({
				call_id: call.callId,
				caller_number: line?.from ?? '',
				caller_display_name: '',
				callee_number: callee,
				callee_display_name: partyOf(pbx.settings.company, callee).name,
				duration: 0,
			});
			const talking = call.members.find((member) => memberIs(member, 'ANSWER'))?.extension;
			const ringing = call.members.filter((member) => memberIs(member, 'RING'));
			return { entry, talking, ringing };
		});
	if (calls.length === 0) throw notFound();
	const active = calls.flatMap(({ entry, talking }) =>
		talking ? [entry(talking.number ?? '')] : [],
	);
	const ringing = calls.flatMap(({ entry, ringing: phones }) =>
		phones.map(({ extension }) => entry(extension?.number ?? '')),
	);
	const waiting = calls
		.filter((call) => call.talking === undefined)
		.map(({ entry }) => entry(queue.number));
	return {
		waiting_calls: waiting.length,
		active_calls: active.length,
		ringing_calls: ringing.length,
		waiting_list: waiting,
		active_list: active,
		ringing_list: ringing,
	};
}

function queueById(id: number, pbx: PbxState): Queue {
	const queue = pbx.settings.company.queues.find((candidate) => candidate.id === id);
	if (queue === undefined) throw notFound();
	return queue;
}

const byId = { query: z.object({ id: wholeNumber }) };

export const queueEndpoints: Endpoint[] = [
	get('queue/list', { query: z.object(pagingParameters) }, ({ query, pbx }) =>
		list(pbx.settings.company.queues, query, pbx),
	),
	get(
		'queue/search',
		{ query: z.object({ ...pagingParameters, search_value: z.string().default('') }) },
		({ query, pbx }) => {
			const wanted = query.search_value.toLowerCase();
			const found = pbx.settings.company.queues.filter(({ number, name }) =>
				[number, name.toLowerCase()].some((text) => text.includes(wanted)),
			);
			return list(found, query, pbx);
		},
	),
	get('queue/get', byId, ({ query, pbx }) => ({
		data: rowOf(queueById(query.id, pbx), pbx.settings.company),
	})),
	get('queue/query', { query: z.object({ ids: idList }) }, ({ query, pbx }) => ({
		data: query.ids.map((id) => rowOf(queueById(id, pbx), pbx.settings.company)),
	})),
	get('queue/call_status', byId, ({ query, pbx }) => callStatus(queueById(query.id, pbx), pbx)),
];
