import type { StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskRequest } from '../apiMessage.mts';
import { listAnswer, unprocessable } from '../apiMessage.mts';
import { bodyOf } from '../fields/checkFields.mts';
import { listOf, PAGE, pageOf, sorted } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import { createCall, updateByLayout } from '../records/layoutRecords.mts';
import { maySee, recordFor } from '../records/permissions.mts';
import { showCall, showListedCall } from '../records/showPeople.mts';
import { actorOf } from '../records/writing.mts';
import type { DeskRoute } from '../route.mts';
import { scopesOf } from './moduleScopes.mts';
import { trashRoute } from './trash.mts';

/** zoho-desk.md, 6.1. The portal's edition must have the module. */
export const callEndpoints: DeskRoute[] = [
	{
		method: 'POST',
		path: '/calls',
		scopes: scopesOf('calls', 'CREATE'),
		feature: 'calls',
		handle(portal, request) {
			const call = createCall(portal, actorOf(portal, request), bodyOf(request.body));
			return { status: 200, body: showCall(portal, call) };
		},
	},
	{
		method: 'GET',
		path: '/calls',
		scopes: scopesOf('calls', 'READ'),
		query: [...PAGE, 'sortBy', 'departmentId', 'departmentIds', 'isCompleted'],
		weight: 3,
		feature: 'calls',
		handle: (portal, request) => list(portal, request, portal.store.all('calls')),
	},
	{
		method: 'GET',
		path: '/calls/{id}',
		scopes: scopesOf('calls', 'READ'),
		feature: 'calls',
		handle: (portal, request, { id }) => ({
			status: 200,
			body: showCall(portal, recordFor(portal, request.agent, 'calls', id)),
		}),
	},
	{
		method: 'PATCH',
		path: '/calls/{id}',
		scopes: scopesOf('calls', 'UPDATE'),
		feature: 'calls',
		handle(portal, request, { id }) {
			const call = recordFor(portal, request.agent, 'calls', id);
			updateByLayout(portal, actorOf(portal, request), call, bodyOf(request.body));
			return { status: 200, body: showCall(portal, call) };
		},
	},
	{
		method: 'GET',
		path: '/tickets/{id}/calls',
		scopes: scopesOf('calls', 'READ'),
		query: [...PAGE, 'sortBy', 'isCompleted'],
		weight: 3,
		feature: 'calls',
		handle(portal, request, { id }) {
			recordFor(portal, request.agent, 'tickets', id);
			const calls = portal.store.all('calls').filter(({ fields }) => fields.ticketId === id);
			return list(portal, request, calls);
		},
	},
	trashRoute('calls', 'entityIds'),
];

function list(portal: DeskPortal, request: DeskRequest, calls: StoredRecord[]) {
	const { departmentId, isCompleted } = request.query;
	const departments = listOf(request, 'departmentIds') ?? listOf(request, 'departmentId');
	if (departmentId !== undefined && departmentId.includes(',')) {
		unprocessable("The value of 'departmentId' is invalid.");
	}
	if (isCompleted !== undefined && !['true', 'false'].includes(isCompleted)) {
		unprocessable("The value of 'isCompleted' is invalid.");
	}
	const wanted = calls.filter(
		(call) =>
			maySee(request.agent, call) &&
			(!departments || departments.includes(String(call.fields.departmentId))) &&
			(isCompleted === undefined ||
				(call.fields.status === 'Completed') === (isCompleted === 'true')),
	);
	const field = (name: string) => (call: StoredRecord) => call.fields[name];
	const ordered = sorted(request, wanted, {
		createdTime: field('createdTime'),
		startTime: field('startTime'),
	});
	const page = pageOf(request, ordered, { most: 50, firstIs: 1 });
	return listAnswer(page.map((call) => showListedCall(portal, call)));
}
